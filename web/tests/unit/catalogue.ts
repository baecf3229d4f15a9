import { i18n, type Language } from "@shared/texts";
import messagesOfZh from "virtual:texts/portal/zh";
import messagesOfEn from "virtual:texts/portal/en";

/** Gives the pages' texts to what is tested, as the portal does. */
export function speak(language: Language): void {
  i18n.global.setLocaleMessage(language, language === "zh" ? messagesOfZh : messagesOfEn);
  i18n.global.locale.value = language;
}

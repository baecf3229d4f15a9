// Texts for people, from the catalogue (text/). A language comes when it is chosen; the first page
// loads one of them alone.

import { createI18n, type I18n } from "vue-i18n";

export type Language = "zh" | "en";
export const languages: readonly Language[] = ["zh", "en"];
/** As in the attribute lang. */
const tags: Record<Language, string> = { zh: "zh-Hans", en: "en" };
const kept = "zhitong.language";

type Messages = Record<string, unknown>;
type Load = Record<Language, () => Promise<{ default: Messages }>>;

export const i18n = createI18n({ legacy: false, locale: "zh", fallbackLocale: false, messages: {} }) as I18n<{}, {}, {}, string, false>;
export const t = (key: string, values: Record<string, unknown> = {}): string => i18n.global.t(key, values);

let load: Load | undefined;

/** The language in use; refer to it in a template and the page changes with it. */
export const language = (): Language => i18n.global.locale.value as Language;

/** Loads the language kept from before, else the first that the browser wants, else Chinese. */
export async function openTexts(own: Load): Promise<void> {
  load = own;
  await setLanguage(languageKept() ?? (navigator.language.startsWith("en") ? "en" : "zh"));
}

export async function setLanguage(chosen: Language): Promise<void> {
  if (load === undefined) return;
  const messages = await load[chosen]();
  i18n.global.setLocaleMessage(chosen, messages.default);
  i18n.global.locale.value = chosen;
  document.documentElement.lang = tags[chosen];
  try {
    localStorage.setItem(kept, chosen);
  } catch {
    // A browser that keeps nothing asks again the next time.
  }
}

function languageKept(): Language | undefined {
  try {
    return languages.find((one) => one === localStorage.getItem(kept));
  } catch {
    return undefined;
  }
}

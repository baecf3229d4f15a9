import "@shared/styles/tokens.css";
import "@shared/styles/base.css";
import "@shared/styles/controls.css";
import "./desk.css";
import { openWire } from "@shared/api/wire";
import { openLooks } from "@shared/looks";
import { i18n, language, openTexts } from "@shared/texts";
import { createPinia } from "pinia";
import { createApp } from "vue";
import Desk from "./Desk.vue";
import { router } from "./places";
import { useSession } from "./session";
import { openWatermark } from "./state/watermark";

openLooks();
const pinia = createPinia();
openWire({
  language,
  csrf: () => useSession(pinia).csrf,
  sessionEnded: () => useSession(pinia).end(),
});
openWatermark();
void openTexts({ zh: () => import("virtual:texts/desk/zh"), en: () => import("virtual:texts/desk/en") }).then(() => {
  createApp(Desk).use(pinia).use(router).use(i18n).mount("#page");
});

import "../portal/old_phones";
import "@shared/styles/tokens.css";
import "@shared/styles/base.css";
import "@shared/styles/controls.css";
import "./field.css";
import { openWire } from "@shared/api/wire";
import { openLooks } from "@shared/looks";
import { i18n, language, openTexts } from "@shared/texts";
import { createApp } from "vue";
// Both languages come with the first load: without a network none could be fetched.
import en from "virtual:texts/field_work/en";
import zh from "virtual:texts/field_work/zh";
import Field from "./Field.vue";
import { openOutbox } from "./keeping/outbox";
import { router } from "./pages";
import { acting, csrf, end, ensure } from "./session";

openLooks();
openWire({ language, csrf, sessionEnded: end });
openOutbox(acting, ensure);
void openTexts({ zh: () => Promise.resolve({ default: zh }), en: () => Promise.resolve({ default: en }) }).then(() => {
  createApp(Field).use(i18n).use(router).mount("#page");
  openWithoutNetwork();
});

/** From the second visit on it opens without a network. What the first one loaded before the worker
    stood is fetched once more, into its shelf. */
function openWithoutNetwork(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  void navigator.serviceWorker.register("/field_worker.js", { scope: "/field" }).then(async (found) => {
    const worker = found.active ?? found.waiting ?? found.installing;
    const names = performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => name.includes("/assets/field-"));
    worker?.postMessage({ keep: names });
  }).catch(() => undefined);
}

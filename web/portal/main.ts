import "./old_phones";
import "@shared/styles/tokens.css";
import "@shared/styles/base.css";
import "@shared/styles/controls.css";
import "./portal.css";
import { openWire } from "@shared/api/wire";
import { openLooks } from "@shared/looks";
import { i18n, language, openTexts } from "@shared/texts";
import { createApp } from "vue";
// Comes with the first load: another request would cost a slow network half a second.
import zh from "virtual:texts/portal/zh";
import Portal from "./Portal.vue";
import { csrf, recallFirm } from "./firm";
import { openOutbox } from "./keeping/outbox";
import { fetchToWrite, router } from "./pages";

openLooks();
openWire({ language, csrf });
start();

function start(): void {
  void openTexts({ zh: () => Promise.resolve({ default: zh }), en: () => import("virtual:texts/portal/en") }).then(() => {
    createApp(Portal).use(i18n).use(router).mount("#page");
    // What waits goes out with the session's second token, where there is a session.
    void recallFirm().catch(() => undefined).then(openOutbox);
    void router.isReady().then(calm).then(fetchToWrite).then(openWithoutNetwork, () => undefined);
  });
}

/** When the first page stands and nothing of it is under way any more: what comes ahead of need must
    not take a slow network from what is needed. */
function calm(): Promise<void> {
  return new Promise((resolve) => {
    const soon = (): void => void setTimeout(resolve, 1_000);
    if (document.readyState === "complete") soon();
    else addEventListener("load", soon, { once: true });
  });
}

/** From the second visit on the portal opens without a network. What the first one loaded before
    the worker stood is fetched once more, into its shelf. */
function openWithoutNetwork(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  void navigator.serviceWorker.register("/worker.js").then(async () => {
    const ready = await navigator.serviceWorker.ready;
    const names = performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => name.includes("/assets/portal-"));
    ready.active?.postMessage({ keep: names });
  }).catch(() => undefined);
}

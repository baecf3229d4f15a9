// The addresses of the portal. The server knows the same ones (src/http/routes_web.cpp), so that
// one that is typed in, or opened from a QR code, is answered; a browser test opens each.

import { createRouter, createWebHistory, type RouteRecordRaw } from "vue-router";
import Home from "./pages/Home.vue";

const drafts = () => import("./pages/Drafts.vue");
const receipt = () => import("./pages/Receipt.vue");
/** What is needed to write and send: fetched once the first page stands, so that it is there when
    the network goes. */
const toWrite = {
  choose: () => import("./pages/Choose.vue"),
  // Where sending leads to comes with the form: the network may go while somebody writes.
  handIn: async () => (await Promise.all([import("./pages/HandIn.vue"), drafts(), receipt()]))[0],
  drafts,
  receipt,
};
export const fetchToWrite = (): Promise<unknown> => Promise.all(Object.values(toWrite).map((load) => load()));

/** The key of the title in the catalogue is "portal.title." and the name. */
export const pages: RouteRecordRaw[] = [
  { path: "/", name: "home", component: Home },
  { path: "/hand-in", name: "choose", component: toWrite.choose },
  { path: "/hand-in/:kind", name: "hand_in", component: toWrite.handIn },
  { path: "/drafts", name: "drafts", component: toWrite.drafts },
  { path: "/receipt/:number", name: "receipt", component: toWrite.receipt },
  { path: "/follow", name: "follow", component: () => import("./pages/Follow.vue") },
  { path: "/follow/:number", name: "matter", component: () => import("./pages/Matter.vue") },
  { path: "/published", name: "published", component: () => import("./pages/Published.vue") },
  { path: "/published/:number", name: "published_one", component: () => import("./pages/PublishedOne.vue") },
  { path: "/figures", name: "figures", component: () => import("./pages/Figures.vue") },
  { path: "/roots", name: "roots", component: () => import("./pages/Roots.vue") },
  { path: "/through-train", name: "through_train", component: () => import("./pages/ThroughTrain.vue") },
  { path: "/firm", name: "firm", component: () => import("./pages/Firm.vue") },
  { path: "/questionnaires/:number", name: "questionnaire", component: () => import("./pages/Questionnaire.vue") },
  { path: "/help", name: "help", component: () => import("./pages/Help.vue") },
  { path: "/:rest(.*)", name: "missing", component: () => import("./pages/Missing.vue") },
];

export const router = createRouter({
  history: createWebHistory(),
  routes: pages,
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { left: 0, top: 0 }),
});

// Another page is another text: who hears or tabs through it begins at its top.
router.afterEach((to, from) => {
  if (from.matched.length > 0 && to.path !== from.path) document.getElementById("content")?.focus({ preventScroll: true });
});

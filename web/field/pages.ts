// The addresses of the field pages. The server knows the same ones (src/http/routes_web.cpp), so that
// one that is typed in is answered. All come with the first load: the next step may be without a
// network.

import { createRouter, createWebHistory } from "vue-router";
import Areas from "./pages/Areas.vue";
import Outbox from "./pages/Outbox.vue";
import Report from "./pages/Report.vue";
import ReportOne from "./pages/ReportOne.vue";
import Task from "./pages/Task.vue";
import Tasks from "./pages/Tasks.vue";

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: "/field", name: "tasks", component: Tasks },
    { path: "/field/tasks/:number", name: "task", component: Task, props: true },
    { path: "/field/report", name: "report", component: Report },
    { path: "/field/report/:kind", name: "report_one", component: ReportOne, props: true },
    { path: "/field/areas", name: "areas", component: Areas },
    { path: "/field/outbox", name: "outbox", component: Outbox },
    { path: "/:rest(.*)", redirect: { name: "tasks" } },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { left: 0, top: 0 },
});

// Another page is another text: who hears or tabs through it begins at its top.
router.afterEach((to, from) => {
  if (from.matched.length > 0 && to.path !== from.path) document.getElementById("content")?.focus({ preventScroll: true });
});

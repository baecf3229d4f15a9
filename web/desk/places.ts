// The places of the desk: addresses, pages and who finds use in them. Each page comes when it is
// first visited.

import { createRouter, createWebHistory, type RouteRecordRaw } from "vue-router";

export interface Place {
  name: string;
  path: string;
  group: "work" | "look" | "know" | "run" | "own";
  /** Keys of the posts that see it among the places; left out: everybody who handles matters. */
  posts?: readonly string[] | "all";
  page: () => Promise<unknown>;
}

const administrators = ["admin", "security_admin", "audit_admin"] as const;

export const places: readonly Place[] = [
  { name: "inbox", path: "/desk", group: "work", page: () => import("./pages/InboxPage.vue") },
  { name: "unit", path: "/desk/unit", group: "work", page: () => import("./pages/InboxPage.vue") },
  { name: "hand_in", path: "/desk/hand-in", group: "work", page: () => import("./pages/HandInPage.vue") },
  { name: "dispatch", path: "/desk/dispatch", group: "work", page: () => import("./pages/DispatchPage.vue") },
  { name: "supervision", path: "/desk/supervision", group: "work", page: () => import("./pages/SupervisionPage.vue") },
  { name: "review", path: "/desk/review", group: "work", page: () => import("./pages/ReviewPage.vue") },
  { name: "cockpit", path: "/desk/cockpit", group: "look", page: () => import("./pages/CockpitPage.vue") },
  { name: "pocket", path: "/desk/pocket", group: "look", page: () => import("./pages/PocketPage.vue") },
  { name: "matters", path: "/desk/matters", group: "look", page: () => import("./pages/MattersPage.vue") },
  { name: "directory", path: "/desk/directory", group: "know", posts: "all", page: () => import("./pages/DirectoryPage.vue") },
  { name: "kinds", path: "/desk/kinds", group: "know", posts: "all", page: () => import("./pages/KindsPage.vue") },
  { name: "calendar", path: "/desk/calendar", group: "know", posts: "all", page: () => import("./pages/CalendarPage.vue") },
  { name: "jobs", path: "/desk/jobs", group: "run", page: () => import("./pages/JobsPage.vue") },
  { name: "firms", path: "/desk/firms", group: "run", posts: ["clerk"], page: () => import("./pages/FirmsPage.vue") },
  { name: "people", path: "/desk/people", group: "run", posts: ["admin", "security_admin"], page: () => import("./pages/PeoplePage.vue") },
  { name: "audit", path: "/desk/audit", group: "run", posts: ["audit_admin"], page: () => import("./pages/AuditPage.vue") },
  { name: "account", path: "/desk/account", group: "own", posts: "all", page: () => import("./pages/AccountPage.vue") },
];

/** Places for whoever acts in a post with this key. */
export function placesOf(postKey: string): Place[] {
  const isAdministrator = (administrators as readonly string[]).includes(postKey);
  return places.filter((place) => place.posts === "all" || (place.posts === undefined ? !isAdministrator : place.posts.includes(postKey)));
}

const rows: RouteRecordRaw[] = [
  ...places.map((place): RouteRecordRaw => ({ path: place.path, name: place.name, component: place.page as RouteRecordRaw["component"] & {} })),
  { path: "/desk/matters/:number", name: "matter", component: () => import("./pages/MatterPage.vue"), props: true },
  { path: "/desk/matters/:number/print/:paper", name: "print", component: () => import("./pages/PrintPage.vue"), props: true },
  { path: "/desk/:rest(.*)*", name: "nothing", component: () => import("./pages/NothingPage.vue") },
];

export const router = createRouter({
  history: createWebHistory("/"),
  routes: rows,
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
});

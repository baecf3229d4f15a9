// Service worker of the portal: the page and its files open without a network. It keeps nothing
// that the API answers; what a person wrote stands in the page's own shelf.

const shelf = "zhitong-pages-1";
const page = "/";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(shelf).then((kept) => kept.add(page)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname.startsWith("/assets/portal-")) event.respondWith(kept(request));
  else if (request.mode === "navigate" && !/^\/(desk|field|api|open311)(\/|$)/.test(address.pathname)) event.respondWith(fresh(request));
});

/** The page tells what it loaded before there was a worker. */
self.addEventListener("message", (event) => {
  const names = (event.data?.keep ?? []).filter((name) => new URL(name).pathname.startsWith("/assets/portal-"));
  event.waitUntil(Promise.all(names.map((name) => kept(new Request(name)))));
});

/** Its name holds the hash of what it says: once kept it is never asked for again. */
async function kept(request) {
  const found = await caches.match(request);
  if (found !== undefined) return found;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(shelf)).put(request, answer.clone());
  return answer;
}

/** Every address of the portal has the same page. A new page comes with new files: old ones go. */
async function fresh(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) await renew(answer.clone());
    return answer;
  } catch (error) {
    const found = await caches.match(page);
    if (found === undefined) throw error;
    return found;
  }
}

async function renew(answer) {
  const place = await caches.open(shelf);
  const before = await place.match(page);
  const text = await answer.clone().text();
  if (before !== undefined && (await before.text()) === text) return;
  await caches.delete(shelf);
  await (await caches.open(shelf)).put(page, answer);
}

// Service worker of the field pages: the page and its files open without a network. It keeps nothing
// that the API answers; that stands in the page's own shelf, which is emptied at signing out.

const shelf = "zhitong-field-1";
const page = "/field";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(shelf).then((kept) => kept.add(page)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname.startsWith("/assets/field-")) event.respondWith(kept(request));
  else if (request.mode === "navigate" && /^\/field(\/|$)/.test(address.pathname)) event.respondWith(fresh(request));
});

/** The page tells what it loaded before there was a worker. */
self.addEventListener("message", (event) => {
  const names = (event.data?.keep ?? []).filter((name) => new URL(name).pathname.startsWith("/assets/field-"));
  event.waitUntil(Promise.all(names.map((name) => kept(new Request(name)))));
});

/** Its name holds the hash of what it says: once kept it is never asked for again. */
async function kept(request) {
  const place = await caches.open(shelf);
  const found = await place.match(request);
  if (found !== undefined) return found;
  const answer = await fetch(request);
  if (answer.ok) await place.put(request, answer.clone());
  return answer;
}

/** Every address of the field pages has the same page. A new page comes with new files: old ones go. */
async function fresh(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) await renew(answer.clone());
    return answer;
  } catch (error) {
    const found = await (await caches.open(shelf)).match(page);
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

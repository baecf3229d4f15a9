// What the server tells while one looks (server-sent events): that something changed, never what it
// says. Each page asks anew for what it shows.

import { onScopeDispose, ref } from "vue";

interface Change {
  what: string;
  kind: string;
}
type Listener = (change: Change) => void;

/** Events come in bursts; a page asks once for all of a burst. */
const gatherMs = 250;
const waitMsMax = 5_000;

const listeners = new Set<Listener>();
/** Whether what is shown follows by itself; else it is as old as it was read. */
export const isLive = ref(false);
let source: EventSource | undefined;

export function openLive(): void {
  closeLive();
  source = new EventSource("/api/v1/live");
  source.addEventListener("open", () => (isLive.value = true));
  source.addEventListener("error", () => (isLive.value = false));
  source.addEventListener("change", (event) => tell(JSON.parse((event as MessageEvent<string>).data) as Change));
  source.addEventListener("reset", () => tell({ what: "all", kind: "" }));
}

export function closeLive(): void {
  source?.close();
  source = undefined;
  isLive.value = false;
}

function tell(change: Change): void {
  for (const listener of listeners) listener(change);
}

/** Calls after changes of one of these sorts ("matter", "inbox", "figures", "notices"), as long as
    the page is shown. `waitMs`: how long at first; a stream of events puts it off to
    waitMsMax, never for ever. */
export function onChange(whats: readonly string[], call: () => void, waitMs = gatherMs): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = waitMs;
  let last = 0;
  const listener: Listener = (change) => {
    if (change.what !== "all" && !whats.includes(change.what)) return;
    if (timer !== undefined) return;
    // A place where something happens all the time is asked ever more seldom, until it is quiet.
    const isBusy = Date.now() - last < wait + waitMs;
    wait = isBusy ? Math.min(2 * wait, waitMsMax) : waitMs;
    timer = setTimeout(() => {
      timer = undefined;
      last = Date.now();
      call();
    }, wait);
  };
  listeners.add(listener);
  onScopeDispose(() => {
    clearTimeout(timer);
    listeners.delete(listener);
  });
}

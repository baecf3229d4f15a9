// What the server said, kept for when there is no network; and what of it may be kept.

import type { KindPage, MatterPage } from "@shared/api/client";
import { Unreachable } from "@shared/api/wire";
import { ref, shallowRef } from "vue";
import { get, put } from "./shelf";

/** When what is shown was read, if it comes from the phone; nothing while it comes from the server. */
export const shownFrom = ref<number>();
/** Whether the last question reached the server. */
export const isReached = shallowRef(true);

/** Asks, and keeps the answer; without a network what was kept. in: `mayKeep` takes out what must
    not stay on the phone. errors: throws what the server said, or that it was never read. */
export async function withKept<T>(name: string, ask: () => Promise<T>, mayKeep: (came: T) => T = (came) => came): Promise<T> {
  try {
    const came = await ask();
    isReached.value = true;
    shownFrom.value = undefined;
    await put("kept", { name, at: Date.now(), value: mayKeep(came) }).catch(() => undefined);
    return came;
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    isReached.value = false;
    const kept = await get("kept", name).catch(() => undefined);
    if (kept === undefined) throw error;
    shownFrom.value = kept.at;
    return kept.value as T;
  }
}

/** A page as it may stay on a phone that is carried about: no people, no files, and of the fields
    those alone that the kind declares and does not call personal. */
export function withoutPeople(page: MatterPage, kind: KindPage): MatterPage {
  const open = new Set(kind.fields.filter((field) => !field.is_personal).map((field) => field.name));
  const fields = Object.fromEntries(Object.entries((page.fields ?? {}) as Record<string, unknown>).filter(([name]) => open.has(name)));
  return { ...page, fields, parties: [], files: [] };
}

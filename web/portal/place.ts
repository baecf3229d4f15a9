// The place that the portal speaks for: asked once, kept for when there is no network.

import { getKinds, getKindsByKind, getPortalPlace, type KindList, type KindPage, type PublicPlace } from "@shared/api/client";
import { language } from "@shared/texts";
import { setOfficeOffset } from "@shared/words/dates";
import { shallowRef } from "vue";

export const place = shallowRef<PublicPlace>();

/** What the page was last told, so that a form opens without a network. */
async function withKept<T>(name: string, ask: () => Promise<T>): Promise<T> {
  const key = `zhitong.kept.${name}.${language()}`;
  try {
    const came = await ask();
    keep(key, came);
    return came;
  } catch (error) {
    const kept = keptAt<T>(key);
    if (kept === undefined) throw error;
    return kept;
  }
}

function keep(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Nothing is kept: without a network the form does not open.
  }
}

function keptAt<T>(key: string): T | undefined {
  try {
    const text = localStorage.getItem(key);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

export async function loadPlace(): Promise<PublicPlace> {
  place.value = await withKept("place", () => getPortalPlace());
  // What was kept before places told it has none.
  if (place.value.offset_minutes !== undefined) setOfficeOffset(place.value.offset_minutes);
  return place.value;
}
export const loadKinds = (): Promise<KindList> => withKept("kinds", () => getKinds());
export const loadKind = (name: string): Promise<KindPage> => withKept(`kind.${name}`, () => getKindsByKind(name));

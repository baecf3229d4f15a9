// A point that somebody sets on the map, and the area it lies in. Shared by both faces; each has its
// own words for what comes of it.

import { getPortalMap, type AreaMap } from "../api/client";
import { computed, ref, shallowRef, type Ref } from "vue";
import { isWithin, outlineOf, positionOf, textOfPosition, type Outline, type Position } from "./geometry";

interface AreaRow {
  id: number;
  parent: number;
}
interface Placed {
  area: Ref<string>;
  point: Ref<string>;
  areas: () => readonly AreaRow[];
}
/** What came of the last tap: nothing where it was beside the place. */
export interface Told {
  isInside: boolean;
  name: string;
}
const levelsMax = 8;

export function usePlacing({ area, point, areas }: Placed) {
  const isOpen = ref(false);
  const map = shallowRef<AreaMap>();
  const error = shallowRef<unknown>();
  const told = ref<Told>();
  const mark = computed(() => positionOf(point.value));
  const above = computed(() => map.value?.above[map.value.above.length - 1]);

  async function attempt(work: () => Promise<void>): Promise<void> {
    error.value = undefined;
    try {
      await work();
    } catch (failed) {
      error.value = failed;
    }
  }
  async function openMap(): Promise<void> {
    isOpen.value = true;
    await attempt(async () => {
      map.value ??= await getPortalMap();
      if (mark.value !== undefined) await descend(mark.value);
    });
  }
  /** Who tapped beside the place goes back up; the point stays until another is set. */
  const goUp = (): Promise<void> => attempt(async () => void (map.value = await getPortalMap({ within: String(above.value?.id ?? "") })));
  const contains = (outline: Outline, position: Position): boolean => outline.shape !== undefined && isWithin(outline.shape, position);
  /** The lowest area whose shape has the point in it, asked for level by level from the top. The
      place itself stays here: areas are asked for, not where somebody is. */
  async function descend(position: Position): Promise<Outline | undefined> {
    let shown = await getPortalMap();
    let lowest = shown.within == null ? undefined : outlineOf(shown.within);
    if (lowest !== undefined && lowest.shape !== undefined && !contains(lowest, position)) return undefined;
    for (let level = 0; level < levelsMax; ++level) {
      const inside: Outline | undefined = shown.areas.map(outlineOf).find((one) => contains(one, position));
      if (inside === undefined) break;
      lowest = inside;
      if (!inside.hasBelow) break;
      shown = await getPortalMap({ within: String(inside.id) });
    }
    map.value = shown;
    return lowest;
  }
  const set = (position: Position): Promise<void> => attempt(async () => {
    const inside = await descend(position);
    told.value = { isInside: inside !== undefined, name: inside?.name ?? "" };
    if (inside === undefined) return;
    point.value = textOfPosition(position);
    // A village that was chosen from the list before says more than the township around it.
    if (!pathOf(Number(area.value || 0)).includes(inside.id)) area.value = String(inside.id);
  });
  /** The area and those above it, from the top. */
  function pathOf(chosen: number): number[] {
    const byId = new Map(areas().map((one) => [one.id, one]));
    const ids: number[] = [];
    for (let at = byId.get(chosen); at !== undefined && ids.length < levelsMax; at = byId.get(at.parent)) ids.unshift(at.id);
    return ids;
  }
  function forget(): void {
    point.value = "";
    told.value = undefined;
  }
  return { isOpen, map, error, told, mark, above, openMap, goUp, set, pathOf, forget };
}

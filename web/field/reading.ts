// What the pages ask of the server, each answer kept for when there is no network. By person and
// post, so that nobody is shown what another one was.

import { getDirectoryOrgs, getFigures, getInbox, getKinds, getKindsByKind, getMattersByNumber, getMattersByNumberOptions, getPortalPlace, getRecords, getWords, type Inbox, type KindLine, type KindPage, type MatterPage, type Options, type OrgLine, type PublicPlace, type RecordLine, type WordLists } from "@shared/api/client";
import { language } from "@shared/texts";
import { officeDay, setOfficeOffset } from "@shared/words/dates";
import { withKept, withoutPeople } from "./keeping/kept";
import { session } from "./session";

const own = (name: string): string => `${session.value?.person}.${session.value?.post}.${session.value?.on_behalf}.${language()}.${name}`;

export interface Task {
  page: MatterPage;
  options: Options;
  kind: KindPage;
}

export const readInbox = (): Promise<Inbox> => withKept(own("inbox"), () => getInbox({ field_work: "yes", limit: "200" }));

/** Kinds worked in the field of which this post may begin one. */
export const readKinds = async (): Promise<KindLine[]> => (await withKept(own("kinds"), () => getKinds())).kinds.filter((kind) => kind.is_field_work);
export const readKind = (kind: string): Promise<KindPage> => withKept(own(`kind.${kind}`), () => getKindsByKind(kind));

export function readTask(number: string): Promise<Task> {
  return withKept(own(`task.${number}`), async () => {
    const [page, options] = await Promise.all([getMattersByNumber(number), getMattersByNumberOptions(number)]);
    return { page, options, kind: await readKind(page.line.kind) };
  }, (came) => ({ ...came, page: withoutPeople(came.page, came.kind) }));
}

export async function readPlace(): Promise<PublicPlace> {
  const place = await withKept(`place.${language()}`, () => getPortalPlace());
  setOfficeOffset(place.offset_minutes);
  return place;
}
export const readOrgs = async (): Promise<OrgLine[]> => (await withKept(own("orgs"), () => getDirectoryOrgs())).orgs;
export const readWords = (): Promise<WordLists> => withKept(own("words"), () => getWords());
export const readRecords = async (kind: string): Promise<RecordLine[]> => (await withKept(own(`records.${kind}`), () => getRecords({ kind, counts: "open", limit: "200" }))).rows;

export type Period = "this_month" | "this_year";
interface CountedAreas {
  rows?: Array<{ by: { area: string }; indicators: { received?: { count?: number } } }>;
}
/** How many matters of field work each area had registered in the period. out: by the area's name,
    which is how the figures tell it. */
export async function readCoverage(period: Period): Promise<Map<string, number>> {
  const kinds = (await readKinds()).filter((kind) => !kind.is_record).map((kind) => kind.name);
  if (kinds.length === 0) return new Map();
  const today = officeDay(Date.now());
  const from = period === "this_month" ? `${today.slice(0, 7)}-01` : `${today.slice(0, 4)}-01-01`;
  const table = (await withKept(own(`coverage.${period}`), () => getFigures({ by: "area", from, until: today, kind: kinds.join(",") }))) as CountedAreas;
  return new Map((table.rows ?? []).map((row) => [row.by.area, row.indicators.received?.count ?? 0]));
}

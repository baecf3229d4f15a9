import type { PersonLine } from "@shared/api/client";

/** "p7 · 市办公室·受理员": names stand sealed, administrators see codes. */
export const personWords = (one: PersonLine): string => [one.code, ...one.posts.map((post) => post.name)].join(" · ");

const pagesMax = 20;

/** All pages of a list of administration, which are few. */
export async function everyPage<T>(ask: (after: string | undefined) => Promise<{ rows: T[]; next?: number }>): Promise<T[]> {
  const rows: T[] = [];
  let after: string | undefined;
  for (let page = 0; page < pagesMax; ++page) {
    const came = await ask(after);
    rows.push(...came.rows);
    if (came.next === undefined || came.rows.length === 0) break;
    after = String(came.next);
  }
  return rows;
}

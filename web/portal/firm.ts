// Signed in for a firm or association. The cookie is the server's alone; the page holds the second
// token, and this phone a word that there is something to ask for.

import { deleteSession, getFirm, getSession, postSession, putSessionPost, type FirmPage, type SessionPage, type SignIn } from "@shared/api/client";
import { problemOf } from "@shared/api/wire";
import { shallowRef } from "vue";

const mark = "zhitong.firm";

export const session = shallowRef<SessionPage>();
export const firm = shallowRef<FirmPage>();
export const csrf = (): string => session.value?.csrf ?? "";
/** The header that follows a matter: the code, or none for the firm's own. */
export const followHeaders = (code: string): Record<string, string> => (code === "" ? {} : { "Zhitong-Code": code });

function setMark(isIn: boolean): void {
  try {
    if (isIn) localStorage.setItem(mark, "1");
    else localStorage.removeItem(mark);
  } catch {
    // Then it is asked again at the firms' own page.
  }
}
function isMarked(): boolean {
  try {
    return localStorage.getItem(mark) !== null;
  } catch {
    return false;
  }
}

async function take(page: SessionPage | undefined): Promise<void> {
  session.value = page;
  setMark(page !== undefined);
  const first = page?.posts[0];
  // Bound twice, as agent and as administrator, is one firm all the same.
  if (page?.post === 0 && !page.must_change_password && first !== undefined) session.value = await putSessionPost({ post: first.post });
  if (session.value?.is_of_firm !== true || session.value.must_change_password) {
    firm.value = undefined;
    return;
  }
  // What is shown stays until the answer is there: a one-time password stands on it.
  try {
    firm.value = await getFirm();
  } catch (error) {
    firm.value = undefined;
    if (problemOf(error)?.status !== 403) throw error; // the binding ended
  }
}

/** Asks who is signed in; nobody is no failure. */
export async function findFirm(): Promise<void> {
  try {
    await take(await getSession());
  } catch (error) {
    if (problemOf(error)?.status !== 401) throw error;
    await take(undefined);
  }
}
/** At the start of any page: only where somebody signed in here before. */
export const recallFirm = async (): Promise<void> => {
  if (isMarked()) await findFirm();
};
export async function signIn(as: SignIn): Promise<void> {
  await take(await postSession(as));
}
/** errors: the server could not be reached; then one is still signed in. */
export async function signOut(): Promise<void> {
  await deleteSession();
  await take(undefined);
}

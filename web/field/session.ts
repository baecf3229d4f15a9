// Who is signed in, with the desk's account and session. Without a network it is whoever signed in
// last on this phone; what they do then waits for them.

import { deleteSession, getSession, postSession, putSessionPost, type ChoosePost, type SessionPage, type SignIn } from "@shared/api/client";
import { problemOf, Unreachable } from "@shared/api/wire";
import { computed, ref, shallowRef } from "vue";
import { count, sendWaiting, type Acting } from "./keeping/outbox";
import { get, put, wipe } from "./keeping/shelf";

const keptName = "session";
export const session = shallowRef<SessionPage>();
export const isKnown = ref(false);
/** The session ended while somebody worked: pages stay, and sending waits for signing in. */
export const hasEnded = ref(false);
export const csrf = (): string => session.value?.csrf ?? "";
export const isIn = computed(() => session.value !== undefined && session.value.post !== 0 && !session.value.must_change_password);
export const acting = (): Acting | undefined =>
  session.value === undefined || session.value.post === 0 ? undefined : { person: session.value.person, post: session.value.post, behalf: session.value.on_behalf };

/** errors: throws what the server said; nobody signed in is no failure, nor is no network. */
export async function find(): Promise<void> {
  const kept = (await get("kept", keptName).catch(() => undefined))?.value as SessionPage | undefined;
  try {
    await take(await getSession());
  } catch (error) {
    if (error instanceof Unreachable) {
      session.value = kept;
    } else if (problemOf(error)?.status === 401) {
      // Over while the phone lay in a pocket: what is kept stays for whoever comes back.
      session.value = kept;
      hasEnded.value = kept !== undefined;
    } else {
      throw error;
    }
  }
  isKnown.value = true;
  await afterwards();
}

export async function signIn(as: SignIn): Promise<void> {
  await take(await postSession(as));
  isKnown.value = true;
  await afterwards();
}
export async function choosePost(chosen: ChoosePost): Promise<void> {
  await take(await putSessionPost(chosen));
  await afterwards();
}

/** Of another person nothing is shown: what they left unsent waits until they come back. */
async function take(came: SessionPage): Promise<void> {
  session.value = came;
  hasEnded.value = false;
  if (came.is_of_firm && !came.must_change_password) {
    location.assign("/firm");
    return;
  }
  const { csrf: _token, ...rest } = came;
  await put("kept", { name: keptName, at: Date.now(), value: { ...rest, csrf: "" } }).catch(() => undefined);
}
/** Whether the session stands, so that what waits may go out. */
export async function ensure(): Promise<boolean> {
  if (hasEnded.value) return false;
  if (csrf() !== "") return true;
  try {
    await take(await getSession());
    return true;
  } catch (error) {
    hasEnded.value = problemOf(error)?.status === 401;
    return false;
  }
}

async function afterwards(): Promise<void> {
  await count().catch(() => undefined);
  if (!hasEnded.value) void sendWaiting().catch(() => undefined);
}

/** errors: the server could not be reached; then one is still signed in and all is still kept. */
export async function signOut(): Promise<void> {
  if (!hasEnded.value) await deleteSession();
  await wipe();
  session.value = undefined;
  hasEnded.value = false;
  await count();
}
export function end(): void {
  if (session.value !== undefined) hasEnded.value = true;
}

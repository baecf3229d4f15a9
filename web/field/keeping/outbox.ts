// What was done goes out from here, in the order in which it was done, each exactly once: its key is
// made and kept before the first send. A refusal stops nothing but what comes after it on the same
// matter; it stays on the phone until somebody decides.

import { getUploadsByUpload, postMatters, postMattersByNumberFiles, postMattersByNumberVerbs, postUploads, postUploadsByUploadFinish, via, type UploadState } from "@shared/api/client";
import { newKey } from "@shared/api/keys";
import { mayPass, problemOf } from "@shared/api/wire";
import { fieldAt } from "@shared/forms/fields";
import { ref } from "vue";
import { all, get, photosOf, put, remove, type Entry, type Photo } from "./shelf";

/** How many wait and how many were refused, for the line at the top of each page. */
export const waitingCount = ref(0);
export const refusedCount = ref(0);
/** Rises with each that arrived or was refused, so that pages look again. */
export const settled = ref(0);

/** Whose entries go out now; nobody's while nobody is signed in. */
export interface Acting {
  person: number;
  post: number;
  behalf: number;
}
let acting: () => Acting | undefined = () => undefined;
let ready: () => Promise<boolean> = () => Promise.resolve(true);
export const isOf = (entry: Entry, who: Acting): boolean => entry.person === who.person && entry.post === who.post && entry.behalf === who.behalf;

type Made = Omit<Entry, "id" | "key" | "filesKey" | "step" | "state" | "refusal" | "hasPhotos"> & { id?: string };

/** Keeps what was done; it stands when this returns. `id`: where photos were already taken for it. */
export async function add(made: Made): Promise<Entry> {
  const id = made.id ?? newKey();
  const entry: Entry = { ...made, id, key: newKey(), filesKey: newKey(), hasPhotos: (await photosOf(id)).length > 0, step: "deeds", state: "waiting" };
  await put("entries", entry);
  await count();
  return entry;
}

let under: Promise<void> | undefined;
let isAskedAgain = false;
/** Sends all that waits, one after the other; asked again meanwhile, it looks once more. */
export function sendWaiting(): Promise<void> {
  if (under !== undefined) {
    isAskedAgain = true;
    return under;
  }
  const finish = (): void => {
    under = undefined;
    if (!isAskedAgain) return;
    isAskedAgain = false;
    void sendWaiting();
  };
  under = sendAll();
  under.then(finish, finish);
  return under;
}

/** in: who acts; `mayGo` asks whether the session stands, which a page that was opened without a
    network does not know. */
export function openOutbox(who: () => Acting | undefined, mayGo: () => Promise<boolean> = () => Promise.resolve(true)): void {
  acting = who;
  ready = mayGo;
  addEventListener("online", () => void sendWaiting());
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && waitingCount.value > 0) void sendWaiting();
  });
}

async function sendAll(): Promise<void> {
  if (acting() === undefined || (await all("entries")).length === 0 || !(await ready())) return;
  const who = acting();
  if (who === undefined) return;
  const stopped = new Set<string>();
  for (const { id } of await all("entries")) {
    // Read anew: what went before may have moved its version, or it was put away meanwhile.
    const entry = await get("entries", id);
    if (entry === undefined || !isOf(entry, who)) continue;
    const holds = entry.number !== undefined && stopped.has(entry.number);
    if (entry.state === "waiting" && !holds && !(await deliver(entry))) break;
    const after = await get("entries", id);
    if (after?.state === "refused" && after.number !== undefined) stopped.add(after.number);
  }
  await count();
}

/** out: whether the next one may go; not while there is no way through. */
async function deliver(entry: Entry): Promise<boolean> {
  try {
    let sent = entry;
    if (sent.step === "deeds") sent = await sendDeeds(sent);
    if (sent.hasPhotos) await sendPhotos(sent);
    await drop(sent.id);
    ++settled.value;
    return true;
  } catch (error) {
    const problem = problemOf(error);
    // Signed out meanwhile: it waits for whoever did it.
    if (mayPass(error) || problem === undefined || problem.status === 401 || problem.status >= 500) return false;
    const now = (await get("entries", entry.id)) ?? entry;
    await put("entries", { ...now, state: "refused", refusal: { title: problem.title, status: problem.status, field: fieldAt(problem.at) } });
    ++settled.value;
    return true;
  }
}

async function sendDeeds(entry: Entry): Promise<Entry> {
  const body = { deeds: entry.deeds };
  const done = entry.number === undefined
    ? await postMatters(body, entry.key)
    : await postMattersByNumberVerbs(entry.number, body, entry.key, entry.version === undefined ? {} : { headers: { "If-Match": `"${entry.version}"` } });
  const row = done.rows.at(-1);
  const sent: Entry = { ...entry, step: "files", number: entry.number ?? row?.number };
  await put("entries", sent);
  if (entry.number !== undefined && row !== undefined) await moveVersion(entry, row.version);
  return sent;
}

/** What comes after it on the same matter was filled in knowing of it. */
async function moveVersion(entry: Entry, version: number): Promise<void> {
  for (const other of await all("entries")) {
    if (other.id !== entry.id && other.number === entry.number && other.version === entry.version) await put("entries", { ...other, version });
  }
}

async function sendPhotos(entry: Entry): Promise<void> {
  const photos = await photosOf(entry.id);
  const uploads: string[] = [];
  for (const photo of photos) uploads.push(await upload(photo));
  const list = await postMattersByNumberFiles(entry.number!, { uploads, purpose: "work" }, entry.filesKey);
  for (const other of await all("entries")) {
    // Our own photos are nobody else's change.
    if (other.id !== entry.id && other.number === entry.number && other.version === list.version - 1) await put("entries", { ...other, version: list.version });
  }
}

/** A photo goes in pieces; where it broke off it goes on, since the server says how much it has. */
async function upload(photo: Photo): Promise<string> {
  if (photo.isFinished && photo.upload !== undefined) return photo.upload;
  let state = await begun(photo);
  while (state.received < state.bytes) {
    const piece = photo.bytes.slice(state.received, Math.min(state.received + state.piece_bytes_max, state.bytes));
    const response = await via.fetch(`/api/v1/uploads/${encodeURIComponent(state.id)}?offset=${state.received}`, { method: "PUT", headers: { "Content-Type": "application/octet-stream" }, body: piece, credentials: "same-origin" });
    state = (await response.json()) as UploadState;
  }
  if (!state.is_finished) await postUploadsByUploadFinish(state.id);
  await put("photos", { ...photo, upload: state.id, isFinished: true });
  return state.id;
}

async function begun(photo: Photo): Promise<UploadState> {
  if (photo.upload !== undefined) {
    try {
      return await getUploadsByUpload(photo.upload);
    } catch (error) {
      // Kept for a day and no longer: then it begins anew.
      if (problemOf(error)?.status !== 404) throw error;
    }
  }
  const state = await postUploads({ name: photo.name, bytes: photo.bytes.size });
  await put("photos", { ...photo, upload: state.id });
  return state;
}

async function drop(id: string): Promise<void> {
  for (const photo of await photosOf(id)) await remove("photos", photo.id);
  await remove("entries", id);
}

/** The same once more. What was refused is another request by now, so it gets another key. */
export async function tryAgain(entry: Entry, version: number | undefined): Promise<void> {
  const isNew = entry.step === "deeds";
  await put("entries", { ...entry, version: version ?? entry.version, key: isNew ? newKey() : entry.key, filesKey: newKey(), state: "waiting", refusal: undefined });
  await count();
  await sendWaiting();
}

/** Decided by whoever did it: it goes from the phone. */
export async function putAway(entry: Entry): Promise<void> {
  await drop(entry.id);
  await count();
  ++settled.value;
  await sendWaiting();
}

export async function count(): Promise<void> {
  const who = acting();
  const own = who === undefined ? [] : (await all("entries")).filter((entry) => isOf(entry, who));
  waitingCount.value = own.filter((entry) => entry.state === "waiting").length;
  refusedCount.value = own.length - waitingCount.value;
}

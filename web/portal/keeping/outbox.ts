// Sends what was written, now or when there is a network again, and exactly once: the key is made
// with the draft, and the body is kept as it first went out.

import { postFirmMatters, postPortalMatters, postPortalMattersByNumberFiles, type HandIn, type Receipt } from "@shared/api/client";
import { newKey } from "@shared/api/keys";
import { mayPass, problemOf } from "@shared/api/wire";
import { fieldAt } from "@shared/forms/fields";
import { ref } from "vue";
import { followHeaders } from "../firm";
import { all, get, photosOf, put, remove, type Draft, type KeptReceipt } from "./shelf";
import { upload } from "./uploads";

/** Drafts that wait for the network; for the line at the top of each page. */
export const waitingCount = ref(0);
/** Rises with each draft that arrived or was refused, so that pages look again. */
export const settled = ref(0);

const sending = new Map<string, Promise<KeptReceipt | undefined>>();

/** A draft with its keys, not yet kept. */
export function newDraft(kind: string, kindTitle: string, form: number, values: Draft["values"]): Draft {
  return { id: newKey(), kind, kindTitle, form, values, changed: Date.now(), key: newKey(), filesKey: newKey(), state: "editing" };
}

/** Marks it as ready and sends it. out: the receipt, or nothing while there is no way through.
    errors: throws the refusal, which is also kept with the draft. */
export async function send(draft: Draft, body: HandIn): Promise<KeptReceipt | undefined> {
  const ready: Draft = { ...draft, state: "waiting", body: draft.body ?? JSON.stringify(body), refusal: undefined };
  await put("drafts", ready);
  await count();
  return sendKept(ready);
}

/** Sends all that waits. Called at the start and whenever the network comes back. */
export async function sendWaiting(): Promise<void> {
  for (const draft of await all("drafts")) {
    if (draft.state !== "waiting") continue;
    try {
      await sendKept(draft);
    } catch {
      // Kept with the draft; the page of drafts tells it.
    }
  }
  for (const receipt of await all("receipts")) {
    if (receipt.filesKey !== undefined) await sendPhotos(receipt).catch(() => undefined);
  }
  await count();
}

/** Begins to watch the network. */
export function openOutbox(): void {
  addEventListener("online", () => void sendWaiting());
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && waitingCount.value > 0) void sendWaiting();
  });
  void sendWaiting();
}

function sendKept(draft: Draft): Promise<KeptReceipt | undefined> {
  const under = sending.get(draft.id);
  if (under !== undefined) return under;
  const forget = (): void => void sending.delete(draft.id);
  const work = deliver(draft);
  work.then(forget, forget);
  sending.set(draft.id, work);
  return work;
}

async function deliver(draft: Draft): Promise<KeptReceipt | undefined> {
  let receipt: Receipt;
  try {
    const body = JSON.parse(draft.body ?? "{}") as HandIn;
    receipt = await (draft.isForFirm === true ? postFirmMatters(body, draft.key) : postPortalMatters(body, draft.key));
  } catch (error) {
    if (mayPass(error)) return undefined;
    await refuse(draft, error);
    throw error;
  }
  const kept = keptOf(receipt, draft, (await photosOf(draft.id)).length > 0);
  await put("receipts", kept);
  for (const photo of await photosOf(draft.id)) await put("photos", { ...photo, draft: kept.number });
  await remove("drafts", draft.id);
  await count();
  ++settled.value;
  // The matter stands; a photo that does not get through now follows later.
  await sendPhotos(kept).catch(() => undefined);
  return kept;
}

/** What was refused stays as it was written; sent again it is another text, so with another key. */
async function refuse(draft: Draft, error: unknown): Promise<void> {
  const problem = problemOf(error);
  const refusal = problem === undefined ? undefined : { title: problem.title, field: fieldAt(problem.at) };
  await put("drafts", { ...draft, state: "refused", key: newKey(), body: undefined, refusal });
  await count();
  ++settled.value;
}

function keptOf(receipt: Receipt, draft: Draft, hasPhotos: boolean): KeptReceipt {
  return {
    number: receipt.number,
    code: receipt.code,
    phoneCode: receipt.phone_code,
    kindTitle: draft.kindTitle,
    title: String(draft.values.title ?? ""),
    office: receipt.office,
    dueText: receipt.due_text,
    isProvisional: receipt.is_provisional,
    unnamedNotice: receipt.unnamed_notice,
    at: Date.now(),
    ...(draft.isForFirm === true ? { isForFirm: true } : {}),
    filesKey: hasPhotos ? draft.filesKey : undefined,
  };
}

/** Puts the photos that are kept for a matter to it. errors: throws what the server said. */
export async function sendPhotos(receipt: KeptReceipt, told: (share: number) => void = () => {}): Promise<void> {
  const photos = await photosOf(receipt.number);
  if (photos.length === 0 || receipt.filesKey === undefined) return;
  const uploads: string[] = [];
  for (const [index, photo] of photos.entries()) {
    uploads.push(await upload((await get("photos", photo.id)) ?? photo, (share) => told((index + share) / photos.length)));
  }
  await postPortalMattersByNumberFiles(receipt.number, { uploads }, receipt.filesKey, { headers: followHeaders(receipt.code) });
  for (const photo of photos) await remove("photos", photo.id);
  await put("receipts", { ...receipt, filesKey: undefined });
}

export async function count(): Promise<void> {
  waitingCount.value = (await all("drafts")).filter((draft) => draft.state === "waiting").length;
}

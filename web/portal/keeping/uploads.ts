// A photo goes to the server in pieces; where it broke off it goes on, since the server says how
// much it has.

import { deletePortalUploadsByUpload, getPortalUploadsByUpload, postPortalUploads, postPortalUploadsByUploadFinish, via, type UploadState } from "@shared/api/client";
import { problemOf } from "@shared/api/wire";
import { put, type Photo } from "./shelf";

/** Sends what the server lacks of it. out: the id of the finished upload. */
export async function upload(photo: Photo, told: (share: number) => void = () => {}): Promise<string> {
  if (photo.isFinished && photo.upload !== undefined) return photo.upload;
  let state = await begun(photo);
  while (state.received < state.bytes) {
    const end = Math.min(state.received + state.piece_bytes_max, state.bytes);
    state = await sendPiece(state, photo.bytes.slice(state.received, end));
    told(state.received / state.bytes);
  }
  if (!state.is_finished) await postPortalUploadsByUploadFinish(state.id);
  await put("photos", { ...photo, upload: state.id, isFinished: true });
  return state.id;
}

async function begun(photo: Photo): Promise<UploadState> {
  if (photo.upload !== undefined) {
    try {
      return await getPortalUploadsByUpload(photo.upload);
    } catch (error) {
      // Kept for a day and no longer: then it begins anew.
      if (problemOf(error)?.status !== 404) throw error;
    }
  }
  const state = await postPortalUploads({ name: photo.name, bytes: photo.bytes.size });
  await put("photos", { ...photo, upload: state.id });
  return state;
}

async function sendPiece(state: UploadState, piece: Blob): Promise<UploadState> {
  const response = await via.fetch(`/api/v1/portal/uploads/${encodeURIComponent(state.id)}?offset=${state.received}`, {
    method: "PUT",
    headers: { "Content-Type": "application/octet-stream" },
    body: piece,
  });
  return (await response.json()) as UploadState;
}

/** Takes back what was begun for a photo that is not wanted any more; the server would sweep it. */
export async function forget(photo: Photo): Promise<void> {
  if (photo.upload === undefined) return;
  try {
    await deletePortalUploadsByUpload(photo.upload);
  } catch {
    // It is swept when nobody names it.
  }
}

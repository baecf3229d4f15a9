// Bodies that are no JSON: pieces of files, imports. The generated client sends none; they take the
// same way out.

import { via, type JobLine, type UploadState } from "@shared/api/client";

async function sendRaw<T>(method: string, path: string, body: Blob, headers: Record<string, string> = {}): Promise<T> {
  const response = await via.fetch(path, { method, body, headers: { "Content-Type": "application/octet-stream", ...headers }, credentials: "same-origin" });
  return (await response.json()) as T;
}

export const sendPiece = (upload: string, offset: number, piece: Blob): Promise<UploadState> => sendRaw("PUT", `/api/v1/uploads/${encodeURIComponent(upload)}?offset=${offset}`, piece);

export const sendImport = (map: string, key: string, rows: Blob): Promise<JobLine> => sendRaw("POST", `/api/v1/jobs/imports?map=${encodeURIComponent(map)}`, rows, { "Idempotency-Key": key });

// What the other people do while a test looks at one page: over the API, as the desk would.

import type { APIRequestContext, APIResponse } from "@playwright/test";
import { expect } from "@playwright/test";
import { newKey } from "../../shared/api/keys";

export interface Handed {
  number: string;
  code: string;
}

export async function handIn(request: APIRequestContext, fields: Record<string, unknown>, kind = "appeal"): Promise<Handed> {
  const answer = await request.post("/api/v1/portal/matters", { headers: { "Idempotency-Key": newKey() }, data: { kind, fields } });
  expect(answer.status(), await answer.text()).toBe(201);
  return (await answer.json()) as Handed;
}

export interface Signed {
  get: (path: string) => Promise<APIResponse>;
  post: (path: string, data: unknown) => Promise<APIResponse>;
  put: (path: string, data: unknown) => Promise<APIResponse>;
}

/** One of the demo place's accounts. */
export async function signedIn(request: APIRequestContext, name: string): Promise<Signed> {
  const answer = await request.post("/api/v1/session", { data: { name, password: "yingchuan-demo" } });
  expect(answer.status(), await answer.text()).toBeLessThan(300);
  const { csrf } = (await answer.json()) as { csrf: string };
  const headers = (): Record<string, string> => ({ "Zhitong-CSRF": csrf, "Idempotency-Key": newKey() });
  return {
    get: (path) => request.get(path),
    post: (path, data) => request.post(path, { headers: headers(), data }),
    put: (path, data) => request.put(path, { headers: headers(), data }),
  };
}

/** errors: fails the test with what the server said. */
export async function work(as: Signed, number: string, deeds: Array<{ verb: string; fields: Record<string, unknown> }>): Promise<void> {
  const answer = await as.post(`/api/v1/matters/${number}/verbs`, { deeds });
  expect(answer.status(), await answer.text()).toBe(200);
}

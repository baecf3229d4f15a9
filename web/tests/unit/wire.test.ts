import { getKinds, postPortalMatters, postSession } from "@shared/api/client";
import { mayPass, openWire, problemOf, Unreachable } from "@shared/api/wire";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

const sent: Array<{ path: string; init: RequestInit }> = [];
let answers: Array<() => Response> = [];

beforeEach(() => {
  vi.useFakeTimers();
  sent.length = 0;
  vi.stubGlobal("navigator", { onLine: true });
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    sent.push({ path, init });
    const answer = answers.shift();
    return answer === undefined ? Promise.reject(new TypeError("Failed to fetch")) : Promise.resolve(answer());
  });
  openWire({ language: () => "en", csrf: () => "token" });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const good = (body: unknown) => () => new Response(JSON.stringify(body), { status: 200 });
const refusal = (status: number, code: string) => () =>
  new Response(JSON.stringify({ type: "about:blank", title: "No", status, code, at: "/fields/title" }), { status });

async function outcome<T>(asked: Promise<T>): Promise<unknown> {
  const settled = asked.catch((error: unknown) => error);
  await vi.runAllTimersAsync();
  return settled;
}

test("language and second token go with a change, the token not with a read", async () => {
  answers = [good({ kinds: [] }), good({})];
  await outcome(getKinds());
  await outcome(postPortalMatters({ kind: "appeal", fields: {} }, "key"));
  expect(sent[0]?.init.headers).toEqual({ "Accept-Language": "en" });
  expect(sent[1]?.init.headers).toMatchObject({ "Zhitong-CSRF": "token", "Idempotency-Key": "key" });
});

test("a change with a key is sent again under the same key", async () => {
  answers = [refusal(503, "overloaded"), refusal(409, "in_flight"), good({ number: "ZT-1" })];
  expect(await outcome(postPortalMatters({ kind: "appeal", fields: {} }, "key"))).toEqual({ number: "ZT-1" });
  expect(sent.map((one) => (one.init.headers as Record<string, string>)["Idempotency-Key"])).toEqual(["key", "key", "key"]);
});

test("a change without a key is sent once", async () => {
  answers = [refusal(503, "overloaded")];
  expect(problemOf(await outcome(postSession({ name: "a", password: "b" })))?.code).toBe("overloaded");
  expect(sent).toHaveLength(1);
});

test("a refusal is not asked again and tells the field", async () => {
  answers = [refusal(422, "missing_field")];
  const failed = await outcome(postPortalMatters({ kind: "appeal", fields: {} }, "key"));
  expect(problemOf(failed)).toMatchObject({ code: "missing_field", at: "/fields/title" });
  expect(mayPass(failed)).toBe(false);
  expect(sent).toHaveLength(1);
});

test("without an answer nothing is known, and it may pass", async () => {
  answers = [];
  const failed = await outcome(getKinds());
  expect(failed).toBeInstanceOf(Unreachable);
  expect(mayPass(failed)).toBe(true);
  expect(sent).toHaveLength(3);
});

test("an answer that is no problem document is told by its status", async () => {
  answers = [() => new Response("<html>Bad gateway</html>", { status: 400 })];
  expect(problemOf(await outcome(getKinds()))).toMatchObject({ status: 400, code: "unreadable" });
});

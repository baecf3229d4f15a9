import { beforeEach, expect, test, vi } from "vitest";

// The phone's shelf, in memory: what the browser's tests use is the real one.
const rows = vi.hoisted(() => ({ entries: new Map<string, unknown>(), photos: new Map<string, unknown>() }));
vi.mock("../../field/keeping/shelf", () => ({
  put: async (name: "entries" | "photos", value: { id: string }) => void rows[name].set(value.id, structuredClone(value)),
  get: async (name: "entries" | "photos", key: string) => structuredClone(rows[name].get(key)),
  all: async (name: "entries" | "photos") => [...rows[name].entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, value]) => structuredClone(value)),
  remove: async (name: "entries" | "photos", key: string) => void rows[name].delete(key),
  photosOf: async () => [],
}));
vi.stubGlobal("addEventListener", () => undefined);
vi.stubGlobal("document", { addEventListener: () => undefined });

import { Refused, via } from "../../shared/api/client";
import { Unreachable } from "../../shared/api/wire";
import { add, openOutbox, putAway, refusedCount, sendWaiting, tryAgain, waitingCount } from "../../field/keeping/outbox";
import type { Entry } from "../../field/keeping/shelf";

const who = { person: 1, post: 2, behalf: 0 };
interface Sent {
  path: string;
  key: string;
  version?: string;
}
let sent: Sent[] = [];
let answer: (path: string) => unknown = () => ({ rows: [{ number: "YH-1", version: 8 }] });
beforeEach(() => {
  rows.entries.clear();
  sent = [];
  answer = () => ({ rows: [{ number: "YH-1", version: 8 }] });
  openOutbox(() => who);
  via.fetch = async (path, init) => {
    const headers = init.headers as Record<string, string>;
    sent.push({ path, key: headers["Idempotency-Key"]!, version: headers["If-Match"] });
    return new Response(JSON.stringify(answer(path)));
  };
});
const made = (number: string | undefined, id: string) => ({ ...who, id, number, title: id, kind: "hazard", deeds: [{ verb: "report_progress", fields: {} }], form: "f", values: {}, version: number === undefined ? undefined : 7 });
const refuse = (status: number): never => {
  throw new Refused({ type: "", title: "refused", status, code: "version_moved" });
};

test("what waits goes in order, and the second knows of the first", async () => {
  await add(made("YH-1", "a"));
  await add(made("YH-1", "b"));
  await sendWaiting();
  expect(sent.map((one) => one.version)).toEqual(['"7"', '"8"']);
  expect([waitingCount.value, refusedCount.value]).toEqual([0, 0]);
});

test("a lost answer is asked for again with the same key, and nothing overtakes it", async () => {
  await add(made("YH-1", "a"));
  await add(made("YH-2", "b"));
  answer = () => {
    throw new Unreachable();
  };
  await sendWaiting();
  expect(waitingCount.value).toBe(2);
  answer = () => ({ rows: [{ number: "YH-1", version: 8 }] });
  await sendWaiting();
  expect(sent).toHaveLength(3);
  expect(sent[0]!.key).toBe(sent[1]!.key);
  expect(waitingCount.value).toBe(0);
});

for (const status of [409, 412, 422]) {
  test(`a refusal (${status}) stays; it holds what follows on the same matter and nothing else`, async () => {
    await add(made("YH-1", "a"));
    await add(made("YH-1", "b"));
    await add(made("YH-2", "c"));
    answer = (path) => (path.includes("YH-1") ? refuse(status) : { rows: [{ number: "YH-2", version: 8 }] });
    await sendWaiting();
    expect(sent.map((one) => one.path.includes("YH-1"))).toEqual([true, false]);
    expect([waitingCount.value, refusedCount.value]).toEqual([1, 1]);
    const entry = rows.entries.get("a") as Entry;
    expect(entry.refusal).toMatchObject({ title: "refused", status });
    answer = () => ({ rows: [{ number: "YH-1", version: 9 }] });
    await tryAgain(entry, 8);
    expect(sent[2]!.version).toBe('"8"');
    expect(sent[2]!.key).not.toBe(sent[0]!.key);
  });
}

test("signed out: it waits; put away: it is gone", async () => {
  const entry = await add(made("YH-1", "a"));
  answer = () => refuse(401);
  await sendWaiting();
  expect([waitingCount.value, refusedCount.value]).toEqual([1, 0]);
  answer = () => ({ rows: [] });
  await putAway(entry);
  expect(waitingCount.value).toBe(0);
});

test("entries of another person or post are left alone", async () => {
  await add({ ...made("YH-1", "a"), person: 9 });
  await sendWaiting();
  expect(sent).toEqual([]);
  expect(rows.entries.size).toBe(1);
});

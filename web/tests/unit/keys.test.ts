import { KeptKey, newKey } from "@shared/api/keys";
import { expect, test } from "vitest";

test("a key is a UUID of version 7 with the time in front", () => {
  const key = newKey(Date.UTC(2022, 7, 1));
  expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(key.replaceAll("-", "").slice(0, 12), 16)).toBe(Date.UTC(2022, 7, 1));
});

test("a later key sorts behind, and no two are alike", () => {
  expect(newKey(1_000) < newKey(2_000)).toBe(true);
  expect(new Set(Array.from({ length: 100 }, () => newKey(1_000))).size).toBe(100);
});

test("the same content keeps its key until it is answered, other content has another", () => {
  const key = new KeptKey();
  const first = key.of({ rows: [1] });
  expect(key.of({ rows: [1] })).toBe(first);
  expect(key.of({ rows: [2] })).not.toBe(first);
  const second = key.of({ rows: [2] });
  key.answered();
  expect(key.of({ rows: [2] })).not.toBe(second);
});

import { ReceiptCheck } from "@shared/words/receipts";
import { createHash, randomBytes, webcrypto } from "node:crypto";
import { expect, test } from "vitest";

const sha = (...parts: (Buffer | string)[]): Buffer => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const hex = (bytes: Buffer): string => bytes.toString("hex");
const leaf = (event: Buffer): Buffer => sha(Buffer.of(0), event);
const split = (size: number): number => 2 ** Math.floor(Math.log2(size - 1));

/** Word for word RFC 9162, 2.1.1 and 2.1.3.1. */
function rootOf(events: readonly Buffer[]): Buffer {
  if (events.length === 1) return leaf(events[0]!);
  const at = split(events.length);
  return sha(Buffer.of(1), rootOf(events.slice(0, at)), rootOf(events.slice(at)));
}
function pathTo(index: number, events: readonly Buffer[]): Buffer[] {
  if (events.length === 1) return [];
  const at = split(events.length);
  return index < at ? [...pathTo(index, events.slice(0, at)), rootOf(events.slice(at))] : [...pathTo(index - at, events.slice(at)), rootOf(events.slice(0, at))];
}

type Parts = Record<string, unknown>;
/** As the server writes it: keys sorted, no white space. */
function written(parts: Parts): string {
  const sorted = (from: Parts): Parts => Object.fromEntries(Object.entries(from).sort(([left], [right]) => (left < right ? -1 : 1)));
  return JSON.stringify(sorted({ ...parts, sum: hex(sha(JSON.stringify(sorted(parts)))) }));
}
function partsOf(seq: number, size: number): Parts {
  const envelope = JSON.stringify({ recorded: 1659229200000, seq });
  const payload = JSON.stringify({ do: [["number", "ZT-2026-000001"]], in: { title: "路灯不亮" } });
  const previous = randomBytes(32);
  const sealed = sha("");
  const event = sha(Buffer.of(1), previous, sha(envelope), sha(payload), sealed);
  const events = Array.from({ length: size }, (_, index) => (index === seq - 1 ? event : randomBytes(32)));
  return {
    algorithm: "sha256", envelope, event: hex(event), format: "zhitong-receipt/1", number: "ZT-2026-000001", payload, previous: hex(previous),
    inclusion: { day: "2026-11-22", path: pathTo(seq - 1, events).map(hex), root: hex(rootOf(events)), size }, salts: {}, sealed_hash: hex(sealed), seq,
  };
}
const check = new ReceiptCheck(webcrypto.subtle as unknown as SubtleCrypto);

test("a receipt of any place in a tree of any size leads to its root", async () => {
  for (let size = 1; size <= 20; ++size) {
    for (let seq = 1; seq <= size; ++seq) {
      const parts = partsOf(seq, size);
      const verdict = await check.check(written(parts));
      expect([size, seq, verdict.standing, verdict.showsNumber]).toEqual([size, seq, "bound", true]);
      expect(verdict.root?.root).toBe((parts.inclusion as { root: string }).root);
    }
  }
});

test("any changed byte is found", async () => {
  const text = Buffer.from(written(partsOf(5, 11)));
  for (let at = 0; at < text.length; ++at) {
    const changed = Buffer.from(text);
    changed[at]! ^= 1;
    expect([at, (await check.check(changed.toString())).standing]).toEqual([at, "broken"]);
  }
});

test("who mends the sum too is found by the hashes", async () => {
  const parts = partsOf(5, 11);
  const inclusion = parts.inclusion as { path: string[] };
  const forged: Parts[] = [
    { ...parts, number: "ZT-2026-000002" },
    { ...parts, seq: 6 },
    { ...parts, payload: String(parts.payload).replace("路灯", "大桥") },
    { ...parts, inclusion: { ...inclusion, root: hex(randomBytes(32)) } },
    { ...parts, inclusion: { ...inclusion, path: inclusion.path.slice(1) } },
  ];
  for (const one of forged) expect((await check.check(written(one))).standing).toBe("broken");
});

test("what cannot be computed here is said so, and what has no root yet", async () => {
  const { inclusion, ...early } = partsOf(2, 3);
  expect((await check.check(written(early))).standing).toBe("waiting");
  expect((await check.check(written({ ...early, inclusion, algorithm: "sm3" }))).standing).toBe("unable");
  expect((await new ReceiptCheck(undefined).check(written(early))).standing).toBe("unable");
});

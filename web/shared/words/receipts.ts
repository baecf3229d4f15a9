// Checks a saved receipt on this device, from its own bytes alone: the hash of the event from its
// parts, and the way from there to the root of the day (RFC 9162). docs/internals/proofs.md.

export interface DayRoot {
  day: string;
  root: string;
  size: number;
}

interface ReceiptFile {
  algorithm: string;
  envelope: string;
  event: string;
  format: string;
  inclusion?: DayRoot & { path: string[] };
  number: string;
  payload?: string;
  payload_hash?: string;
  previous: string;
  sealed_hash: string;
  seq: number;
  sum: string;
}

/** broken: something was changed. unable: this browser cannot compute it. waiting: its day is not
    over. bound: it leads to `root`, which is still to be compared with the published one. */
export type Standing = "broken" | "unable" | "waiting" | "bound";
export interface ReceiptVerdict {
  standing: Standing;
  number?: string;
  /** The event itself says the number, and not only the file. */
  showsNumber?: boolean;
  recorded?: number;
  root?: DayRoot;
}

const bytesOfHex = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const bytesOfText = (text: string): Uint8Array => new TextEncoder().encode(text);
const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const isHash = (text: unknown): text is string => typeof text === "string" && /^[0-9a-f]{64}$/.test(text);

export class ReceiptCheck {
  /** in: SubtleCrypto of the page; not there where it came without HTTPS. */
  constructor(private readonly subtle: Pick<SubtleCrypto, "digest"> | undefined) {}

  async check(text: string): Promise<ReceiptVerdict> {
    const file = read(text);
    if (file === undefined) return { standing: "broken" };
    if (this.subtle === undefined) return { standing: "unable", number: file.number };
    // The sum is always SHA-256, whatever the ledger has.
    const { sum, ...others } = file;
    if (hexOf(await this.hash(bytesOfText(JSON.stringify(others)))) !== sum) return { standing: "broken" };
    if (file.algorithm !== "sha256") return { standing: "unable", number: file.number };
    const event = await this.event(file);
    const envelope = object(file.envelope);
    if (hexOf(event) !== file.event || envelope?.seq !== file.seq) return { standing: "broken" };
    const told = numberIn(file.payload);
    if (file.payload !== undefined && told !== file.number) return { standing: "broken" };
    const verdict = { number: file.number, showsNumber: told !== undefined, recorded: Number(envelope.recorded) };
    if (file.inclusion === undefined) return { standing: "waiting", ...verdict };
    const { day, root, size } = file.inclusion;
    if (!(await this.leads(event, file.seq - 1, file.inclusion))) return { standing: "broken" };
    return { standing: "bound", ...verdict, root: { day, root, size } };
  }

  private async hash(...parts: Uint8Array[]): Promise<Uint8Array> {
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return new Uint8Array(await this.subtle!.digest("SHA-256", all));
  }

  private async event(file: ReceiptFile): Promise<Uint8Array> {
    const payload = file.payload === undefined ? bytesOfHex(file.payload_hash ?? "") : await this.hash(bytesOfText(file.payload));
    const envelope = await this.hash(bytesOfText(file.envelope));
    return this.hash(Uint8Array.of(1), bytesOfHex(file.previous), envelope, payload, bytesOfHex(file.sealed_hash));
  }

  /** As RFC 9162, 2.1.3.2. Halves instead of shifts: a ledger may be longer than 2^32. */
  private async leads(event: Uint8Array, index: number, way: DayRoot & { path: string[] }): Promise<boolean> {
    let at = index;
    let last = way.size - 1;
    if (at < 0 || at > last) return false;
    let hash = await this.hash(Uint8Array.of(0), event);
    const up = (): void => {
      at = Math.floor(at / 2);
      last = Math.floor(last / 2);
    };
    for (const step of way.path) {
      if (last === 0) return false;
      const sibling = bytesOfHex(step);
      if (at % 2 === 1 || at === last) {
        hash = await this.hash(Uint8Array.of(1), sibling, hash);
        while (at % 2 === 0 && at !== 0) up();
      } else {
        hash = await this.hash(Uint8Array.of(1), hash, sibling);
      }
      up();
    }
    return last === 0 && hexOf(hash) === way.root;
  }
}

function object(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function read(text: string): ReceiptFile | undefined {
  const file = object(text.trim()) as Partial<ReceiptFile> | undefined;
  if (file === undefined || file.format !== "zhitong-receipt/1" || JSON.stringify(file) !== text.trim()) return undefined;
  const hashes = [file.event, file.previous, file.sealed_hash, file.sum, ...(file.inclusion === undefined ? [] : [file.inclusion?.root, ...(Array.isArray(file.inclusion?.path) ? file.inclusion.path : [undefined])])];
  const isFull = typeof file.envelope === "string" && typeof file.number === "string" && typeof file.seq === "number";
  return isFull && hashes.every(isHash) ? (file as ReceiptFile) : undefined;
}

/** The number that the event gives: one of its changes says it. */
function numberIn(payload: string | undefined): string | undefined {
  const changes = payload === undefined ? undefined : object(payload)?.do;
  const change: unknown = Array.isArray(changes) ? changes.find((one: unknown) => Array.isArray(one) && one.length === 2 && one[0] === "number") : undefined;
  return Array.isArray(change) ? String(change[1]) : undefined;
}

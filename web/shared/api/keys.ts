/** A UUID of version 7: made before the first send and kept, so that a retry does nothing twice. */
export function newKey(now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let index = 0; index < 6; ++index) {
    bytes[index] = Math.floor(now / 2 ** (8 * (5 - index))) % 256;
  }
  bytes[6] = (bytes[6]! % 16) + 0x70;
  bytes[8] = (bytes[8]! % 64) + 0x80;
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join("-");
}

/** The key of a request that is sent again until it is answered: the same content keeps its key,
    other content is another request. */
export class KeptKey {
  private content = "";
  private key = "";

  of(body: unknown): string {
    const content = JSON.stringify(body);
    if (this.key === "" || this.content !== content) this.key = newKey();
    this.content = content;
    return this.key;
  }
  /** It was answered: the same content is a new request from here on. */
  answered(): void {
    this.key = "";
  }
}

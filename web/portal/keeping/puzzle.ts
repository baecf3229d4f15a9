/** Looks for a text whose SHA-256 behind "puzzle:" begins with so many zero bits. Some 2^bits
    hashes; the page breathes between rounds. */
export async function solve(puzzle: string, zeroBits: number): Promise<string> {
  const encoder = new TextEncoder();
  const round = 256;
  for (let from = 0; ; from += round) {
    const tries = Array.from({ length: round }, (_, index) => String(from + index));
    const hashes = await Promise.all(tries.map((one) => crypto.subtle.digest("SHA-256", encoder.encode(`${puzzle}:${one}`))));
    const found = hashes.findIndex((hash) => leadingZeroBits(new Uint8Array(hash)) >= zeroBits);
    if (found >= 0) return tries[found]!;
  }
}

export function leadingZeroBits(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) {
    if (byte !== 0) return count + Math.clz32(byte) - 24;
    count += 8;
  }
  return count;
}

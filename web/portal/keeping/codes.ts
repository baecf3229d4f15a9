// Codes typed in during this visit. They stay in this window alone and go with it; receipts of this
// phone keep theirs on the shelf.

import { get } from "./shelf";

const name = (number: string): string => `zhitong.code.${number}`;
const held = new Map<string, string>();

export function remember(number: string, code: string): void {
  held.set(number, code);
  try {
    sessionStorage.setItem(name(number), code);
  } catch {
    // The page still holds it while it is open.
  }
}

export async function codeOf(number: string): Promise<string | undefined> {
  const own = held.get(number);
  if (own !== undefined) return own;
  try {
    const kept = sessionStorage.getItem(name(number));
    if (kept !== null) return kept;
  } catch {
    // Then perhaps the shelf has it.
  }
  return (await get("receipts", number))?.code;
}

export function forgetCode(number: string): void {
  held.delete(number);
  try {
    sessionStorage.removeItem(name(number));
  } catch {
    // Nothing was kept.
  }
}

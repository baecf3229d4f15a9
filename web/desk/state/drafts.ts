// Drafts of forms, kept on the device as they are typed, so that neither a session that ends nor a
// closed window loses a word. By person: whoever signs in next on this machine sees none of them.

const prefix = "zhitong.draft.";
/** Drafts that nobody came back to within this time are dropped. */
const keptMsMax = 14 * 86_400_000;

interface Kept<T> {
  at: number;
  value: T;
}

const nameOf = (person: number, form: string): string => `${prefix}${person}.${form}`;

/** in: person, form (its page, matter and verb). out: nothing where none is kept. */
export function draftOf<T>(person: number, form: string): T | undefined {
  try {
    const text = localStorage.getItem(nameOf(person, form));
    if (text === null) return undefined;
    const kept = JSON.parse(text) as Kept<T>;
    return Date.now() - kept.at < keptMsMax ? kept.value : undefined;
  } catch {
    return undefined;
  }
}

export function keepDraft(person: number, form: string, value: unknown): void {
  try {
    localStorage.setItem(nameOf(person, form), JSON.stringify({ at: Date.now(), value } satisfies Kept<unknown>));
  } catch {
    // A browser that keeps nothing: the form itself still holds it.
  }
}

export function dropDraft(person: number, form: string): void {
  try {
    localStorage.removeItem(nameOf(person, form));
  } catch {
    // Nothing was kept either.
  }
}

/** Signing out of one's own will leaves nothing on the machine. */
export function dropDraftsOf(person: number): void {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(nameOf(person, ""))) localStorage.removeItem(name);
  } catch {
    // Nothing was kept.
  }
}

// What the phone keeps of field work: tasks and pages that were opened, what was done without a
// network, photos of it. In IndexedDB, and all of it goes at signing out.

import type { Deed } from "@shared/api/client";
import type { Values } from "@shared/forms/fields";

/** An answer of the server, as it is shown without a network. */
export interface Kept {
  name: string;
  at: number;
  value: unknown;
}

/** What the server said no to, in its words. */
export interface Refusal {
  title: string;
  status: number;
  field?: string;
}

/** Something that was done in the field. Added once, sent in order; it leaves only when the server
    has it, or when whoever did it puts it away. */
export interface Entry {
  /** Of version 7: entries sort by when they were made. */
  id: string;
  person: number;
  post: number;
  behalf: number;
  /** The matter; of a report none until it arrived. */
  number?: string;
  title: string;
  kind: string;
  deeds: Deed[];
  /** As it was filled in, to be changed after a refusal. */
  form: string;
  values: Values;
  /** Version on which it was filled in; what came after it refuses it. */
  version?: number;
  key: string;
  filesKey: string;
  hasPhotos: boolean;
  step: "deeds" | "files";
  state: "waiting" | "refused";
  refusal?: Refusal;
}

export interface Photo {
  id: string;
  entry: string;
  name: string;
  bytes: Blob;
  upload?: string; // begun on the server
  isFinished?: boolean;
}

interface Shelves {
  kept: Kept;
  entries: Entry;
  photos: Photo;
}
type Name = keyof Shelves;

const databaseName = "zhitong-field";
const keyOf: Record<Name, string> = { kept: "name", entries: "id", photos: "id" };

let opened: Promise<IDBDatabase> | undefined;

/** errors: throws where the browser keeps nothing; then nothing is taken for kept. */
function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(databaseName, 1);
    asked.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(keyOf)) asked.result.createObjectStore(name, { keyPath });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error("shelf"));
  });
  return opened;
}

/** A browser may close the connection by itself (a phone short of room); then it is opened anew. */
async function storeOf(name: Name, mode: IDBTransactionMode): Promise<IDBObjectStore> {
  try {
    return (await database()).transaction(name, mode).objectStore(name);
  } catch {
    opened = undefined;
    return (await database()).transaction(name, mode).objectStore(name);
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("shelf"));
  });
}

/** Proxies of the page's state cannot be stored. */
const plain = <T>(value: T): T => Object.fromEntries(Object.entries(value as object).map(([name, one]) =>
  [name, one instanceof Blob || one === undefined ? one : (JSON.parse(JSON.stringify(one)) as unknown)])) as T;

export async function put<N extends Name>(name: N, value: Shelves[N]): Promise<void> {
  await done((await storeOf(name, "readwrite")).put(plain(value)));
}
export async function get<N extends Name>(name: N, key: string): Promise<Shelves[N] | undefined> {
  return done((await storeOf(name, "readonly")).get(key) as IDBRequest<Shelves[N] | undefined>);
}
/** out: by key, so entries in the order in which they were made. */
export async function all<N extends Name>(name: N): Promise<Array<Shelves[N]>> {
  return done((await storeOf(name, "readonly")).getAll() as IDBRequest<Array<Shelves[N]>>);
}
export async function remove(name: Name, key: string): Promise<void> {
  await done((await storeOf(name, "readwrite")).delete(key));
}
export async function wipe(): Promise<void> {
  for (const name of Object.keys(keyOf) as Name[]) await done((await storeOf(name, "readwrite")).clear());
}
export const photosOf = async (entry: string): Promise<Photo[]> => (await all("photos")).filter((photo) => photo.entry === entry);

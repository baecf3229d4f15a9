// What the phone keeps: drafts, photos not yet sent, receipts. In IndexedDB, so that it survives
// closing, a dead battery and no network; a browser that allows none keeps it while the page is open.

export interface Draft {
  id: string;
  kind: string;
  kindTitle: string;
  form: number; // which of the kind's forms
  values: Record<string, string | boolean | string[]>;
  changed: number;
  /** Made with the draft and kept, so that however often it is sent it arrives once. */
  key: string;
  filesKey: string;
  state: "editing" | "waiting" | "refused";
  /** As it was first sent: the same key must carry the same body. */
  body?: string;
  /** Handed in for the firm that is signed in, not as oneself. */
  isForFirm?: boolean;
  /** After a refusal: its text and the field that it names. */
  refusal?: { title: string; field?: string };
}

export interface Photo {
  id: string;
  draft: string; // or the number of the matter it belongs to
  name: string;
  bytes: Blob;
  upload?: string; // begun on the server
  isFinished?: boolean;
}

export interface KeptReceipt {
  number: string;
  code: string;
  phoneCode?: string;
  kindTitle: string;
  title: string;
  office: string;
  dueText: string;
  isProvisional: boolean;
  unnamedNotice: string;
  at: number;
  /** Of the firm: followed by its session, without a code. */
  isForFirm?: boolean;
  /** Photos that did not go along yet: the key to put them there. */
  filesKey?: string;
}

interface Shelves {
  drafts: Draft;
  photos: Photo;
  receipts: KeptReceipt;
}
type Name = keyof Shelves;

const databaseName = "zhitong";
const version = 1;
const keyOf: Record<Name, string> = { drafts: "id", photos: "id", receipts: "number" };

let opened: Promise<IDBDatabase | undefined> | undefined;
const memory = new Map<string, unknown>();

function database(): Promise<IDBDatabase | undefined> {
  opened ??= new Promise((resolve) => {
    if (typeof indexedDB === "undefined") {
      resolve(undefined);
      return;
    }
    const asked = indexedDB.open(databaseName, version);
    asked.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(keyOf)) asked.result.createObjectStore(name, { keyPath });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => resolve(undefined);
    asked.onblocked = () => resolve(undefined);
  });
  return opened;
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("shelf"));
  });
}

const plain = <T>(value: T): T => {
  // Proxies of the page's state cannot be stored.
  const copy: Record<string, unknown> = {};
  for (const [name, one] of Object.entries(value as Record<string, unknown>)) {
    copy[name] = one instanceof Blob || one === undefined ? one : (JSON.parse(JSON.stringify(one)) as unknown);
  }
  return copy as T;
};

export async function put<N extends Name>(name: N, value: Shelves[N]): Promise<void> {
  const db = await database();
  const copy = plain(value);
  if (db === undefined) memory.set(`${name}/${(copy as unknown as Record<string, string>)[keyOf[name]]}`, copy);
  else await done(db.transaction(name, "readwrite").objectStore(name).put(copy));
}

export async function get<N extends Name>(name: N, key: string): Promise<Shelves[N] | undefined> {
  const db = await database();
  if (db === undefined) return memory.get(`${name}/${key}`) as Shelves[N] | undefined;
  return done(db.transaction(name).objectStore(name).get(key) as IDBRequest<Shelves[N] | undefined>);
}

export async function all<N extends Name>(name: N): Promise<Array<Shelves[N]>> {
  const db = await database();
  if (db === undefined) return [...memory].filter(([key]) => key.startsWith(`${name}/`)).map(([, value]) => value as Shelves[N]);
  return done(db.transaction(name).objectStore(name).getAll() as IDBRequest<Array<Shelves[N]>>);
}

export async function remove(name: Name, key: string): Promise<void> {
  const db = await database();
  if (db === undefined) memory.delete(`${name}/${key}`);
  else await done(db.transaction(name, "readwrite").objectStore(name).delete(key));
}

export const photosOf = async (owner: string): Promise<Photo[]> => (await all("photos")).filter((photo) => photo.draft === owner);

/**
 * State in the browser's own database, so that it is still there when the browser has stopped a service worker and started it again. An entry
 * is its JSON text under `[world, key]`, and what was read is compared as text, in the transaction that writes.
 */
import type { Entry, Store } from "../store/types.ts";
import { asked, ENTRIES, openDatabase, type Database } from "./database.ts";

/** All keys of a world: a list of keys comes after every text. */
const within = (world: string): IDBKeyRange => IDBKeyRange.bound([world], [world, []]);

const isPair = (key: unknown): key is [world: string, key: string] =>
  Array.isArray(key) && typeof key[0] === "string" && typeof key[1] === "string";

/** The worlds that have a key, one jump per world. */
function worldsIn(part: IDBObjectStore): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const found: string[] = [];
    const request = part.openKeyCursor();
    request.onerror = () => reject(request.error ?? new Error("the keys cannot be read"));
    request.onsuccess = () => {
      const cursor = request.result;
      const key = cursor?.key;
      if (!cursor || !isPair(key)) return resolve(found);
      found.push(key[0]);
      cursor.continue([key[0], []]);
    };
  });
}

/**
 * A store in a database of this browser, for service workers and pages.
 * @param database by name, or opened already
 * @returns a store whose methods reject with StoreUnavailable where the browser does not let us keep anything, and with StoreFull where it
 *   gives no more room
 */
export function createIndexedDbStore(database: string | Database): Store {
  const { run, close } = typeof database === "string" ? openDatabase(database) : database;
  /** The text there of each entry that was read or written here. */
  const texts = new WeakMap<Entry, string>();
  const entryOf = (text: string): Entry => {
    const entry: Entry = JSON.parse(text);
    texts.set(entry, text);
    return entry;
  };

  return {
    local: false,

    read: (world, key) =>
      run(ENTRIES, "readonly", async (part) => {
        const text: unknown = await asked(part.get([world, key]));
        return typeof text === "string" ? entryOf(text) : undefined;
      }),

    async swap(world, key, seen, next) {
      const [was, text] = [seen && texts.get(seen), JSON.stringify(next)];
      // Not from here, so it is not what is there.
      if (seen !== undefined && was === undefined) return false;
      const written = await run(ENTRIES, "readwrite", async (part) => {
        if ((await asked(part.get([world, key]))) !== was) return false;
        await (next === undefined ? asked(part.delete([world, key])) : asked(part.put(text, [world, key])));
        return true;
      });
      if (written && next !== undefined) texts.set(next, text);
      return written;
    },

    entries: (world) =>
      run(ENTRIES, "readonly", async (part) => {
        const [keys, values]: [unknown[], unknown[]] = await Promise.all([
          asked(part.getAllKeys(within(world))),
          asked(part.getAll(within(world))),
        ]);
        return Object.fromEntries(keys.map((key, index) => [isPair(key) ? key[1] : "", entryOf(String(values[index]))]));
      }),

    async replace(world, entries = {}) {
      const next = Object.entries(entries).map(([key, entry]): [string, string] => [key, JSON.stringify(entry)]);
      await run(ENTRIES, "readwrite", async (part) => {
        await asked(part.delete(within(world)));
        await Promise.all(next.map(([key, text]) => asked(part.put(text, [world, key]))));
      });
    },

    worlds: () => run(ENTRIES, "readonly", worldsIn),
    ping: () => run(ENTRIES, "readonly", async (part) => void (await asked(part.count([])))),
    close,
  };
}

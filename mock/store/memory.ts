/** State in this process: nothing is copied and nothing waits. */
import { StoreFull, type Entry, type Store } from "./types.ts";

/** Worlds that hold anything. A test run that makes one per test and never tidies up should hear of it before memory is out. */
export const MAX_WORLDS = 10_000;
/** Entries of one world. */
export const MAX_ENTRIES = 100_000;

const tooManyWorlds = (): never => {
  throw new StoreFull(`The store holds ${MAX_WORLDS} worlds, which is its limit: delete a world before you begin another.`);
};

const tooManyEntries = (world: string): never => {
  throw new StoreFull(
    `The world ${JSON.stringify(world)} holds ${MAX_ENTRIES} entries, which is its limit: reset it before you add another, or spread them over worlds.`,
  );
};

/**
 * A store of at most `MAX_WORLDS` worlds with at most `MAX_ENTRIES` entries each. Every method answers at once; `swap` compares by identity.
 * Entries are kept as they were given.
 */
export function createMemoryStore(): Store {
  const worlds = new Map<string, Map<string, Entry>>();

  function remove(world: string, entries: Map<string, Entry> | undefined, key: string): void {
    entries?.delete(key);
    if (entries?.size === 0) worlds.delete(world);
  }

  return {
    local: true,
    read: (world, key) => worlds.get(world)?.get(key),

    swap(world, key, seen, next) {
      const entries = worlds.get(world);
      if (entries?.get(key) !== seen) return false;
      if (next === undefined) {
        remove(world, entries, key);
        return true;
      }
      if (!entries) {
        if (worlds.size >= MAX_WORLDS) tooManyWorlds();
        worlds.set(world, new Map([[key, next]]));
        return true;
      }
      if (seen === undefined && entries.size >= MAX_ENTRIES) tooManyEntries(world);
      entries.set(key, next);
      return true;
    },

    // Not an object literal that is filled: a key may be "__proto__".
    entries: (world) => Object.fromEntries(worlds.get(world) ?? []),

    replace(world, entries = {}) {
      const next = new Map(Object.entries(entries));
      if (next.size > MAX_ENTRIES) tooManyEntries(world);
      if (next.size === 0) worlds.delete(world);
      else if (worlds.has(world) || worlds.size < MAX_WORLDS) worlds.set(world, next);
      else tooManyWorlds();
    },

    worlds: () => [...worlds.keys()],
    ping: () => undefined,
    close: () => undefined,
  };
}

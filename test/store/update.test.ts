import { expect, test } from "vitest";
import { createMemoryStore } from "../../mock/store/memory.ts";
import { StoreContended, type Entry, type Store } from "../../mock/store/types.ts";
import { MAX_ATTEMPTS, update } from "../../mock/store/update.ts";

const count = (entry: Entry | undefined) => {
  const n = Number(entry?.["n"] ?? 0) + 1;
  return { next: { n }, result: n };
};

/** Memory, but every answer is a promise, and before each of the first `collisions` swaps somebody else writes. */
function contended(collisions: number): Store & { swaps: number } {
  const memory = createMemoryStore();
  const store = {
    ...memory,
    local: false,
    swaps: 0,
    read: async (world: string, key: string) => memory.read(world, key),
    swap: async (world: string, key: string, seen: Entry | undefined, next: Entry) => {
      const there = memory.read(world, key);
      if (store.swaps++ < collisions && !(there instanceof Promise)) memory.swap(world, key, there, count(there).next);
      return memory.swap(world, key, seen, next);
    },
  };
  return store;
}

test("in memory the result is there at once", () => {
  const store = createMemoryStore();
  expect([update(store, "w", "k", count), update(store, "w", "k", count)]).toEqual([1, 2]);
  expect(store.read("w", "k")).toEqual({ n: 2 });
});

test("without a next entry nothing is written", async () => {
  const store = contended(1);
  expect(await update(store, "w", "k", () => ({ result: "as it is" }))).toBe("as it is");
  expect(store.swaps).toBe(0);
});

test("decides again on what is there by then, after a pause each time", async () => {
  const store = contended(3);
  const pauses: number[] = [];
  const wait = async (attempt: number): Promise<void> => void pauses.push(attempt);
  expect(await update(store, "w", "k", count, { wait })).toBe(4);
  expect(pauses).toEqual([1, 2, 3]);
  expect(await store.read("w", "k")).toEqual({ n: 4 });
});

test("gives up in the end, with a sentence", async () => {
  const store = contended(Infinity);
  const given = Promise.resolve(update(store, "w", "huawei/1", count, { wait: async () => undefined }));
  await expect(given).rejects.toThrow(StoreContended);
  await expect(given).rejects.toThrow('The entry "huawei/1" of the world "w" was changed by others during 32 tries in a row: send the');
  expect(store.swaps).toBe(MAX_ATTEMPTS);
});

test("in memory it gives up too, without a pause: somebody who writes while deciding", () => {
  const store = createMemoryStore();
  const meddle = (entry: Entry | undefined) => {
    store.swap("w", "k", entry, { n: 0 });
    return count(entry);
  };
  const wait = (): never => {
    throw new Error("memory made somebody wait");
  };
  expect(() => update(store, "w", "k", meddle, { wait })).toThrow(StoreContended);
});

test("what the decision or the store throws comes through", async () => {
  const wrong = (): never => {
    throw new RangeError("no such lock");
  };
  expect(() => update(createMemoryStore(), "w", "k", wrong)).toThrow("no such lock");
  await expect(update(contended(0), "w", "k", wrong)).rejects.toThrow("no such lock");
  const away = { ...contended(0), swap: () => Promise.reject(new Error("away")) };
  await expect(update(away, "w", "k", count)).rejects.toThrow("away");
});

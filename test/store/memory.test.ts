import { describe, expect, test } from "vitest";
import { createMemoryStore, MAX_ENTRIES, MAX_WORLDS } from "../../mock/store/memory.ts";
import { StoreFull, type Entry } from "../../mock/store/types.ts";
import { describeStore } from "./suite.ts";

describe("a store in memory", () => describeStore(() => Promise.resolve(createMemoryStore())));

test("answers at once, with the very object that was written", () => {
  const store = createMemoryStore();
  const entry = Object.freeze({ n: 1 });
  expect([store.local, store.swap("w", "k", undefined, entry)]).toEqual([true, true]);
  expect(store.read("w", "k")).toBe(entry);
  expect(store.entries("w")).toStrictEqual({ k: entry });
  expect(store.worlds()).toEqual(["w"]);
  expect([store.replace("w"), store.ping(), store.close()]).toEqual([undefined, undefined, undefined]);
});

test("keeps nothing of the record it was given, and gives none of its own away", () => {
  const store = createMemoryStore();
  const given: Record<string, Entry> = { a: { n: 1 } };
  store.replace("w", given);
  given["b"] = { n: 2 };
  const taken = store.entries("w");
  if (taken instanceof Promise) throw new Error("memory made somebody wait");
  taken["c"] = { n: 3 };
  expect(store.entries("w")).toStrictEqual({ a: { n: 1 } });
});

test("holds so many worlds and no more", () => {
  const store = createMemoryStore();
  for (let n = 0; n < MAX_WORLDS; n++) store.swap(`w${n}`, "k", undefined, { n });
  expect(() => store.swap("one", "k", undefined, {})).toThrow(StoreFull);
  expect(() => store.replace("one", { k: {} })).toThrow(
    "The store holds 10000 worlds, which is its limit: delete a world before you begin another.",
  );
  expect(store.read("one", "k")).toBeUndefined();
  // What is there can still be used, and makes room when it goes.
  expect(store.swap("w0", "other", undefined, {})).toBe(true);
  store.replace("w0", { k: {} });
  store.replace("w0", {});
  expect(store.swap("one", "k", undefined, {})).toBe(true);
});

test("holds so many entries of a world and no more", () => {
  const store = createMemoryStore();
  for (let n = 0; n < MAX_ENTRIES; n++) store.swap("w", `k${n}`, undefined, { n });
  expect(() => store.swap("w", "one", undefined, {})).toThrow(
    'The world "w" holds 100000 entries, which is its limit: reset it before you add another, or spread them over worlds.',
  );
  expect(store.swap("w", "k0", store.read("w", "k0") as Entry, {})).toBe(true);
  const all = store.entries("w") as Record<string, Entry>;
  expect(() => store.replace("w", { ...all, one: {} })).toThrow(StoreFull);
  expect(store.read("w", "one")).toBeUndefined();
  expect(store.swap("other", "one", undefined, {})).toBe(true);
});

/** What every store must do, tried on one after the other. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Entry, Store } from "../../mock/store/types.ts";

/** So that a store which changes an entry in place throws. */
function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}

let serial = 0;
/** No two are equal, so that what was written before can be told from what is there. */
const entryOf = (value: unknown): Entry => freeze(JSON.parse(JSON.stringify({ serial: ++serial, value })));

/** As text: matchers ask a value for its constructor, and `constructor` may be a key here. */
const textOf = (entry: Entry | undefined): string => JSON.stringify(entry) ?? "nothing";
const textsOf = (entries: Iterable<[string, Entry]>): string[] => [...entries].map(([name, entry]) => `${name}\n${textOf(entry)}`).sort();

// Names that a plain object, a pattern or a separator would stumble over.
const world = fc.constantFrom("default", "a:b", "a", "__proto__", "w*[a-z]?", "世界 \u{1f512}");
const key = fc.constantFrom("settings", "huawei/1", "huawei/2", "__proto__", "constructor", "", "7", "\u0000\r\n");
const value = fc.jsonValue({ maxDepth: 3, stringUnit: "binary" });
/** Undefined takes the entry away. */
const next = fc.option(value, { nil: undefined });
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ does: fc.constant("swap"), world, key, seen: fc.constantFrom("now", "past", "none", "copy"), next }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("replace"), world, values: fc.dictionary(key, value) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("clear"), world }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** A store as anybody would draw it on a board, and all that was ever in it. */
interface Model {
  worlds: Map<string, Map<string, Entry>>;
  past: Entry[];
}

async function take(step: Step, store: Store, { worlds, past }: Model): Promise<void> {
  const entries = worlds.get(step.world) ?? new Map<string, Entry>();
  if ("seen" in step) {
    const there = await store.read(step.world, step.key);
    expect(textOf(there)).toBe(textOf(entries.get(step.key)));
    const seen = { now: there, past: past.at(-1), none: undefined, copy: there && structuredClone(there) }[step.seen];
    const fits = step.seen === "now" || (seen === undefined && there === undefined);
    const next = step.next === undefined ? undefined : entryOf(step.next);
    expect(await store.swap(step.world, step.key, seen, next)).toBe(fits);
    if (!fits) return;
    if (there) past.push(there);
    if (next) entries.set(step.key, next);
    else entries.delete(step.key);
    if (entries.size > 0) worlds.set(step.world, entries);
    else worlds.delete(step.world);
    return;
  }
  past.push(...Object.values(await store.entries(step.world)));
  const next = Object.entries("values" in step ? step.values : {}).map(([name, made]): [string, Entry] => [name, entryOf(made)]);
  await store.replace(step.world, "values" in step ? Object.fromEntries(next) : undefined);
  if (next.length > 0) worlds.set(step.world, new Map(next));
  else worlds.delete(step.world);
}

/** @param open a store that holds nothing; it is closed at the end */
export function describeStore(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => void (store = await open()));
  afterAll(() => store.close());

  test("does what the model does, step by step", async () => {
    const run = fc.asyncProperty(fc.array(step, { maxLength: 40, size: "max" }), async (steps) => {
      for (const name of await store.worlds()) await store.replace(name);
      const model: Model = { worlds: new Map(), past: [] };
      for (const each of steps) await take(each, store, model);
      expect((await store.worlds()).sort()).toEqual([...model.worlds.keys()].sort());
      for (const [name, entries] of model.worlds) {
        expect(textsOf(Object.entries(await store.entries(name)))).toEqual(textsOf(entries));
        for (const [at, entry] of entries) expect(textOf(await store.read(name, at))).toBe(textOf(entry));
      }
    });
    await fc.assert(run, { numRuns: 100 });
  });

  test("what was written may be swapped without reading it again", async () => {
    const [first, second, third] = [entryOf(1), entryOf(2), entryOf(3)];
    expect(await store.swap("again", "k", undefined, first)).toBe(true);
    expect(await store.swap("again", "k", first, second)).toBe(true);
    expect(await store.swap("again", "k", first, third)).toBe(false);
    expect(await store.read("again", "k")).toStrictEqual(second);
  });

  test("an entry is taken away by whoever has seen it as it is, and the last one takes the world along", async () => {
    const [first, second] = [entryOf(1), entryOf(2)];
    await store.swap("away", "k", undefined, first);
    await store.swap("away", "k", first, second);
    expect(await store.swap("away", "k", first, undefined)).toBe(false);
    expect(await store.swap("away", "k", undefined, undefined)).toBe(false);
    expect(await store.worlds()).toContain("away");
    expect(await store.swap("away", "k", second, undefined)).toBe(true);
    expect(await store.read("away", "k")).toBeUndefined();
    expect(await store.worlds()).not.toContain("away");
    expect(await store.swap("away", "k", undefined, undefined)).toBe(true);
    expect(await store.worlds()).not.toContain("away");
  });

  test("of those who saw the same, one writes", async () => {
    for (const name of ["empty", "full"]) {
      if (name === "full") await store.swap(name, "k", undefined, entryOf("there"));
      const seen = await Promise.all(Array.from({ length: 50 }, () => store.read(name, "k")));
      const written = await Promise.all(seen.map((entry, at) => store.swap(name, "k", entry, entryOf(at))));
      expect(written.filter(Boolean)).toHaveLength(1);
    }
  });

  test("nobody sees a world that is half replaced", async () => {
    const full = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`k${at}`, entryOf(at)]));
    const seen = await Promise.all(
      Array.from({ length: 60 }, async (_, at) => {
        if (at % 3 === 0) await store.replace("halves", full);
        else if (at % 3 === 1) await store.replace("halves");
        return Object.keys(await store.entries("halves")).length;
      }),
    );
    expect([...new Set(seen)].filter((count) => count !== 0 && count !== 100)).toEqual([]);
  });

  test("a world that nobody wrote to is empty, and answers", async () => {
    expect(await store.entries("nowhere")).toStrictEqual({});
    expect(await store.read("nowhere", "k")).toBeUndefined();
    expect(await store.worlds()).not.toContain("nowhere");
    await store.ping();
  });
}

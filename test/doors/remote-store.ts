/** A store in a page of Chromium, used from here: entries that were given out are known on both sides by a number. */
import type { Page } from "playwright-core";
import type { Entry, Store } from "../../mock/store/types.ts";
import { bundle } from "./bundle.ts";

/** What the page's script puts there. */
declare global {
  var openStore: (name: string) => void;
  /** @param line the method and its arguments as JSON. @returns its result as JSON */
  var askStore: (line: string) => Promise<string>;
}

const SCRIPT = `
import { createIndexedDbStore } from "./mock/browser/indexeddb-store.ts";
let store;
const given = [];
const give = (entry) => entry && { number: given.push(entry) - 1, entry };
globalThis.openStore = (name) => void (store = createIndexedDbStore(name));
const methods = {
  read: async (world, key) => give(await store.read(world, key)),
  swap: async (world, key, seen, next) => {
    const was = seen === "none" ? undefined : seen === "strange" ? {} : given[seen];
    const written = await store.swap(world, key, was, next);
    return { written, ...(written && give(next)) };
  },
  entries: async (world) => Object.entries(await store.entries(world)).map(([key, entry]) => [key, give(entry)]),
  replace: (world, entries) => store.replace(world, entries && Object.fromEntries(entries)),
  worlds: () => store.worlds(),
  ping: () => store.ping(),
  close: () => store.close(),
};
globalThis.askStore = async (line) => {
  const [method, ...given] = JSON.parse(line);
  try {
    return JSON.stringify({ result: await methods[method](...given.map((value) => value ?? undefined)) });
  } catch (error) {
    return JSON.stringify({ name: error.name, message: error.message });
  }
};
`;

export const storeScript = (): Promise<string> => bundle(SCRIPT);

interface Given {
  number: number;
  entry: Entry;
}

/** What an error of the page looks like from here. */
export class Told extends Error {}

/** @param name of the database */
export async function remoteStore(page: Page, name: string): Promise<Store> {
  await page.evaluate((wanted) => globalThis.openStore(wanted), name);
  const numbers = new WeakMap<Entry, number>();
  const take = ({ number, entry }: Given): Entry => {
    numbers.set(entry, number);
    return entry;
  };
  async function ask<T>(method: keyof Store, ...given: unknown[]): Promise<T> {
    const told = JSON.parse(await page.evaluate((line) => globalThis.askStore(line), JSON.stringify([method, ...given])));
    if ("message" in told) throw Object.assign(new Told(told.message), { name: told.name });
    return told.result;
  }
  return {
    local: false,
    async read(world, key) {
      const found = await ask<Given | undefined>("read", world, key);
      return found && take(found);
    },
    async swap(world, key, seen, next) {
      const { written, number } = await ask<{ written: boolean; number: number }>(
        "swap",
        world,
        key,
        seen === undefined ? "none" : (numbers.get(seen) ?? "strange"),
        next,
      );
      if (written && next !== undefined) numbers.set(next, number);
      return written;
    },
    entries: async (world) =>
      Object.fromEntries((await ask<[string, Given][]>("entries", world)).map(([key, found]) => [key, take(found)])),
    replace: (world, entries) => ask("replace", world, entries && Object.entries(entries)),
    worlds: () => ask("worlds"),
    ping: () => ask("ping"),
    close: () => ask("close"),
  };
}

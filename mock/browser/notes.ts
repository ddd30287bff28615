/**
 * What a service worker remembers of itself between two lives: whether the page has stopped the mock, and since when the clock that it was
 * given runs. Where the browser keeps nothing, it is remembered until the worker ends.
 */
import { isObject } from "../../scripts/document.ts";
import { sourceOf, type Source } from "../clock.ts";
import { asked, NOTES, type Database } from "./database.ts";

export interface Notes {
  isOff(): Promise<boolean>;
  setOff(off: boolean): Promise<void>;
  /**
   * A clock that showed `now` when it was first asked for, and has gone on since, also while there was no worker.
   * @param now an ISO date; absent: the system's clock
   */
  sourceFrom(now: string | undefined): Promise<Source>;
}

export function createNotes({ run }: Database): Notes {
  const kept = new Map<string, unknown>();

  async function get(name: string): Promise<unknown> {
    if (!kept.has(name)) {
      const found: unknown = await run(NOTES, "readonly", (part) => asked<unknown>(part.get(name))).catch(() => undefined);
      // Somebody may have set it meanwhile.
      if (!kept.has(name)) kept.set(name, found);
    }
    return kept.get(name);
  }

  async function set(name: string, value: unknown): Promise<void> {
    kept.set(name, value);
    await run(NOTES, "readwrite", (part) => asked(part.put(value, name))).catch(() => undefined);
  }

  return {
    isOff: async () => (await get("off")) === true,
    setOff: (off) => set("off", off),
    async sourceFrom(now) {
      if (now === undefined) return sourceOf(undefined);
      const known = await get("clock");
      const start = Date.parse(now);
      if (isObject(known) && known["now"] === now && typeof known["since"] === "number") {
        const offset = start - known["since"];
        return () => Date.now() + offset;
      }
      const since = Date.now();
      await set("clock", { now, since });
      return () => Date.now() + start - since;
    },
  };
}

/**
 * A world is one isolated copy of all state, with its own clock, seed and injected faults. Its settings are an entry of the store like
 * any other, so that several processes agree on them.
 */
import { readClock, type ClockSetting, type Source } from "./clock.ts";
import { isObject } from "../scripts/document.ts";
import type { FaultRule } from "./inject.ts";
import { chain, type Entry, type Maybe, type Store } from "./store/types.ts";
import { update } from "./store/update.ts";

/** The key of the settings; no aggregate has it, their keys have a slash. */
export const SETTINGS = "settings";
export const DEFAULT_WORLD = "default";
const NAME = /^[\w.-]{1,100}$/;

export interface Settings {
  clock?: ClockSetting;
  seed?: string;
  faults?: FaultRule[];
}

/** What a request needs to know of its world. */
export interface WorldView {
  name: string;
  now: number;
  seed: string;
  settings: Settings;
  /** What was read, for compare-and-set. */
  entry: Entry | undefined;
}

export interface Worlds {
  readonly store: Store;
  /** The world a request names, or a sentence that says what is wrong with the name. */
  nameOf(headers: Record<string, string>): string | { wrong: string };
  view(name: string): Maybe<WorldView>;
  /** Changes settings atomically. */
  change(name: string, change: (settings: Settings, now: number) => Settings): Maybe<Settings>;
  /** Counts a use of a fault that is there for some uses only. @returns whether there was one left */
  spend(name: string, fault: string): Maybe<boolean>;
}

const isClock = (value: unknown): value is { at: number; since: number; running: boolean } =>
  isObject(value) && typeof value["at"] === "number" && typeof value["since"] === "number" && typeof value["running"] === "boolean";

/** The control API is the only writer, and it has checked the members. */
const isRule = (value: unknown): value is FaultRule => isObject(value) && typeof value["id"] === "string";

function settingsOf(entry: Entry | undefined): Settings {
  if (entry === undefined) return EMPTY;
  const { clock, seed, faults } = entry;
  return {
    ...(isClock(clock) && { clock: { at: clock.at, since: clock.since, running: clock.running } }),
    ...(typeof seed === "string" && { seed }),
    ...(Array.isArray(faults) && { faults: faults.filter(isRule) }),
  };
}

const EMPTY: Settings = {};

const entryOf = ({ clock, seed, faults }: Settings): Entry => ({
  ...(clock && { clock: { ...clock } }),
  ...(seed !== undefined && { seed }),
  ...(faults && { faults: faults.map((rule) => ({ ...rule })) }),
});

/** One parse per entry: entries are never changed in place. */
const parsed = new WeakMap<Entry, Settings>();

function settingsFrom(entry: Entry | undefined): Settings {
  if (entry === undefined) return EMPTY;
  const known = parsed.get(entry) ?? settingsOf(entry);
  parsed.set(entry, known);
  return known;
}

/**
 * @param header the request header that names a world, in lower case
 * @param seed what ids are made from where a world has no seed of its own
 */
export function createWorlds(store: Store, source: Source, header: string, seed: string): Worlds {
  const worlds: Worlds = {
    store,
    nameOf(headers) {
      const name = headers[header];
      if (name === undefined || name === "") return DEFAULT_WORLD;
      if (NAME.test(name)) return name;
      return { wrong: `A world has a name of 1 to 100 letters, digits, dots, dashes or underscores in ${header}` };
    },
    view: (name) =>
      chain(store.read(name, SETTINGS), (entry) => {
        const settings = settingsFrom(entry);
        return { name, now: readClock(settings.clock, source), seed: settings.seed ?? seed, settings, entry };
      }),
    change: (name, change) =>
      update<Settings>(store, name, SETTINGS, (entry) => {
        const settings = settingsFrom(entry);
        const next = change(settings, readClock(settings.clock, source));
        return { next: entryOf(next), result: next };
      }),
    spend(name, fault) {
      let left = false;
      const spent = worlds.change(name, (settings) => {
        const faults = settings.faults ?? [];
        left = faults.some(({ id, times = 0 }) => id === fault && times > 0);
        return left
          ? { ...settings, faults: faults.map((rule) => (rule.id === fault ? { ...rule, times: (rule.times ?? 0) - 1 } : rule)) }
          : settings;
      });
      return chain(spent, () => left);
    },
  };
  return worlds;
}

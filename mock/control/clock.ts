/** The clock of a world: seen, set, moved on, given back. */
import { readClock, type ClockSetting } from "../clock.ts";
import { withMillis } from "../state/duration.ts";
import { chain } from "../store/types.ts";
import type { Settings } from "../worlds.ts";
import { done, json } from "./answer.ts";
import { aDuration, anInstant, anObject, aTruth, part } from "./check.ts";
import { refuse } from "./mistake.ts";
import type { Asked, Operation } from "./types.ts";

/** As the API writes it. */
export interface Clock {
  now: string;
  running: boolean;
  /** False while the world follows the clock of the server. */
  set: boolean;
}

/** A running clock has to stay within the four digits of a year for long. */
const [FIRST, LAST] = [0, Date.UTC(9000, 0, 1)];

function inRange(milliseconds: number, at: string): number {
  if (milliseconds < FIRST || milliseconds > LAST) refuse(at, "A clock shows a time between 1970-01-01T00:00:00Z and 9000-01-01T00:00:00Z");
  return milliseconds;
}

/** @param now milliseconds since the epoch */
export const clockOf = ({ clock }: Settings, now: number): Clock => ({
  now: withMillis(now),
  running: clock?.running ?? true,
  set: clock !== undefined,
});

/** An instant, or a day for the beginning of it, as `--now` takes them. */
const aStart = (value: unknown, at: string): number =>
  anInstant(typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T00:00:00Z` : value, at);

/**
 * What a body says about a clock.
 * @returns undefined where it gives the clock back to the server
 * @throws Mistake
 */
export function readClockBody(body: unknown, at: string): { now?: number; running?: boolean } | undefined {
  const given = anObject(body, at, ["now", "running", "set"]);
  if (Object.keys(given).length === 0) refuse(at, "A clock has at least one of now, running and set");
  const { set = true } = part(given, "set", at, aTruth);
  const setting = { ...part(given, "now", at, aStart), ...part(given, "running", at, aTruth) };
  return set ? setting : undefined;
}

function without(settings: Settings): Settings {
  const rest = { ...settings };
  delete rest.clock;
  return rest;
}

const change = (
  { tools: { context }, world }: Asked,
  next: (clock: ClockSetting | undefined, source: number) => ClockSetting | undefined,
) =>
  chain(
    context.worlds.change(world, (settings) => {
      const clock = next(settings.clock, context.source());
      return clock ? { ...settings, clock } : without(settings);
    }),
    (settings) => json(clockOf(settings, readClock(settings.clock, context.source))),
  );

export const showClock: Operation = {
  run: ({ tools: { context }, world }) => chain(context.worlds.view(world), ({ settings, now }) => json(clockOf(settings, now))),
};

export const setClock: Operation = {
  takes: 65_536,
  run(asked) {
    const wanted = readClockBody(asked.body, "");
    if (wanted?.now !== undefined) inRange(wanted.now, "/now");
    return change(asked, (clock, source) => {
      if (!wanted) return undefined;
      const at = wanted.now ?? readClock(clock, () => source);
      return { at, since: source, running: wanted.running ?? clock?.running ?? true };
    });
  },
};

export const advanceClock: Operation = {
  takes: 65_536,
  run(asked) {
    const by = aDuration(anObject(asked.body, "", ["by"], ["by"])["by"], "/by");
    return change(asked, (clock, source) => {
      inRange(readClock(clock, () => source) + by, "/by");
      // `since` stays, so that no time is lost between reading the source and writing.
      return clock ? { ...clock, at: clock.at + by } : { at: source + by, since: source, running: true };
    });
  },
};

export const resetClock: Operation = {
  run: ({ tools: { context }, world }) =>
    chain(context.worlds.view(world), ({ settings }) =>
      // A world that has no clock of its own needs no entry that says so.
      settings.clock === undefined ? done() : chain(context.worlds.change(world, without), done),
    ),
};

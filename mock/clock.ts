/** The clock of a world. Nothing in the mock reads the wall clock but the default source here. */

/** Milliseconds since the epoch, from wherever time comes. */
export type Source = () => number;

/** A clock that was set: from `at` on, which it showed when the source showed `since`. Without one the source itself is the clock. */
export interface ClockSetting {
  at: number;
  since: number;
  running: boolean;
}

export const readClock = (setting: ClockSetting | undefined, source: Source): number => {
  if (setting === undefined) return source();
  return setting.running ? setting.at + (source() - setting.since) : setting.at;
};

/**
 * Where time comes from.
 * @param now an instant to start from (the clock then runs), or a function that is asked each time; the system's clock when absent
 * @throws RangeError when it is no date
 */
export function sourceOf(now: Date | string | number | Source | undefined): Source {
  if (now === undefined) return Date.now;
  if (typeof now === "function") return now;
  const start = new Date(now).getTime();
  if (Number.isNaN(start)) throw new RangeError(`${String(now)} is not a date: give one such as 2026-08-01 or 2026-08-01T12:00:00Z.`);
  const offset = start - Date.now();
  return () => Date.now() + offset;
}

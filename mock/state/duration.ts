/** Durations as tables write them, and instants as answers and tables write them. */

const DURATION = /^P(?:(\d+(?:\.\d+)?)D)?(T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/**
 * @param text an ISO 8601 duration of days, hours, minutes and seconds: `PT3S`, `PT0.5S`, `P1DT12H`. Months and years have no fixed length
 * @returns milliseconds, or undefined where it is no such duration
 */
export function durationOf(text: string): number | undefined {
  const [, days, time, hours, minutes, seconds] = DURATION.exec(text) ?? [];
  if ([days, hours, minutes, seconds].every((part) => part === undefined) || time === "T") return undefined;
  const parts = [Number(days ?? 0), Number(hours ?? 0), Number(minutes ?? 0), Number(seconds ?? 0)] as const;
  const milliseconds = Math.round((((parts[0] * 24 + parts[1]) * 60 + parts[2]) * 60 + parts[3]) * 1000);
  return Number.isSafeInteger(milliseconds) ? milliseconds : undefined;
}

/** The last instant that a Date can hold. */
const LAST = 8.64e15;

const dateOf = (instant: number): Date => new Date(Math.min(Math.max(instant, -LAST), LAST));

/** `2026-08-01T00:00:00.000Z` */
export const withMillis = (instant: number): string => dateOf(instant).toISOString();

/** Requests come many to a second, and making the text is the dearest thing about a lock. */
let last = { second: Number.NaN, text: "" };

/** `2026-08-01T00:00:00Z`: the second that has begun. */
export function toSecond(instant: number): string {
  const second = Math.floor(instant / 1000) * 1000;
  if (second !== last.second) last = { second, text: withMillis(second).replace(".000Z", "Z") };
  return last.text;
}

/** Trying again until it works, ends or takes too long: the loop under waits, leases and server locks. */
import { readRetryAfter } from "./retry.ts";
import { sleep as usualSleep } from "./sleep.ts";
import { limit } from "./timeout.ts";
import type { Now, Random, Sleep } from "./types.ts";

/** How long to go on, and how often. Times are milliseconds. */
export interface Patience {
  /** How long the whole may take; what is still under way then is given up. With 0 there is one try, of at most five seconds. */
  deadline?: number;
  /** The pause before the second try. */
  first?: number;
  /** By how much each further pause grows. */
  factor?: number;
  /** What no pause exceeds, unless the vendor asks for more (`Retry-After`). */
  cap?: number;
  /** From 0 to 1: the share of a pause that is left to chance, so that those who wait do not come back together. */
  jitter?: number;
  /** Ends the whole: it then rejects with the signal's reason. */
  signal?: AbortSignal;
  now?: Now;
  sleep?: Sleep;
  random?: Random;
}

/** What one try came to: an end, or a reason to go on. */
export type Try<Value> = { value: Value; again: false } | { value: Value; again: true; response?: Response | undefined };

/** For a lock that others may want too: soon again, then later and later, and never all at once. @param usual deadline where none is given */
export const contending = ({ deadline, first, factor, jitter, ...patience }: Patience, usual: number): Patience => ({
  ...patience,
  deadline: deadline ?? usual,
  first: first ?? 500,
  factor: factor ?? 2,
  jitter: jitter ?? 1,
});

/** Milliseconds that are kept for the last try, where that is less than a tenth of all the time. */
const LAST = 5000;

/**
 * @param attempt one try; gets a signal that ends with the deadline, and how many milliseconds have gone by
 * @param patience its members that are missing: ten minutes, 1 s, 1.5, 15 s, a quarter
 * @returns the value of the last try, and whether it is the last because time was over; undefined where none came to an end in time
 * @throws what a try throws, and the reason of the caller's signal
 */
export async function persist<Value>(
  attempt: (signal: AbortSignal | undefined, elapsed: number) => Promise<Try<Value>>,
  patience: Patience,
): Promise<{ value: Value; late: false } | { value: Value | undefined; late: true }> {
  const { deadline = 600_000, first = 1000, factor = 1.5, cap = 15_000, jitter = 0.25, signal } = patience;
  const { now = Date.now, sleep = usualSleep, random = Math.random } = patience;
  // The last try begins so early that it can come to an end.
  const last = deadline ? Math.min(LAST, deadline / 10) : LAST;
  const end = now() + deadline;
  const begin = now();
  let value: Value | undefined;
  for (let pause = first; ; pause = Math.min(cap, pause * factor)) {
    signal?.throwIfAborted();
    // By the system's timers: a clock of the caller's own moves only while we sleep.
    const limits = limit(Math.max(last, end - now()), signal, "waiting");
    let one: Try<Value>;
    try {
      one = await limits.race(attempt(limits.signal, now() - begin));
    } catch (error) {
      if (limits.signal?.aborted && !signal?.aborted) return { value, late: true };
      throw error;
    } finally {
      limits.done();
    }
    value = one.value;
    if (!one.again) return { value, late: false };
    const asked = (one.response && readRetryAfter(one.response.headers, now())) ?? 0;
    const left = end - last - now();
    // Whoever is told to stay away for longer than there is time need not come back.
    if (!(left > 0) || asked > left) return { value, late: true };
    const chosen = Math.min(cap, pause) * (1 - jitter * random());
    await sleep(Math.min(left, Math.max(asked, 0) + (asked > 0 ? first * random() : chosen)), signal);
  }
}

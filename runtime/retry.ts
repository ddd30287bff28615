/** When a call is sent again, and after how long. */
import { sleep as usualSleep } from "./sleep.ts";
import type { Random, Sleep } from "./types.ts";

export interface RetryOptions {
  /** How often a call is sent at most, the first time included; 3 where nothing is said. */
  attempts?: number;
  /** Milliseconds that the first wait lasts at most; each further one may last twice as long. 500 where nothing is said. */
  base?: number;
  /** Milliseconds that no wait exceeds; an answer whose `Retry-After` asks for more is handed out instead. 30 000 where nothing is said. */
  cap?: number;
  /** How a wait is waited for; tests need none. */
  sleep?: Sleep;
  /** From 0 to 1, what share of a wait is really waited; `Math.random` where nothing is given. */
  random?: Random;
}

export type RetryPolicy = Required<RetryOptions>;

/** @returns undefined where nothing is repeated */
export function policyOf(options: RetryOptions | false | undefined): RetryPolicy | undefined {
  if (options === false) return undefined;
  const { attempts = 3, base = 500, cap = 30_000, sleep = usualSleep, random = Math.random } = options ?? {};
  return { attempts, base, cap, sleep, random };
}

/**
 * Milliseconds from now that a `Retry-After` asks for (RFC 9110, 10.2.3): whole seconds, or a date.
 * @param now milliseconds since the epoch
 * @returns undefined where there is none, or one that is neither
 */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
  const text = headers.get("Retry-After")?.trim() ?? "";
  // Engines find a date in nearly every number: HTTP's begin with a day of the week.
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : /^[A-Z]/i.test(text) ? Date.parse(text) - now : NaN;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/** 429 and what stands in front of a service that is down: the same call may work a moment later. 500 is no such promise. */
export const isPassing = (status: number): boolean => status === 429 || (status >= 502 && status <= 504);

/**
 * Milliseconds to wait before the next attempt: as long as the answer asks for and a little more, so that not all come back at once; without
 * that, exponential backoff with full jitter.
 * @param response undefined where the network failed
 * @param sent how often the call was sent
 * @returns undefined where it is not sent again
 */
export function pauseAfter(response: Response | undefined, sent: number, policy: RetryPolicy, now: number): number | undefined {
  const { attempts, base, cap, random } = policy;
  // Also where somebody computed NaN.
  if (!(sent < attempts) || (response && !isPassing(response.status))) return undefined;
  const asked = response && readRetryAfter(response.headers, now);
  if (asked === undefined) return random() * Math.min(cap, base * 2 ** (sent - 1));
  return asked > cap ? undefined : asked + random() * base;
}

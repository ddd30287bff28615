/** Waiting that can be called off. */
import type { Sleep } from "./types.ts";

/**
 * The usual `Sleep`, made of `setTimeout`.
 * @param milliseconds how long; 0 or less still lets other work go first
 * @param signal ends the wait early
 * @throws the signal's reason, where it is aborted before the time is over
 */
export const sleep: Sleep = (milliseconds, signal) =>
  new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });

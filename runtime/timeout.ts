/** A limit on time and the caller's signal as one, for one attempt. */

export interface Limit {
  /** For `fetch`; undefined where nothing limits the attempt. */
  readonly signal: AbortSignal | undefined;
  /** The work, or the reason why it was given up: a `fetch` of the user's own and a token that others wait for too need not heed the signal. */
  race<T>(work: Promise<T>): Promise<T>;
  /** The attempt is over: no timer and no listener stays behind. */
  done(): void;
  /** The head of an answer is there and somebody else reads its body: the limit goes on, but keeps no process alive. */
  release(): void;
}

/** The longest time that `setTimeout` knows, in milliseconds; beyond it, it fires at once. */
const LONGEST = 2 ** 31 - 1;
const UNLIMITED: Limit = { signal: undefined, race: (work) => work, done() {}, release() {} };

/**
 * `AbortSignal.timeout` and `AbortSignal.any` would do this without a name in the message, and leave a timer, and in older Nodes a listener on
 * the caller's signal, behind after each call.
 * @param milliseconds undefined, 0 and more than 24 days mean no limit
 * @param signal the caller's, not aborted yet
 * @param what the call, named in the message
 */
export function limit(milliseconds: number | undefined, signal: AbortSignal | undefined, what: string): Limit {
  const timed = !!milliseconds && milliseconds <= LONGEST;
  if (!timed && !signal) return UNLIMITED;
  const controller = timed ? new AbortController() : undefined;
  let refuse: (reason: unknown) => void;
  const givenUp = new Promise<never>((_, reject) => (refuse = reject));
  const giveUp = (reason: unknown): void => {
    done();
    controller?.abort(reason);
    refuse(reason);
  };
  const abort = (): void => giveUp(signal?.reason);
  const late = (): void => giveUp(new DOMException(`${what} took longer than ${milliseconds} ms.`, "TimeoutError"));
  const timer = timed ? setTimeout(late, milliseconds) : undefined;
  const done = (): void => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  };
  signal?.addEventListener("abort", abort);
  return {
    signal: controller?.signal ?? signal,
    race: (work) => Promise.race([work, givenUp]),
    done,
    // A browser's timer is a number.
    release: timed ? () => Object(timer).unref?.() : done,
  };
}

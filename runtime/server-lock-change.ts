/** Changing the lock of a server, and changing it back, over a network that may lose either answer. */
import { LockError } from "./lock-error.ts";
import type { ServerLockable } from "./lockable.ts";
import { contending, persist, type Patience, type Try } from "./persist.ts";
import { isPassing } from "./retry.ts";
import { scoped } from "./scoped.ts";

export interface Wanted {
  readonly locked: boolean;
  readonly before: boolean;
}

const DEADLINE = 30_000;

/** A refusal that may not be one a moment later: what to go by until then. */
const passing = (error: unknown): Response | undefined =>
  error instanceof LockError && isPassing(error.status ?? 0) ? error.result?.response : undefined;

const silent = ({ facts: { vendor, scope } }: ServerLockable): LockError =>
  new LockError(vendor, "silent", `The lock of ${scope} was not seen in time: look at the server yourself.`);

/**
 * Whether a server is locked now.
 * @throws what `isLocked` throws, once trouble that passes has not passed in time
 */
export async function look(lockable: ServerLockable, options: Patience): Promise<boolean> {
  let failure: unknown;
  const attempt = async (signal: AbortSignal | undefined): Promise<Try<boolean>> => {
    try {
      return { value: await lockable.isLocked(signal && { signal }), again: false };
    } catch (error) {
      failure = error;
      const response = passing(error);
      if (!response) throw error;
      return { value: false, again: true, response };
    }
  };
  const { value, late } = await persist(attempt, contending(options, DEADLINE));
  if (late) throw failure ?? silent(lockable);
  return value;
}

/** Accepted is not done: the flag is read back. Both calls may be repeated, doing it twice is doing it once. */
async function bring(lockable: ServerLockable, locked: boolean, options: Patience): Promise<void> {
  const { vendor, scope } = lockable.facts;
  let failure: unknown;
  const attempt = async (signal: AbortSignal | undefined): Promise<Try<boolean>> => {
    const init = signal && { signal };
    try {
      const done = await (locked ? lockable.lock(init) : lockable.unlock(init));
      if (done.outcome === "busy")
        throw new LockError(vendor, "busy", `Somebody else's lock of ${scope} cannot be taken away.`, { result: done.result });
      return { value: true, again: (await lockable.isLocked(init)) !== locked };
    } catch (error) {
      failure = error;
      signal?.throwIfAborted();
      const response = passing(error);
      if (error instanceof LockError && !response) throw error;
      return { value: false, again: true, response };
    }
  };
  const { late } = await persist(attempt, contending(options, DEADLINE));
  if (late) throw failure ?? silent(lockable);
}

/** A refusal has changed nothing; a broken connection, a gateway in trouble and a caller who gave up may have. */
const isDoubtful = (error: unknown): boolean => !(error instanceof LockError) || error.status === undefined || error.status >= 500;

/**
 * @param wanted what the server is now, and what it was before
 * @throws LockError `left`
 */
export async function back(lockable: ServerLockable, { locked, before }: Wanted, options: Patience): Promise<void> {
  if (locked === before) return;
  // Who gave up wants the server back as it was all the same.
  const patience = { ...options };
  delete patience.signal;
  await bring(lockable, before, patience).catch((cause: unknown) => {
    // A server that the body deleted has no lock.
    if (cause instanceof LockError && cause.status === 404) return;
    const { vendor, scope } = lockable.facts;
    const result = cause instanceof LockError ? cause.result : undefined;
    throw new LockError(vendor, "left", `The lock of ${scope} could not be ${before ? "set" : "taken away"} again: do it by hand.`, {
      result,
      cause,
    });
  });
}

/**
 * @param wanted what the server shall be, and what it is
 * @throws what the calls throw, and where the server may have been changed and could not be brought back, a `SuppressedError`
 */
export async function change(lockable: ServerLockable, wanted: Wanted, options: Patience): Promise<void> {
  if (wanted.locked === wanted.before) return;
  try {
    await bring(lockable, wanted.locked, options);
  } catch (first) {
    if (!isDoubtful(first)) throw first;
    // What failed is thrown, and where the way back fails too, both.
    await scoped(
      () => Promise.reject(first),
      () => back(lockable, wanted, options),
    );
  }
}

/** Taking a lock that others may hold, and giving it back, over a network that may lose either answer. */
import { LockError } from "./lock-error.ts";
import type { LockFacts, OwnedLockable, UnlockOutcome } from "./lockable.ts";
import { contending, persist, type Patience, type Try } from "./persist.ts";
import { isPassing } from "./retry.ts";
import { limit } from "./timeout.ts";
import type { Reading } from "./wait.ts";

/** Who holds or takes a lock in this program: two leases of one owner would both be let in. */
const owners = /* @__PURE__ */ new WeakSet<object>();

/** Milliseconds that a call on the way out may take, and how long whoever gave up is kept waiting for it. */
const EXIT = 10_000;
const PATIENT = 1000;

type Anyone = Pick<OwnedLockable<unknown, unknown>, "owner" | "facts" | "lock" | "unlock" | "abandon">;

/**
 * Nobody knows whether the lock was taken: gives it back where it was, and sees to it that it is not kept alive where it cannot be. A vendor that
 * does not answer is not waited for long: the rest goes on behind, and until its end no other lease of this program takes the lock.
 */
async function undo(lockable: Anyone): Promise<void> {
  const work = async (): Promise<void> => {
    const outcome = await lockable.unlock({ timeout: EXIT }).catch(() => undefined);
    if (outcome?.outcome !== "unlocked") lockable.abandon();
    owners.delete(lockable.owner);
  };
  const wait = limit(PATIENT, undefined, "unlocking");
  await wait.race(work()).catch(() => {});
  wait.done();
}

/** Why no lock came of it, as far as anybody knows. */
function lateError({ vendor, scope }: LockFacts, claimed: boolean, result: Reading | undefined): LockError {
  if (result) return new LockError(vendor, "busy", `Somebody else held the lock of ${scope} until time was over.`, { result });
  if (claimed) return new LockError(vendor, "silent", `No answer came about the lock of ${scope} until time was over.`);
  return new LockError(vendor, "busy", `Another lease of this program held the lock of ${scope} until time was over.`);
}

/**
 * Takes the lock, waiting while somebody else holds it.
 * @throws LockError `busy` when time is over, `silent` where nothing was answered until then, what the lock throws, and the reason of the signal.
 *   A lock that may have been taken all the same is given back; a second at most is waited for that.
 */
export async function take(lockable: Anyone, patience: Patience): Promise<void> {
  const { owner, facts } = lockable;
  let claimed = false;
  /** Whether the lock may be ours without our knowing: a gateway that gave up, or a connection that broke, may have passed the call on. */
  let doubt = false;
  let trouble: LockError | undefined;
  let said: Reading | undefined;
  const attempt = async (signal: AbortSignal | undefined): Promise<Try<undefined>> => {
    if (!claimed && owners.has(owner)) return { value: undefined, again: true };
    owners.add(owner);
    [claimed, doubt] = [true, true];
    try {
      const taken = await lockable.lock(signal && { signal });
      doubt = false;
      if (taken.outcome === "locked") return { value: undefined, again: false };
      owners.delete(owner);
      [claimed, trouble, said] = [false, undefined, taken.result];
      return { value: undefined, again: true, response: said.response };
    } catch (error) {
      const status = error instanceof LockError ? (error.status ?? 0) : 0;
      doubt = status === 0 || status >= 500;
      if (!(error instanceof LockError) || !isPassing(status)) throw error;
      trouble = error;
      return { value: undefined, again: true, response: error.result?.response };
    }
  };
  try {
    const { late } = await persist(attempt, contending(patience, 60_000));
    if (late) throw trouble ?? lateError(facts, claimed, said);
  } catch (error) {
    if (doubt) await undo(lockable);
    else if (claimed) owners.delete(owner);
    throw error;
  }
}

/**
 * Gives the lock back, trying again where the vendor is in trouble.
 * @param within milliseconds
 * @throws LockError `left` where it could not be given back, `lost` where it was gone already
 */
export async function giveBack(lockable: Anyone, { within = EXIT, ...patience }: Patience & { within?: number }): Promise<void> {
  const { vendor, scope, expires } = lockable.facts;
  /** Whether a try that failed may have worked. */
  let perhaps = false;
  let cause: unknown;
  const attempt = async (signal: AbortSignal | undefined): Promise<Try<UnlockOutcome | undefined>> => {
    try {
      return { value: await lockable.unlock(signal && { signal }), again: false };
    } catch (error) {
      cause = error;
      const status = error instanceof LockError ? (error.status ?? 0) : 599;
      // 429 has done nothing, a broken connection and a gateway may have.
      perhaps ||= status !== 429;
      return { value: undefined, again: status === 429 || status >= 500 };
    }
  };
  try {
    const { value } = await persist(attempt, contending({ ...patience, deadline: within }, EXIT));
    if (value?.outcome === "unlocked" || (value && perhaps)) return;
    if (value) throw new LockError(vendor, "lost", `The lock of ${scope} was gone before it was released.`, { result: value.result });
    lockable.abandon();
    const end = expires === null ? "" : `; it ends by itself, ${expires} after its last renewal`;
    const result = cause instanceof LockError ? cause.result : undefined;
    throw new LockError(vendor, "left", `The lock of ${scope} could not be released${end}.`, { result, cause });
  } finally {
    forget(lockable);
  }
}

/** The lease is over: another one of this program may take the lock. */
export const forget = ({ owner }: Anyone): void => void owners.delete(owner);

/// <reference lib="esnext.disposable" preserve="true" />
/**
 * A lock with an end: it is taken, kept while it is needed, and given back when its scope ends, however that ends. Whoever holds one is told
 * when it is lost: `signal` is aborted, and `client` sends nothing any more.
 */
import { keep } from "./lease-keep.ts";
import { take } from "./lease-lock.ts";
import type { OwnedLockable } from "./lockable.ts";
import type { Patience } from "./persist.ts";
import { scoped } from "./scoped.ts";
import type { Sleep } from "./types.ts";

/** How long to wait for a lock that somebody else holds: 60 s with full jitter where nothing is said. Times are milliseconds. */
export interface LeaseOptions extends Patience {
  /** How often it is looked whether the lock has to be kept alive; 30 s. */
  every?: number;
  /** How long giving the lock back may take, where the vendor is in trouble; 10 s. */
  within?: number;
  /** How the time between two looks is waited for. Unlike `sleep`, one that a test brings along has to wait until the test moves its clock. */
  rest?: Sleep;
}

/** A lock that is held. */
export interface Held<Client> {
  /** Aborted with a `LockError` when the lock is lost (`lost`) and when the lease ends (`over`). Hand it to everything that takes long. */
  readonly signal: AbortSignal;
  /** The client that holds the lock. Use it for what the lock guards: a 423 aborts `signal`, and after the end its calls reject. */
  readonly client: Client;
  /** Whether the lock is still held, as far as we know. */
  readonly held: boolean;
}

/** A lock that is held until `release`, or the end of the block of an `await using`. */
export interface Lease<Client> extends Held<Client>, AsyncDisposable {
  /**
   * Gives the lock back. Asked again, it does nothing more.
   * @throws LockError `left` where the vendor does not take it back, `lost` where it was lost meanwhile
   */
  release(): Promise<void>;
}

declare const scope: unique symbol;
/**
 * A lock that does not leave the function it is handed to: nothing outside that is meant for a lease has a type that would take it. What goes out
 * as `unknown`, or by its client, is found out at run time: its calls reject.
 */
export interface ScopedLease<Client, Scope> extends Held<Client> {
  /** Not there at run time. */
  readonly [scope]?: (scope: Scope) => Scope;
}

/**
 * Takes a lock and keeps it: `await using lock = await lease(configurationLock(client, …))`. Somebody else's lock is waited for; it is kept
 * alive until the block ends, and given back then, also after an exception. Where both fail, the platform throws a `SuppressedError` with the
 * first error in it.
 *
 * Leases of one program that share a client wait for each other. A body that ends although the lock was lost, and never looked at `signal`,
 * is told at the end of the block.
 * @param lockable a lock with an owner; that of a server has none, see `withServerLock`
 * @param options how long to wait, and a signal that ends the waiting
 * @throws LockError `busy` when the time to wait is over, `silent` where nothing was answered until then, `refused` where the vendor says no
 */
export function lease<Client>(lockable: OwnedLockable<Client, unknown>, options?: LeaseOptions): Promise<Lease<Client>>;
/**
 * The same for a function: `await lease(configurationLock(client, …), {}, async (lock) => { … })`.
 * @param body gets the lock, which its type keeps inside
 * @returns what the body gives
 * @throws what the body throws; a LockError `lost` where it did not notice; both errors as a `SuppressedError` where the release fails, too
 */
export function lease<Client, Value>(
  lockable: OwnedLockable<Client, unknown>,
  options: LeaseOptions,
  body: <Scope>(lock: ScopedLease<Client, Scope>) => Promise<Value>,
): Promise<Value>;
export async function lease<Client, Value>(
  lockable: OwnedLockable<Client, unknown>,
  options: LeaseOptions = {},
  body?: <Scope>(lock: ScopedLease<Client, Scope>) => Promise<Value>,
): Promise<Lease<Client> | Value> {
  await take(lockable, options);
  const opened = keep(lockable, options);
  if (!body) return opened.lease;
  return scoped(
    () => body(opened.lease),
    async (failed) => {
      await opened.finish();
      const lost = opened.lost();
      if (lost && !failed) throw lost;
    },
  );
}

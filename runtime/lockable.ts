/** One shape for the locks of all vendors. Types only: nothing of this file ships as code. */
import type { CallInit } from "./send.ts";
import type { LockVendor } from "./lock-error.ts";
import type { Reading } from "./wait.ts";

/** A generated function. */
export type Call<Client, Parameters, Result extends Reading = Reading> = (
  client: Client,
  parameters: Parameters,
  init?: CallInit,
) => Promise<Result>;

/** Limits of one call. */
export interface LockOptions {
  signal?: AbortSignal;
  /** Milliseconds. */
  timeout?: number;
}

/** What a lock is good for. The comparison table is made of these, and held against the behaviour tables. */
export interface LockFacts {
  readonly vendor: LockVendor;
  /** The contract, without a version. */
  readonly api: string;
  /** What one lock covers. */
  readonly scope: string;
  readonly blocks: {
    readonly who: string;
    /** The calls that a lock keeps from working. */
    readonly calls: readonly string[];
  };
  /** HTTP statuses: what somebody else gets while there is a lock. */
  readonly contention: { readonly lock: number; readonly unlock: number; readonly blocked: number };
  /** Whether doing it twice is doing it once. */
  readonly idempotent: { readonly lock: boolean; readonly unlock: boolean };
  /** ISO 8601 duration after which a lock ends by itself unless it is renewed; null where it never does. */
  readonly expires: string | null;
}

/** Somebody else's lock is in the way. */
export interface Busy {
  readonly outcome: "busy";
  readonly result: Reading;
}
export type LockOutcome = { readonly outcome: "locked" } | Busy;
/** `not-held`: nobody holds the lock, where the vendor tells that apart. */
export type UnlockOutcome = { readonly outcome: "unlocked" } | Busy | { readonly outcome: "not-held"; readonly result: Reading };

/** A thing that can be locked. Whatever is not an outcome is thrown as a `LockError`; a broken network throws what `fetch` throws. */
export interface Lockable<Holder = string> {
  lock(options?: LockOptions): Promise<LockOutcome>;
  unlock(options?: LockOptions): Promise<UnlockOutcome>;
  /** @throws LockError `hidden` where it cannot be seen */
  isLocked(options?: LockOptions): Promise<boolean>;
  /** Who holds the lock, where the vendor tells; undefined where nobody does. */
  holder?(options?: LockOptions): Promise<Holder | undefined>;
  readonly facts: LockFacts;
}

/** A lock without an owner and without an end, as servers have it. */
export interface ServerLockable extends Lockable {
  readonly facts: LockFacts & { readonly expires: null };
}

/** Who is told about a lock that is held, and asked whether it still is. */
export interface Watch {
  /** The lock is gone. Told once; must not throw. */
  lost(message: string, about?: { result?: Reading; cause?: unknown }): void;
  /** @throws LockError when the lock is not to be used any more */
  assert(): void;
}

/** What keeps a lock while it is held. Made for one lease, by `OwnedLockable.hold`. */
export interface Hold<Client> {
  /** The client that holds the lock: what it is answered tells whether the lock is still there, and without the lock it sends nothing. */
  readonly client: Client;
  /** Whether the lock is there as far as we know; where it is not, the watch is told. */
  check(): boolean;
  /** Begins to renew what the lock hangs on, where it is time. Call it every half minute. */
  renew(): void;
  /** Milliseconds until the lock ends unless it is renewed. */
  left(): number;
  /** Nothing is watched any longer. */
  end(): void;
}

/** A lock with an owner: others get `busy`, and the owner can lose it. */
export interface OwnedLockable<Client, Holder = string> extends Lockable<Holder> {
  /** Who locks, as the vendor tells callers apart: two locks with the same owner do not keep each other out. */
  readonly owner: object;
  /** Keeps the lock that was taken. */
  hold(watch: Watch): Hold<Client>;
  /** A lock that could not be released is not kept alive by what its owner does next. */
  abandon(): void;
}

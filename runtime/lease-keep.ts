/** What goes on while a lock is held: looking after it, and the two ways in which that ends. */
import type { Lease, LeaseOptions } from "./lease.ts";
import { forget, giveBack } from "./lease-lock.ts";
import { LockError } from "./lock-error.ts";
import type { Hold, OwnedLockable } from "./lockable.ts";
import { sleep as usualSleep } from "./sleep.ts";

export interface Opened<Client> {
  lease: Lease<Client>;
  /** Ends the lease; without an error where it was lost. */
  finish(): Promise<void>;
  /** Why the lock was lost; undefined where it was not. */
  lost(): LockError | undefined;
}

/**
 * @param lockable has been locked just now
 * @param options those of the lease
 */
export function keep<Client>(lockable: OwnedLockable<Client, unknown>, options: LeaseOptions): Opened<Client> {
  const { every = 30_000, rest = usualSleep, ...patience } = options;
  // It ends the waiting for the lock, never its release.
  delete patience.signal;
  const { vendor, scope: what } = lockable.facts;
  const ended = new AbortController();
  const stopped = new AbortController();
  let over: LockError | undefined;
  let lost: LockError | undefined;
  let told = false;
  let finished: Promise<void> | undefined;

  const end = (reason: LockError): void => {
    over ??= reason;
    stopped.abort();
    ended.abort(over);
  };
  const lose = (message: string, about?: ConstructorParameters<typeof LockError>[3]): void => {
    if (!over) end((lost = new LockError(vendor, "lost", message, about)));
  };
  const hold: Hold<Client> = lockable.hold({
    lost: lose,
    assert() {
      told ||= lost !== undefined;
      if (over) throw over;
    },
  });
  async function keepAlive(): Promise<void> {
    while (!over) {
      await rest(Math.max(0, Math.min(every, hold.left())), stopped.signal);
      hold.renew();
    }
  }
  keepAlive().catch((cause: unknown) => lose("The lock could not be kept alive: no time could be waited for.", { cause }));

  const finish = (): Promise<void> =>
    (finished ??= (async () => {
      end(new LockError(vendor, "over", `The lease of ${what} is over: take a new one.`));
      hold.end();
      if (lost) forget(lockable);
      else await giveBack(lockable, patience);
    })());
  const lease: Lease<Client> = {
    get signal() {
      hold.check();
      told = true;
      return ended.signal;
    },
    client: hold.client,
    get held() {
      return hold.check() && !over;
    },
    async release() {
      // Who asked first is told.
      if (finished) return finished.catch(() => {});
      await finish();
      if (lost) throw lost;
    },
    async [Symbol.asyncDispose]() {
      if (finished) return;
      await finish();
      // Who has the signal knows it already, and a second error would only stand in front of the first.
      if (lost && !told) throw lost;
    },
  };
  return { lease, finish, lost: () => lost };
}

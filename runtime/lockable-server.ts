/** What the locks of servers have in common: three calls about one place. */
import { LockError, refusedError } from "./lock-error.ts";
import type { Call, LockOptions, ServerLockable } from "./lockable.ts";
import type { CallInit } from "./send.ts";
import type { Reading } from "./wait.ts";

/** The functions of a generated client that lock a server. */
export interface ServerCalls<Client, Place, Shown extends Reading> {
  lockServer: Call<Client, Place>;
  unlockServer: Call<Client, Place>;
  showServer: Call<Client, Place, Shown>;
}

/** What differs. */
export interface ServerKind<Shown extends Reading> {
  facts: ServerLockable["facts"];
  /** The flag in what `showServer` answered; undefined where it is not shown. */
  flag(shown: Shown): boolean | undefined;
  /** Added to `showServer`, where the flag is not there without it. */
  asking?: CallInit;
  /** Whether a refused unlock means that somebody else's lock is in the way. */
  foreign?(result: Reading): boolean;
}

/**
 * @param client passed on to the calls
 * @param place the parameters that name the server
 * @param calls of the same generated client
 * @param kind what differs from vendor to vendor
 */
export function serverLockable<Client, Place, Shown extends Reading>(
  client: Client,
  place: Place,
  { lockServer, unlockServer, showServer }: ServerCalls<Client, Place, Shown>,
  { facts, flag, asking, foreign }: ServerKind<Shown>,
): ServerLockable {
  const { vendor } = facts;
  return {
    facts,
    async lock(options) {
      const result = await lockServer(client, place, options);
      if (result.status !== 202) throw refusedError(vendor, "lockServer", result);
      return { outcome: "locked" };
    },
    async unlock(options) {
      const result = await unlockServer(client, place, options);
      if (result.status === 202) return { outcome: "unlocked" };
      if (foreign?.(result)) return { outcome: "busy", result };
      throw refusedError(vendor, "unlockServer", result);
    },
    async isLocked(options: LockOptions = {}) {
      const result = await showServer(client, place, { ...asking, ...options });
      if (result.status !== 200) throw refusedError(vendor, "showServer", result);
      const locked = flag(result);
      if (locked === undefined)
        throw new LockError(vendor, "hidden", "showServer does not show the lock at this version: use a newer one.", { result });
      return locked;
    },
  };
}

/** One token for all calls of a client: fetched when the first needs it, renewed in time, with one request under way at most. */
import type { Fetch, Now } from "./types.ts";

/** Times are milliseconds since the epoch, by our own clock. */
export interface Held {
  readonly token: string;
  /** From when on the next use renews it. */
  readonly renews: number;
  /** From when on it is worth nothing. */
  readonly expires: number;
}

/** A token that is refused this soon after it took the place of a refused one was not the trouble: milliseconds. */
const FRESH = 60_000;

export interface TokenHolder {
  /** The token that is good now. */
  current(): Held | undefined;
  /** Whether there is a token, or one is on its way. */
  alive(): boolean;
  /** The token to use now: fetched or renewed where it is time. All that ask meanwhile share the request, and its failure. */
  take(send: Fetch): Promise<Held>;
  /**
   * A token was refused: it is forgotten, and the one after it is not, where that is refused at once.
   * @param token undefined: the one that is held, whatever it is
   * @returns whether another one can be had
   */
  refused(token: string | undefined): boolean;
}

/**
 * @param get asks for a token, with the one to renew where that is still good
 * @param now milliseconds since the epoch
 * @param lost told when a token ended or was refused instead of being renewed in time, with the failure of the last renewal
 */
export function holdToken(
  get: (send: Fetch, old: Held | undefined) => Promise<Held>,
  now: Now,
  lost?: (failure: unknown) => void,
): TokenHolder {
  let held: Held | undefined;
  let pending: Promise<Held> | undefined;
  let forgotten = -Infinity;
  let failure: unknown;

  const forget = (): void => {
    held = undefined;
    lost?.(failure);
  };
  const current = (): Held | undefined => {
    const ended = held && held.expires <= now();
    // While a renewal is under way nobody knows yet whether it came in time.
    if (ended && !pending) forget();
    return ended ? undefined : held;
  };
  async function renew(send: Fetch, old: Held | undefined): Promise<Held> {
    try {
      const next = await get(send, old);
      // The answer came too late to say whether the renewal did.
      if (old && old.expires <= now()) lost?.(failure);
      failure = undefined;
      return (held = next);
    } catch (error) {
      pending = undefined;
      failure = error;
      // Unless it was refused meanwhile, or has ended, there is time to try again.
      if (old && current() === old) return old;
      throw error;
    } finally {
      pending = undefined;
    }
  }
  return {
    current,
    alive: () => !!(pending ?? current()),
    async take(send) {
      if (pending) return pending;
      const old = current();
      if (old && old.renews > now()) return old;
      return (pending = renew(send, old));
    },
    refused(token) {
      if (!held || (token !== undefined && token !== held.token)) return true;
      if (token && now() - forgotten < FRESH) return false;
      forgotten = now();
      forget();
      return true;
    },
  };
}

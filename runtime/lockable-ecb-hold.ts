/**
 * Keeping the configuration lock of an Oracle ECB. It hangs on a token that lives ten minutes and moves on to the token that renews it, so
 * renewals wait until no call is under way, and calls wait for a renewal: one that comes with the old token would find the lock gone.
 */
import { LIFETIME } from "./ecb-token.ts";
import { guardClient, type Guard, type Lockful } from "./lockable-ecb-client.ts";
import type { Hold, LockOutcome, Watch } from "./lockable.ts";
import type { Credentials, Fetch } from "./types.ts";

/** Credentials that keep a token alive: those of runtime/ecb.ts. Times are milliseconds since the epoch. */
export interface Keeper {
  current(): { readonly token: string; readonly expires: number; readonly renews: number } | undefined;
  keepAlive(send?: Fetch): Promise<unknown>;
  onLost(listener: (reason: Error) => void): () => void;
}

/** @returns undefined where the credentials keep nothing alive */
export const keeperOf = (credentials: Credentials | undefined): Keeper | undefined =>
  credentials && "keepAlive" in credentials ? (credentials as Credentials & Keeper) : undefined;

/** Milliseconds that are left of a token when calls under way are not waited for any longer. */
const RESERVE = 120_000;

/** One of the two texts of a 423: nobody holds the lock. */
export const isFree = (text: string): boolean => /does not have the lock/i.test(text);

/**
 * @param client that holds the lock
 * @param keeper of its token; without one the lock counts as gone ten minutes from now
 * @param relock locks again: `locked` where the token still holds the lock
 * @param watch told once when the lock is gone
 */
export function keepLock<Client extends Lockful>(
  client: Client,
  keeper: Keeper | undefined,
  relock: () => Promise<LockOutcome>,
  watch: Watch,
): Hold<Client> {
  const { core } = client;
  const { now } = core;
  const end = now() + LIFETIME;
  const tokenNow = (): string | undefined => keeper?.current()?.token;
  let gone = false;
  let renewal: Promise<void> | undefined;
  /** Ends the wait of a renewal for the calls under way. */
  let go: (() => void) | undefined;
  /** The token that holds the lock, and whether it may have been renewed without our seeing it. */
  let holding = tokenNow();
  let doubt = false;

  const lose: Watch["lost"] = (...why) => {
    if (!gone) watch.lost(...why);
    gone = true;
  };
  const left = (): number => (keeper ? (keeper.current()?.expires ?? 0) : end) - now();
  function check(): boolean {
    if (!gone && left() <= 0) lose("The token that held the lock has ended, and the lock with it.");
    return !gone;
  }
  function isDue(): boolean {
    const token = keeper?.current();
    return token !== undefined && token.renews <= now();
  }
  /** Sends the credentials' own requests. */
  const send: Fetch = async (request) => {
    try {
      const response = await core.fetch(request);
      doubt ||= response.status >= 500;
      return response;
    } catch (error) {
      doubt = true;
      throw error;
    }
  };
  /** Locking again with a token that holds the lock changes nothing; where it does not, somebody else does. */
  async function verify(): Promise<void> {
    const token = tokenNow();
    const { outcome } = await relock();
    if (outcome === "busy") lose("Another token holds the lock: this one was renewed by a request whose answer never came.");
    [holding, doubt] = [token, false];
  }
  /** After a renewal that was lost, another one may work and bring a token without the lock. What cannot be asked now is asked next time. */
  async function settle(): Promise<void> {
    if (!doubt) holding = tokenNow();
    else if (tokenNow() !== holding) await verify().catch(() => {});
  }
  async function renewOnce(): Promise<void> {
    if (guard.running() > 0 && left() > RESERVE) await new Promise<void>((resolve) => (go = resolve));
    await keeper?.keepAlive(send);
    if (check()) await settle();
  }
  const renewed = (): Promise<void> =>
    (renewal ??= renewOnce()
      .catch(() => {})
      .finally(() => (renewal = undefined)));

  const guard: Guard<Client> = guardClient(client, send, {
    assert() {
      check();
      watch.assert();
    },
    async before() {
      if (renewal || isDue()) await renewed();
    },
    settle,
    quiet: () => go?.(),
    async refused(text, authorization) {
      const stale = authorization !== `Bearer ${tokenNow()}`;
      if (isFree(text) || !keeper || !stale) return lose("The box says that this token does not hold the lock.");
      // A call was overtaken by a renewal.
      await verify().catch(() => (doubt = true));
    },
  });
  const forget = keeper?.onLost((cause) => lose("The token that held the lock is gone.", { cause }));
  return {
    client: guard.client,
    check,
    left,
    renew() {
      const urgent = left() <= RESERVE;
      if (urgent) go?.();
      if (!check()) return;
      if (isDue() && (urgent || guard.running() === 0)) void renewed();
      else if (doubt) void settle();
    },
    end: () => forget?.(),
  };
}

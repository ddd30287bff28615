/** The configuration lock of an Oracle ECB, as a `Lockable` that a lease can hold. */
import { tokenIn } from "./ecb-token.ts";
import type { Lockful } from "./lockable-ecb-client.ts";
import { isFree, keeperOf, keepLock } from "./lockable-ecb-hold.ts";
import { LockError, refusedError } from "./lock-error.ts";
import type { Call, LockFacts, LockOptions, OwnedLockable } from "./lockable.ts";
import type { Reading } from "./wait.ts";
import { readXml } from "./xml.ts";

export const ecbFacts = {
  vendor: "oracle",
  api: "oracle-ecb",
  scope: "the configuration of the box",
  blocks: {
    who: "every other access token, of the same user too, the console and the web pages",
    calls: ["addConfigElement", "updateConfigElement", "deleteConfigElement", "manageConfiguration", "activateConfiguration"],
  },
  contention: { lock: 423, unlock: 423, blocked: 423 },
  idempotent: { lock: true, unlock: false },
  expires: "PT10M",
} as const satisfies LockFacts;

type Nothing = Record<string, never>;

/** The functions of a generated client that lock the configuration. */
export interface EcbCalls<Client, Token extends EcbToken> {
  createToken: Call<Client, Nothing, Token>;
  lockConfiguration: Call<Client, Nothing>;
  unlockConfiguration: Call<Client, Nothing>;
}

/** The results of `createToken`. */
export interface EcbToken extends Reading {
  readonly data?: string | undefined;
}

/** Characters of an answer: a sentence stands at its beginning, and to look for two things in whatever comes takes the square of it. */
const LOOKED_AT = 4096;

/** No page has it, but a client in the field takes it for success: the token that asks holds the lock already. */
const isOwn = ({ error }: Reading): boolean => /already locked.*current session/is.test(String(error).slice(0, LOOKED_AT));

/**
 * `configurationLock(client, { createToken, lockConfiguration, unlockConfiguration })`. The lock belongs to the token of the client, so all that
 * use this client hold it together; a lease keeps those of one program apart. A client whose `Authorization` is a header of its own cannot
 * renew its token: its lock ends with it.
 * @param client of `latch/oracle-ecb/…`
 * @param calls the functions beside `createClient`
 */
export function configurationLock<Client extends Lockful, Token extends EcbToken>(
  client: Client,
  { createToken, lockConfiguration, unlockConfiguration }: EcbCalls<Client, Token>,
): OwnedLockable<Client, "self" | "another"> {
  const { credentials } = client.core;
  let mine = false;

  /** Asks with a token of its own, which holds nothing: its unlock is refused in any case, and the text of the refusal tells. */
  async function isLocked(options: LockOptions = {}): Promise<boolean> {
    const made = await createToken(client, {}, options);
    const token = tokenIn(readXml(made.data ?? ""));
    if (made.status !== 200 || !token) throw refusedError("oracle", "createToken", made);
    const result = await unlockConfiguration(client, {}, { ...options, headers: { Authorization: `Bearer ${token}` } });
    if (result.status === 423) return !isFree(String(result.error));
    if (result.status >= 400) throw refusedError("oracle", "unlockConfiguration", result);
    throw new LockError("oracle", "hidden", "The box lets any token unlock, so that the lock cannot be asked about.", { result });
  }

  const lockable: OwnedLockable<Client, "self" | "another"> = {
    facts: ecbFacts,
    owner: credentials ?? client.core,
    isLocked,
    async lock(options) {
      const result = await lockConfiguration(client, {}, options);
      mine = result.status === 204 || (result.status === 423 && isOwn(result));
      if (mine) return { outcome: "locked" };
      if (result.status === 423) return { outcome: "busy", result };
      throw refusedError("oracle", "lockConfiguration", result);
    },
    async unlock(options) {
      const result = await unlockConfiguration(client, {}, options);
      if (result.status !== 204 && result.status !== 423) throw refusedError("oracle", "unlockConfiguration", result);
      mine = false;
      if (result.status === 204) return { outcome: "unlocked" };
      return { outcome: isFree(String(result.error)) ? "not-held" : "busy", result };
    },
    /** `self` as far as this object knows: what it locked and has not unlocked. The box names nobody. */
    async holder(options) {
      if (await isLocked(options)) return mine ? "self" : "another";
      return undefined;
    },
    hold: (watch) => keepLock(client, keeperOf(credentials), () => lockable.lock(), watch),
    abandon() {
      mine = false;
      // The next call takes a new token, and does not renew the old one, which would take the lock along.
      credentials?.refused?.(new Response(null, { status: 401 }));
    },
  };
  return lockable;
}

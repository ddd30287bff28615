/**
 * How a client proves itself to an Oracle ECB: name and password get a token, which every other call carries. The token lives ten minutes, and
 * so does a configuration lock taken with it; a renewal in time hands the lock on to the new token.
 */
import { bothGiven } from "./both.ts";
import { CredentialError, refusal } from "./credential-error.ts";
import { LIFETIME, tokenIn } from "./ecb-token.ts";
import { bytesOf } from "./hmac.ts";
import { holdToken } from "./token-holder.ts";
import { requestToken } from "./token-request.ts";
import type { Credentials, Fetch, Now } from "./types.ts";
import { withHeaders } from "./with-headers.ts";
import { findXml, readXml } from "./xml.ts";

interface Renewal {
  /** Name of the form field that a token is renewed with: `token`, which no page of the vendor confirms. */
  renewalField?: string;
}
interface User {
  /** A user of the box. Without one, headers of your own go out as they are. */
  username: string;
  password: string;
}

/** Name and password, or none of them. */
export type EcbOptions = Renewal & (User | { [Name in keyof User]?: never });

export interface EcbToken {
  readonly token: string;
  /** Milliseconds since the epoch, by our own clock: ten minutes from when it was asked for. */
  readonly expires: number;
  /** From when on the next use or `keepAlive` renews it: half of its life. */
  readonly renews: number;
}

export interface EcbCredentials extends Credentials {
  /** The token that is good now; undefined before the first call, and after its end. */
  current(): EcbToken | undefined;
  /**
   * Renews the token when it is older than five minutes. Call it every minute or two while you hold the lock: a renewal that fails is tried
   * again by the next call. Calls that are under way with the old token while it is renewed may find that the lock has moved on (423).
   * @param send sends the renewal; as the last call was sent, where nothing is said
   * @returns the token; undefined where there is none, or it has ended: then a lock taken with it is gone, too. Never rejects.
   */
  keepAlive(send?: Fetch): Promise<EcbToken | undefined>;
  /**
   * @param listener told as soon as we know that the token ended or was refused before it was renewed, so that its lock may be gone. It must
   *   not throw.
   * @returns ends the telling
   */
  onLost(listener: (reason: CredentialError) => void): () => void;
}

/** Milliseconds. Half of its life is left for renewals that fail. */
const RENEWAL = 300_000;
const LOST = "The token ended or was refused, and its lock may be gone: lock again.";

/**
 * @param options name and password
 * @param base URL of the contract's server, `https://{host}/rest/v1.1`: the token comes from `/auth/token` below it
 * @param now milliseconds since the epoch; the box's own clock is never asked
 * @returns undefined when no name is given. `authorize` rejects with a `CredentialError` where the box gives no token; a request for a token
 *   itself carries name and password.
 * @throws TypeError when only one of the two is given, or the name holds a colon
 */
export function ecbToken(options: EcbOptions, base: string, now: Now = Date.now): EcbCredentials | undefined {
  const { username = "", password = "", renewalField = "token" } = options;
  if (!bothGiven(["username", options.username], ["password", options.password], false)) return undefined;
  if (username.includes(":")) throw new TypeError("username holds a colon, which Basic cannot carry.");
  const basic = `Basic ${btoa(String.fromCharCode(...bytesOf(`${username}:${password}`)))}`;
  const url = new URL(`${base.replace(/\/+$/, "")}/auth/token`).href;
  const listeners = new Set<(reason: CredentialError) => void>();
  let sender: Fetch = (request) => fetch(request);

  async function ask(send: Fetch, old: EcbToken | undefined): Promise<EcbToken> {
    const asked = now();
    const headers: Record<string, string> = { Authorization: basic, Accept: "application/xml" };
    if (old) headers["Content-Type"] = "application/x-www-form-urlencoded";
    const body = old ? String(new URLSearchParams({ [renewalField]: old.token })) : null;
    const { response, text } = await requestToken(send, url, { headers, body });
    const answer = readXml(text);
    const token = tokenIn(answer);
    if (response.ok && token) return { token, expires: asked + LIFETIME, renews: asked + RENEWAL };
    const words = findXml(answer, "errorMessage")?.text.trim() ?? "no token came";
    throw refusal("The box", response, words, "username and password");
  }
  const holder = holdToken(ask, now, (failure) => {
    const reason = new CredentialError(LOST, undefined, failure);
    listeners.forEach((listener) => listener(reason));
  });
  return {
    current: holder.current,
    async authorize(request, send) {
      sender = send;
      const own = request.url.split(/[?#]/)[0] === url;
      const authorization = own ? basic : `Bearer ${(await holder.take(send)).token}`;
      return withHeaders(request, { Authorization: authorization });
    },
    refused(_, request) {
      const token = request?.headers.get("Authorization");
      return token !== basic && holder.refused(token?.slice("Bearer ".length));
    },
    // A token that ended meanwhile is told of by `current`.
    keepAlive: async (send = sender) => (holder.alive() ? holder.take(send).catch(holder.current) : undefined),
    onLost(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** How a client proves itself to Samsung Cloud Platform: an access key, and a signature of every request made with its secret key. */
import { bothGiven } from "./both.ts";
import { signScp } from "./scp-signature.ts";
import type { Credentials, Now } from "./types.ts";
import { withHeaders } from "./with-headers.ts";

interface Account {
  /** The account to act in, for the header `Scp-AccountId`; most callers need none. */
  accountId?: string;
}
interface Keys {
  /** Id of the access key. Without one, nothing is signed and headers of your own go out as they are. */
  accessKey: string;
  /** The secret key that belongs to it. It is never sent. */
  secretKey: string;
}

/** Both keys, or none of them. */
export type ScpOptions = Account & (Keys | { [Name in keyof Keys]?: never });

export interface ScpKey {
  accessKey: string;
  secretKey: string;
  accountId?: string;
}

/** What a URL is on the wire: `fetch` keeps a fragment to itself. */
const wireUrl = (url: string): string => url.replace(/#.*/s, "");

/**
 * The headers that sign one request.
 * @param request its method and its absolute, escaped URL: a `Request` will do, whose `url` is what `fetch` sends
 * @param key access key, secret key and, where it is sent, the account
 * @param now milliseconds since the epoch; the platform takes a signature for 15 minutes
 * @returns `Scp-Accesskey`, `Scp-Signature`, `Scp-Timestamp`, `Scp-ClientType` and, for an account, `Scp-AccountId`. `Accept-Language`, which chooses the language of error texts, is the caller's own matter.
 * @throws TypeError when the secret key is empty, or there is no Web Crypto
 */
export async function scpSignature(
  { method, url }: { readonly method: string; readonly url: string },
  { accessKey, secretKey, accountId = "" }: ScpKey,
  now: Now = Date.now,
): Promise<Record<string, string>> {
  const timestamp = String(Math.trunc(now()));
  const signature = await signScp({ method, url: wireUrl(url), timestamp, accessKey, secretKey, accountId });
  return {
    "Scp-Accesskey": accessKey,
    "Scp-Signature": signature,
    "Scp-Timestamp": timestamp,
    "Scp-ClientType": "Openapi",
    ...(accountId !== "" && { "Scp-AccountId": accountId }),
  };
}

/**
 * @param options the keys
 * @param now milliseconds since the epoch
 * @returns undefined when no key is given
 * @throws TypeError when only one of the two keys is given, or one is empty
 */
export function scpCredentials(options: ScpOptions, now?: Now): Credentials | undefined {
  const { accessKey = "", secretKey = "", accountId = "" } = options;
  if (!bothGiven(["accessKey", options.accessKey], ["secretKey", options.secretKey], true)) return undefined;
  return {
    async authorize(request) {
      // Node 20 drops a "?" with nothing behind it, newer ones and browsers send it: nobody knows what to sign.
      if (/^[^?]*\?$/.test(wireUrl(request.url)))
        throw new TypeError(`${request.url} ends with a question mark that asks for nothing: leave it out.`);
      return withHeaders(request, await scpSignature(request, { accessKey, secretKey, accountId }, now));
    },
  };
}

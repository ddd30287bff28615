/**
 * The signature of Samsung Cloud Platform (header `Scp-Signature`): Base64 of HMAC-SHA256 over method, URL, timestamp, access key, account
 * id and client type, one behind the other with nothing in between. Body and other headers take no part. Web Crypto only, so it runs in a
 * browser, in Node and on the edge.
 */

export interface ScpSignatureInput {
  /** In any case; it is signed in upper case. */
  method: string;
  /**
   * Absolute, exactly as it goes over the wire. It is not escaped again: `encodeURI`, which the vendor's sample calls, would make `%2520` of
   * `%20`, and the platform answers 401 to that.
   */
  url: string;
  /** Milliseconds since the epoch, as in the header `Scp-Timestamp`. */
  timestamp: number | string;
  accessKey: string;
  secretKey: string;
  /** Takes part where the header `Scp-AccountId` is sent. */
  accountId?: string;
  /** As in the header `Scp-ClientType`: `Openapi` where it is not given. */
  clientType?: string;
}

const HMAC = { name: "HMAC", hash: "SHA-256" };
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** Importing a key costs as much as signing; a program signs with one or two. */
const KEPT_KEYS = 16;
const keys = new Map<string, Promise<CryptoKey>>();

function keyOf(secretKey: string): Promise<CryptoKey> {
  const kept = keys.get(secretKey);
  if (kept) return kept;
  const key = crypto.subtle.importKey("raw", bytesOf(secretKey), HMAC, false, ["sign"]);
  // The oldest goes: a Map remembers the order in which it was filled.
  for (const oldest of [...keys.keys()].slice(0, Math.max(0, keys.size + 1 - KEPT_KEYS))) keys.delete(oldest);
  keys.set(secretKey, key);
  return key;
}

/**
 * @returns the value of the header `Scp-Signature`: 44 characters
 * @throws TypeError when the secret key is empty, or where there is no Web Crypto (a page that was not loaded over https or from localhost)
 */
export async function signScp(input: ScpSignatureInput): Promise<string> {
  const { method, url, timestamp, accessKey, secretKey, accountId = "", clientType = "Openapi" } = input;
  if (secretKey === "") throw new TypeError("The secret key is empty: pass the one that belongs to the access key.");
  if (!globalThis.crypto?.subtle) throw new TypeError("There is no Web Crypto here: load the page over https or from localhost.");
  const text = `${method.toUpperCase()}${url}${timestamp}${accessKey}${accountId}${clientType}`;
  const signature = await crypto.subtle.sign(HMAC.name, await keyOf(secretKey), bytesOf(text));
  return btoa(String.fromCharCode(...new Uint8Array(signature)));
}

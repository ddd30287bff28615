/** HMAC-SHA256 with Web Crypto, so that it runs in a browser, in Node and on the edge. */

const HMAC = { name: "HMAC", hash: "SHA-256" };

/** UTF-8. */
export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

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
 * @param secretKey the key, as text
 * @param text what is signed
 * @returns 32 bytes
 * @throws TypeError when the secret key is empty, or where there is no Web Crypto (a page that was not loaded over https or from localhost)
 */
export async function hmac(secretKey: string, text: string): Promise<Uint8Array> {
  if (secretKey === "") throw new TypeError("The secret key is empty: pass the one that belongs to the access key.");
  if (!globalThis.crypto?.subtle) throw new TypeError("There is no Web Crypto here: load the page over https or from localhost.");
  return new Uint8Array(await crypto.subtle.sign(HMAC.name, await keyOf(secretKey), bytesOf(text)));
}

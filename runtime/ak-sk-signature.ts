/** The signature SDK-HMAC-SHA256 of Huawei Cloud: a canonical form of a request is hashed, and the hash signed. */
import { bytesOf, hmac } from "./hmac.ts";

export interface AkSkSignatureInput {
  method: string;
  /** Absolute, as it goes over the wire. */
  url: string;
  /** As in the header `X-Sdk-Date`: `20260101T120000Z`. */
  date: string;
  /** The headers that take part, `host` among them; names in lower case. */
  headers: readonly (readonly [name: string, value: string])[];
  /** SHA-256 of the body in hex, or what the header `X-Sdk-Content-Sha256` says instead. */
  digest: string;
  sk: string;
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
/** In hex. */
export const sha256 = async (bytes: BufferSource): Promise<string> => hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));

/** Everything but letters, digits and `-._~`, which is five characters more than `encodeURIComponent` takes. */
const escapeAll = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** Read once and escaped again, as the vendor does it: an escaped slash counts as a slash, and the path ends in one. */
function canonicalPath(path: string): string {
  let plain = path;
  try {
    plain = decodeURIComponent(path);
  } catch {
    // A percent sign that begins no escape stands for itself.
  }
  return plain.split("/").map(escapeAll).join("/").replace(/\/?$/, "/");
}

/** By name, then by value, in the order of their code units. */
const byText = (one: readonly string[], other: readonly string[]): number => {
  const at = one[0] === other[0] ? 1 : 0;
  const [left = "", right = ""] = [one[at], other[at]];
  return left < right ? -1 : left > right ? 1 : 0;
};

/**
 * @returns the value of the header `Authorization` behind `Access=…, `: which headers take part, in their order, and 64 hex digits
 * @throws TypeError when the SK is empty, or where there is no Web Crypto
 */
export async function signAkSk({ method, url, date, headers, digest, sk }: AkSkSignatureInput): Promise<string> {
  const { pathname, searchParams } = new URL(url);
  const signed = headers.toSorted(byText);
  const names = signed.map(([name]) => name).join(";");
  const query = [...searchParams].sort(byText).map((pair) => pair.map(escapeAll).join("="));
  const canonical = [method, canonicalPath(pathname), query.join("&"), ...signed.map((pair) => pair.join(":")), "", names, digest];
  const text = ["SDK-HMAC-SHA256", date, await sha256(bytesOf(canonical.join("\n")))].join("\n");
  return `SignedHeaders=${names}, Signature=${hex(await hmac(sk, text))}`;
}

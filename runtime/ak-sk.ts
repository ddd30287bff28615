/**
 * Huawei Cloud's signature with an access key (AK) and its secret key (SK), SDK-HMAC-SHA256: a canonical form of the request is hashed, and
 * the hash signed. Runs in browsers, Node 20 and later, and on the edge.
 */
import { bytesOf, hmac } from "./hmac.ts";
import type { Credentials, Now } from "./types.ts";
import { withHeaders } from "./with-headers.ts";

export interface AkSkKey {
  ak: string;
  sk: string;
  /** For the header `X-Project-Id`: needed in a dedicated cloud and where an account has several projects; the vendor's SDKs always send it. */
  projectId?: string;
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const sha256 = async (bytes: BufferSource): Promise<string> => hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));

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
const byText = (one: string[], other: string[]): number => {
  const at = one[0] === other[0] ? 1 : 0;
  const [left = "", right = ""] = [one[at], other[at]];
  return left < right ? -1 : left > right ? 1 : 0;
};

/** A proxy or the runtime may change these, so they take no part. */
const UNSIGNED = /^(accept|accept-encoding|authorization|connection|content-length|user-agent)$/;

/**
 * The headers that sign one request, over method, path, query, headers and body.
 * @param request its body is read from a clone, whole; the gateway takes up to 12 MB. With a header `X-Sdk-Content-Sha256` of its own the body
 *   is left alone and that value signed, as the vendor's SDK has it.
 * @param key AK and SK, and the project
 * @param now milliseconds since the epoch; the gateway takes a signature for 15 minutes
 * @throws TypeError when the SK is empty, or there is no Web Crypto
 */
export async function akSkSignature(
  request: Request,
  { ak, sk, projectId }: AkSkKey,
  now: Now = Date.now,
): Promise<Record<string, string>> {
  const { host, pathname, searchParams } = new URL(request.url);
  const date = new Date(now()).toISOString().replace(/[-:]|\.\d+/g, "");
  const added = { "X-Sdk-Date": date, ...(projectId !== undefined && { "X-Project-Id": projectId }) };
  const headers = new Headers(request.headers);
  for (const [name, value] of Object.entries(added)) headers.set(name, value);
  const signed = [...headers].filter(([name]) => !UNSIGNED.test(name) && name !== "host");
  signed.push(["host", headers.get("host") ?? host]);
  signed.sort(byText);
  const names = signed.map(([name]) => name).join(";");
  const query = [...searchParams].sort(byText).map((pair) => pair.map(escapeAll).join("="));
  const canonical = [
    request.method,
    canonicalPath(pathname),
    query.join("&"),
    ...signed.map((pair) => pair.join(":")),
    "",
    names,
    headers.get("X-Sdk-Content-Sha256") ?? (await sha256(await request.clone().arrayBuffer())),
  ];
  const text = ["SDK-HMAC-SHA256", date, await sha256(bytesOf(canonical.join("\n")))].join("\n");
  const signature = hex(await hmac(sk, text));
  return { ...added, Authorization: `SDK-HMAC-SHA256 Access=${ak}, SignedHeaders=${names}, Signature=${signature}` };
}

/**
 * @param key AK and SK, and the project
 * @param now milliseconds since the epoch
 */
export const akSk = (key: AkSkKey, now?: Now): Credentials => ({
  authorize: async (request) => withHeaders(request, await akSkSignature(request, key, now)),
});

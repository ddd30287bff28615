/** How a client proves itself to Huawei Cloud with an access key (AK) and its secret key (SK). Runs in browsers, Node 20 and later, and on the edge. */
import { sha256, signAkSk } from "./ak-sk-signature.ts";
import type { Credentials, Now } from "./types.ts";
import { withHeaders } from "./with-headers.ts";

export interface AkSkKey {
  ak: string;
  sk: string;
  /** For the header `X-Project-Id`: needed in a dedicated cloud and where an account has several projects; the vendor's SDKs always send it. */
  projectId?: string;
}

/** A proxy or the runtime may change these, so they take no part. */
const UNSIGNED = /^(accept|accept-encoding|authorization|connection|content-length|host|user-agent)$/;

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
  const { method, url } = request;
  const date = new Date(now()).toISOString().replace(/[-:]|\.\d+/g, "");
  const added = { "X-Sdk-Date": date, ...(projectId !== undefined && { "X-Project-Id": projectId }) };
  const all = new Headers(request.headers);
  for (const [name, value] of Object.entries(added)) all.set(name, value);
  const headers = [...all].filter(([name]) => !UNSIGNED.test(name));
  headers.push(["host", all.get("host") ?? new URL(url).host]);
  const digest = all.get("X-Sdk-Content-Sha256") ?? (await sha256(await request.clone().arrayBuffer()));
  return { ...added, Authorization: `SDK-HMAC-SHA256 Access=${ak}, ${await signAkSk({ method, url, date, headers, digest, sk })}` };
}

/**
 * @param key AK and SK, and the project
 * @param now milliseconds since the epoch
 */
export const akSk = (key: AkSkKey, now?: Now): Credentials => ({
  authorize: async (request) => withHeaders(request, await akSkSignature(request, key, now)),
});

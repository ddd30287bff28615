/** Whether a request was signed with the secret that belongs to its access key, and lately. */
import { signScp } from "../runtime/scp-signature.ts";

export interface SignedRequest {
  method: string;
  /** Absolute, as it came over the wire. */
  url: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body?: Uint8Array | undefined;
}

/** Takes as long for a difference in the first character as for one in the last, so that nobody can feel their way to a signature. */
export function sameText(expected: string, given: string): boolean {
  let different = expected.length ^ given.length;
  for (let at = 0; at < expected.length; at++) different |= expected.charCodeAt(at) ^ given.charCodeAt(at);
  return different === 0;
}

/**
 * Checks the four headers `Scp-Accesskey`, `Scp-Signature`, `Scp-Timestamp` and `Scp-ClientType`; `Scp-AccountId` takes part where it is
 * sent. The signature comes first: only who holds the secret is told about the clock.
 * @param secret the secret key of the access key that the request names
 * @param now milliseconds since the epoch
 * @param windowMs how far the timestamp may be from now, before or after
 * @returns what is wrong: the signature (or a header it needs is missing), or the time it was made at (or its form); undefined where
 *   everything is in order. Never throws for what a client sent.
 */
export async function verifyScp(
  { method, url, headers }: SignedRequest,
  secret: string,
  now: number,
  windowMs: number,
): Promise<"signature" | "window" | undefined> {
  const accessKey = headers["scp-accesskey"];
  const timestamp = headers["scp-timestamp"];
  const clientType = headers["scp-clienttype"];
  if (!accessKey || !timestamp || !clientType || secret === "") return "signature";
  const accountId = headers["scp-accountid"] ?? "";
  const expected = await signScp({ method, url, timestamp, accessKey, secretKey: secret, accountId, clientType });
  if (!sameText(expected, headers["scp-signature"] ?? "")) return "signature";
  // Written so that a clock or window that is no number refuses.
  return /^\d{13}$/.test(timestamp) && Math.abs(Number(timestamp) - now) <= windowMs ? undefined : "window";
}

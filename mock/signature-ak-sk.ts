/** Whether a request was signed with the SK that belongs to its AK, and lately (SDK-HMAC-SHA256). */
import { sha256, signAkSk } from "../runtime/ak-sk-signature.ts";
import { sameText, type SignedRequest } from "./signature.ts";

const FORM = /^SDK-HMAC-SHA256 Access=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=[0-9a-f]{64}$/;
const DATE = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** Only what the client says it has signed: a proxy may have added the rest. A door that takes a `Request` sees no Host but that of the address. */
function signedPart({ url, headers }: SignedRequest, names: string[]): [string, string][] {
  const host = headers["host"] ?? (URL.canParse(url) ? new URL(url).host : "");
  return names.map((name) => [name, name === "host" ? host : (headers[name] ?? "")]);
}

/**
 * Signs the request once more, with the headers that the client names and at its time, and compares. The signature comes first: only who
 * holds the SK is told about the clock.
 * @param secret the SK of the AK that the request names
 * @param now milliseconds since the epoch
 * @param windowMs how far `X-Sdk-Date` may be from now, before or after
 * @returns what is wrong: the signature (or a header it needs is missing), or the time it was made at; undefined where everything is in
 *   order. Never throws for what a client sent.
 */
export async function verifyAkSk(
  request: SignedRequest,
  secret: string,
  now: number,
  windowMs: number,
): Promise<"signature" | "window" | undefined> {
  const { method, url, body = new Uint8Array() } = request;
  const { authorization = "", "x-sdk-date": date = "", "x-sdk-content-sha256": said } = request.headers;
  const [, ak, list = ""] = FORM.exec(authorization) ?? [];
  const at = Date.parse(date.replace(DATE, "$1-$2-$3T$4:$5:$6Z"));
  const names = list.split(";");
  if (ak === undefined || secret === "" || !DATE.test(date) || Number.isNaN(at)) return "signature";
  if (!names.includes("host") || !names.includes("x-sdk-date")) return "signature";
  const digest = said ?? (await sha256(new Uint8Array(body)));
  const expected = await signAkSk({ method, url, date, headers: signedPart(request, names), digest, sk: secret }).catch(() => undefined);
  // No address that a request can have.
  if (expected === undefined) return "signature";
  if (!sameText(`SDK-HMAC-SHA256 Access=${ak}, ${expected}`, authorization.replace(/,\s*/g, ", "))) return "signature";
  return Math.abs(at - now) <= windowMs ? undefined : "window";
}

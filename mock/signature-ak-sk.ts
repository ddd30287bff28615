/** Whether a request was signed with the SK that belongs to its AK, and lately (SDK-HMAC-SHA256). */
import { akSkSignature } from "../runtime/ak-sk.ts";
import { sameText, type SignedRequest } from "./signature.ts";

const FORM = /^SDK-HMAC-SHA256 Access=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=[0-9a-f]{64}$/;
const DATE = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** Only what the client says it has signed: a proxy may have added the rest. */
function signedPart({ method, url, headers, body }: SignedRequest, names: string[]): Request {
  const signed = names.flatMap((name): [string, string][] => (headers[name] === undefined ? [] : [[name, headers[name]]]));
  const bodiless = body === undefined || method === "GET" || method === "HEAD";
  return new Request(url, { method, headers: signed, ...(!bodiless && { body: new Uint8Array(body) }) });
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
  const { authorization = "", "x-sdk-date": date = "" } = request.headers;
  const [, ak, list = ""] = FORM.exec(authorization) ?? [];
  const at = Date.parse(date.replace(DATE, "$1-$2-$3T$4:$5:$6Z"));
  const names = list.split(";");
  if (ak === undefined || secret === "" || !DATE.test(date) || Number.isNaN(at)) return "signature";
  if (!names.includes("host") || !names.includes("x-sdk-date")) return "signature";
  try {
    const { Authorization = "" } = await akSkSignature(signedPart(request, names), { ak, sk: secret }, () => at);
    if (!sameText(Authorization, authorization.replace(/,\s*/g, ", "))) return "signature";
  } catch {
    // No address or method that a request can have.
    return "signature";
  }
  return Math.abs(at - now) <= windowMs ? undefined : "window";
}

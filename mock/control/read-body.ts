/** The body of a control request: JSON, within bounds. */
import type { MockRequest } from "../types.ts";
import { Mistake, refuse } from "./mistake.ts";

/** Values may be nested as deep as any state is; beyond that a text is nothing but depth. */
const DEEPEST = 100;

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Without recursion, because this is what protects everything that has some. */
function checkValues(body: unknown): void {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) refuse("", `The body nests deeper than ${DEEPEST} levels`);
    const next: unknown[] = [];
    for (const value of level) {
      // JSON.parse reads 1e999 as a number that JSON cannot write.
      if (typeof value === "number" && !Number.isFinite(value))
        refuse("", "The body has a number in it that is larger than JSON can carry");
      if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) next.push(inner);
    }
    level = next;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The engine's own words quote a piece of the text, which may be a secret.
    return refuse("", "The body is not valid JSON");
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return refuse("", "The body is not valid UTF-8");
  }
}

/**
 * @param limit bytes that the operation takes
 * @returns what the JSON says: an unchecked value without numbers that are not finite
 * @throws Mistake: 413, 415, or 400 for what is no JSON
 */
export function readJson(request: MockRequest, limit: number): unknown {
  const { body, headers, overLimit } = request;
  if (overLimit !== undefined || (body?.length ?? 0) > limit) throw new Mistake(413, `The body is larger than ${limit} bytes`);
  if (body === undefined || body.length === 0) refuse("", "The request has no body: send JSON");
  const type = headers["content-type"];
  if (type === undefined || !JSON_TYPE.test(type)) {
    const stated = type === undefined ? "The body has no media type" : `The media type ${type} is not taken here`;
    throw new Mistake(415, `${stated}: send Content-Type: application/json`);
  }
  const encoding = headers["content-encoding"] ?? "identity";
  if (encoding.toLowerCase() !== "identity")
    throw new Mistake(415, `The content encoding ${encoding} is not taken here: send the body as it is`);
  const value = parse(decode(body));
  checkValues(value);
  return value;
}

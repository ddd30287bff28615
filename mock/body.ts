/** From the bytes of a request to a value that can be validated. */
import { XMLValidator } from "fast-xml-parser";
import { isObject, objectAt, resolveObject, type Obj } from "../scripts/document.ts";
import { Refusal } from "./refusal.ts";
import type { MockRequest } from "./types.ts";

export interface ReadBody {
  mediaType?: string;
  body?: unknown;
  length: number;
}

export const isJson = (mediaType: string): boolean => /^application\/([\w.+-]+\+)?json$/i.test(mediaType);
export const isXml = (mediaType: string): boolean => /^(application|text)\/([\w.+-]+\+)?xml$/i.test(mediaType);

/** Whether a media type of the contract covers the one a client states. */
function covers(documented: string, stated: string): boolean {
  const [type, subtype] = documented.toLowerCase().split("/");
  // The broker's documentation writes `x-www-form-urlencoded` without its type, and clients copy it.
  if (!stated.includes("/")) return subtype === stated;
  return documented.toLowerCase() === stated || documented === "*/*" || (subtype === "*" && stated.startsWith(`${type}/`));
}

function chooseMediaType(documented: string[], header: string | undefined): string {
  const stated = (header ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const first = documented[0] ?? "application/octet-stream";
  // Real clients of the broker state nothing, and `fetch` says text/plain of any string: Nova takes both for JSON.
  if (stated === "" || (stated === "text/plain" && documented.every(isJson))) return first;
  const found = documented.find((mediaType) => covers(mediaType, stated));
  if (found !== undefined) return found;
  throw new Refusal("unsupportedMediaType", `The media type ${stated} is not taken here: send ${documented.join(" or ")}`);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refusal("malformedBody", "The body is not valid UTF-8");
  }
}

function parseJson(text: string): unknown {
  if (text.startsWith("\ufeff")) throw new Refusal("malformedBody", "The body is not valid JSON: it begins with a byte order mark");
  if (/^\p{Cc}/u.test(text.trimStart()))
    throw new Refusal("malformedBody", "The body is not valid JSON: it begins with a control character");
  try {
    return JSON.parse(text);
  } catch (error) {
    // V8 quotes a piece of the text, which may hold a password: the position is enough.
    const message = String(error)
      .replace(/^SyntaxError: /, "")
      .replace(/, (\.\.\.)?".*"(\.\.\.)? is not valid JSON$/s, "");
    throw new Refusal("malformedBody", `The body is not valid JSON: ${message}`);
  }
}

/** The names of the root elements that the contract's examples of this body have. */
const rootsOf = (document: Obj, media: Obj): string[] =>
  Object.values(objectAt(media, "examples")).flatMap((example) => {
    const value = resolveObject(document, example)["value"];
    return typeof value === "string" ? (/<([A-Za-z_][\w.-]*)/.exec(value)?.[1] ?? []) : [];
  });

/** A schema says nothing of the inside of XML text: the mock asks for well-formedness and the right root element. */
function checkXml(text: string, roots: string[]): void {
  const verdict = XMLValidator.validate(text);
  if (verdict !== true)
    throw new Refusal("malformedBody", `The body is not well-formed XML: ${verdict.err.msg} (line ${verdict.err.line})`);
  const root = /<([A-Za-z_][\w.:-]*)/.exec(text.replace(/<!--.*?-->/gs, ""))?.[1] ?? "";
  if (roots.length > 0 && !roots.includes(root)) {
    throw new Refusal("invalidRequest", `The root element of the body is ${root}: send ${[...new Set(roots)].join(" or ")}`);
  }
}

/**
 * @param document the bundle
 * @param operation the operation the request goes to
 * @throws Refusal when the body is too large, of another media type, or not what its media type says
 */
export function readBody(document: Obj, operation: Obj, request: MockRequest): ReadBody {
  if (request.overLimit !== undefined) throw new Refusal("payloadTooLarge", `The body is larger than ${request.overLimit} bytes`);
  const requestBody = resolveObject(document, operation["requestBody"]);
  const content = objectAt(requestBody, "content");
  const documented = Object.keys(content);
  const length = request.body?.length ?? 0;
  if (request.body === undefined || length === 0) {
    // Some clients state a media type on every request: nothing to read, nothing to refuse.
    if (requestBody["required"] !== true) return { length };
    throw new Refusal("malformedBody", `The request has no body: send ${documented.join(" or ")}`);
  }
  if (documented.length === 0) throw new Refusal("invalidRequest", `This call takes no body, and ${length} bytes were sent`);
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (encoding.toLowerCase() !== "identity")
    throw new Refusal("unsupportedMediaType", `The content encoding ${encoding} is not taken: send the body as it is`);
  const mediaType = chooseMediaType(documented, request.headers["content-type"]);
  const text = decode(request.body);
  if (!isJson(mediaType)) {
    if (isXml(mediaType)) checkXml(text, rootsOf(document, objectAt(content, mediaType)));
    return { mediaType, body: text, length };
  }
  const body = parseJson(text);
  // Prism takes a null body for an absent one; none of our calls takes either.
  if (body === null) throw new Refusal("invalidRequest", "The body is the JSON value null: send an object");
  return { mediaType, body, length };
}

/** The schema of a body that is taken as this media type. */
export const schemaOf = (document: Obj, operation: Obj, mediaType = ""): unknown =>
  objectAt(objectAt(resolveObject(document, operation["requestBody"]), "content"), mediaType)["schema"];

/** The members of a body that is an object. */
export const keysOf = (body: unknown): string[] | undefined => (isObject(body) ? Object.keys(body) : undefined);

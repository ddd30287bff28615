/** From the bytes of a request to a value that can be validated. */
import { SaxesParser } from "saxes";
import { isObject, objectAt, resolveObject, type Obj } from "../scripts/document.ts";
import { isJson, isXml } from "./media-type.ts";
import { Refusal } from "./refusal.ts";
import type { MockRequest } from "./types.ts";

export interface ReadBody {
  mediaType?: string | undefined;
  body?: unknown;
  /** The only member of a body that is an object with one. */
  only?: string | undefined;
  length: number;
}

const NOTHING: ReadBody = { length: 0 };

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

/** A body that short and in ASCII is faster read here than handed to a decoder; what is kept of texts is no longer either. */
const SHORT = 100;

/** The text of a short body in ASCII; undefined where it is another. */
function shortText(bytes: Uint8Array): string | undefined {
  if (bytes.length > SHORT) return undefined;
  for (const byte of bytes) if (byte > 0x7f) return undefined;
  return String.fromCharCode(...bytes);
}

/** What a Content-Type comes to. */
interface MediaType {
  mediaType: string;
  json: boolean;
}

/** How many bodies an operation remembers. */
const KEPT = 100;

/** Nobody may change what is given to everybody. */
function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) for (const member of Object.values(Object.freeze(value))) frozen(member);
  return value;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Refusal("malformedBody", "The body is not valid UTF-8");
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (text.startsWith("\ufeff")) throw new Refusal("malformedBody", "The body is not valid JSON: it begins with a byte order mark");
    if (/^\p{Cc}/u.test(text.trimStart()))
      throw new Refusal("malformedBody", "The body is not valid JSON: it begins with a control character");
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

/** Elements may be nested as deep as any configuration is; a text that is nothing but depth is refused before it costs memory. */
const MAX_DEPTH = 100;

/** A schema says nothing of the inside of XML text: the mock asks for well-formedness and the right root element. */
function checkXml(text: string, roots: string[]): void {
  let root = "";
  let depth = 0;
  const parser = new SaxesParser({ fragment: false, position: true });
  const refuse = (reason: string): never => {
    throw new Refusal("malformedBody", reason);
  };
  parser.on("opentag", ({ name }) => {
    root ||= name;
    if (++depth > MAX_DEPTH) refuse(`The body nests more than ${MAX_DEPTH} elements`);
  });
  parser.on("closetag", () => void depth--);
  parser.on("doctype", () => refuse("The body has a document type declaration, which no call takes"));
  parser.on("error", (error) => refuse(`The body is not well-formed XML: ${error.message.replace(/^[\d:]+ /, "")} (line ${parser.line})`));
  parser.write(text).close();
  if (roots.length > 0 && !roots.includes(root)) {
    throw new Refusal("invalidRequest", `The root element of the body is ${root}: send ${[...new Set(roots)].join(" or ")}`);
  }
}

/**
 * @param document the bundle
 * @param operation the operation the request goes to
 * @returns a reader, which throws Refusal when the body is too large, of another media type, or not what its media type says
 */
export function compileBody(document: Obj, operation: Obj): (request: MockRequest) => ReadBody {
  const requestBody = resolveObject(document, operation["requestBody"]);
  const content = objectAt(requestBody, "content");
  const documented = Object.keys(content);
  const required = requestBody["required"] === true;
  const roots = new Map(documented.map((mediaType) => [mediaType, rootsOf(document, objectAt(content, mediaType))]));
  const known = new Map<string | undefined, MediaType>();
  /** An action is one of a few short texts, sent over and over: what came out of the last ones. */
  let bodies = new Map<string, ReadBody>();

  /** The few texts that clients really send are looked at once. */
  function mediaTypeOf(header: string | undefined): MediaType {
    const found = known.get(header);
    if (found) return found;
    const mediaType = chooseMediaType(documented, header);
    const made = { mediaType, json: isJson(mediaType) };
    if (known.size < KEPT) known.set(header, made);
    return made;
  }

  function keep(text: string, read: ReadBody & { mediaType: string }): ReadBody {
    if (bodies.size >= KEPT) bodies = new Map();
    frozen(read.body);
    bodies.set(text, read);
    return read;
  }

  return (request) => {
    if (request.overLimit !== undefined) throw new Refusal("payloadTooLarge", `The body is larger than ${request.overLimit} bytes`);
    const length = request.body?.length ?? 0;
    if (request.body === undefined || length === 0) {
      // Some clients state a media type on every request: nothing to read, nothing to refuse.
      if (!required) return NOTHING;
      throw new Refusal("malformedBody", `The request has no body: send ${documented.join(" or ")}`);
    }
    if (documented.length === 0) throw new Refusal("invalidRequest", `This call takes no body, and ${length} bytes were sent`);
    const encoding = request.headers["content-encoding"] ?? "identity";
    if (encoding.toLowerCase() !== "identity")
      throw new Refusal("unsupportedMediaType", `The content encoding ${encoding} is not taken: send the body as it is`);
    const { mediaType, json } = mediaTypeOf(request.headers["content-type"]);
    const short = json ? shortText(request.body) : undefined;
    const kept = short === undefined ? undefined : bodies.get(short);
    if (kept?.mediaType === mediaType) return kept;
    const text = short ?? decode(request.body);
    if (!json) {
      if (isXml(mediaType)) checkXml(text, roots.get(mediaType) ?? []);
      return { mediaType, body: text, length };
    }
    const body = parseJson(text);
    // Prism takes a null body for an absent one; none of our calls takes either.
    if (body === null) throw new Refusal("invalidRequest", "The body is the JSON value null: send an object");
    const keys = keysOf(body);
    const read = { mediaType, body, only: keys?.length === 1 ? keys[0] : undefined, length };
    return short === undefined ? read : keep(short, read);
  };
}

/** The schema of a body that is taken as this media type. */
export const schemaOf = (document: Obj, operation: Obj, mediaType = ""): unknown =>
  objectAt(objectAt(resolveObject(document, operation["requestBody"]), "content"), mediaType)["schema"];

/** The members of a body that is an object. */
export const keysOf = (body: unknown): string[] | undefined => (isObject(body) ? Object.keys(body) : undefined);

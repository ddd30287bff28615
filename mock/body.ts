/** From the bytes of a request to a value that can be validated. */
import { SaxesParser } from "saxes";
import { isObject, objectAt, resolveObject, type Obj } from "../scripts/document.ts";
import { Refusal } from "./refusal.ts";
import type { MockRequest } from "./types.ts";

export interface ReadBody {
  mediaType?: string;
  body?: unknown;
  length: number;
}

const NOTHING: ReadBody = { length: 0 };

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
  const known = new Map<string | undefined, string>();

  /** The few texts that clients really send are looked at once. */
  function mediaTypeOf(header: string | undefined): string {
    const found = known.get(header) ?? chooseMediaType(documented, header);
    if (known.size < 100) known.set(header, found);
    return found;
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
    const mediaType = mediaTypeOf(request.headers["content-type"]);
    const text = decode(request.body);
    if (!isJson(mediaType)) {
      if (isXml(mediaType)) checkXml(text, roots.get(mediaType) ?? []);
      return { mediaType, body: text, length };
    }
    const body = parseJson(text);
    // Prism takes a null body for an absent one; none of our calls takes either.
    if (body === null) throw new Refusal("invalidRequest", "The body is the JSON value null: send an object");
    return { mediaType, body, length };
  };
}

/** The schema of a body that is taken as this media type. */
export const schemaOf = (document: Obj, operation: Obj, mediaType = ""): unknown =>
  objectAt(objectAt(resolveObject(document, operation["requestBody"]), "content"), mediaType)["schema"];

/** The members of a body that is an object. */
export const keysOf = (body: unknown): string[] | undefined => (isObject(body) ? Object.keys(body) : undefined);

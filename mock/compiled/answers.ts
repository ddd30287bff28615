/** The documented answers of an operation: an example as it stands, and the headers that come with it. */
import { arrayAt, isObject, objectAt, resolveObject, type Obj } from "../../scripts/document.ts";
import { cleanHeader } from "../text.ts";
import type { Wish } from "../types.ts";

export interface Rendered {
  /** Names in lower case. */
  headers: Record<string, string>;
  /** The value of the example itself, not a copy; undefined where the answer has no body. */
  body: unknown;
}

/** Makes a value that fits a schema, or undefined where it cannot. */
export type Sample = (schema: unknown) => unknown;

/** The first example of a header, or of its schema; without one a value is made from the schema. */
function headerValue(document: Obj, header: Obj, sample: Sample): unknown {
  const schema = resolveObject(document, header["schema"]);
  const [example] = Object.values(objectAt(header, "examples"));
  if (example !== undefined) return resolveObject(document, example)["value"];
  return header["example"] ?? arrayAt(schema, "examples")[0] ?? schema["const"] ?? schema["default"] ?? sample(schema);
}

/** Content-Type is the caller's matter; Deprecation is said by the lifecycle. */
const NOT_OURS = /^(content-type|deprecation)$/i;

function headersOf(document: Obj, response: Obj, sample: Sample): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, node] of Object.entries(objectAt(response, "headers"))) {
    if (NOT_OURS.test(name)) continue;
    const value = headerValue(document, resolveObject(document, node), sample);
    if (typeof value === "string" || typeof value === "number") headers[name.toLowerCase()] = cleanHeader(String(value));
  }
  return headers;
}

/** The Media Type Object of an answer. */
const mediaOf = (response: Obj, mediaType: string): Obj => objectAt(objectAt(response, "content"), mediaType);

/** What `render` needs of one answer of an operation. */
export interface Answer {
  headers: Record<string, string>;
  schema(mediaType: string): unknown;
  /** The values of all examples. */
  examples(mediaType: string): unknown[];
  /** By key, the first where no key is given; undefined where there is none. */
  example(mediaType: string, key?: string): unknown;
}

/**
 * @param document the bundle
 * @param operation the Operation Object
 * @param wish which answer
 * @param sample for headers without an example
 * @throws Error when the operation does not document the status: callers ask for documented answers only
 */
export function compileAnswer(document: Obj, operation: Obj, { status }: Wish, sample: Sample): Answer {
  const node = objectAt(operation, "responses")[status];
  if (!isObject(node)) throw new Error(`${String(operation["operationId"])} does not document the status ${status}.`);
  const response = resolveObject(document, node);
  return {
    headers: headersOf(document, response, sample),
    schema: (mediaType) => mediaOf(response, mediaType)["schema"],
    examples: (mediaType) =>
      Object.values(objectAt(mediaOf(response, mediaType), "examples")).map((example) => resolveObject(document, example)["value"]),
    example(mediaType, key) {
      const examples = objectAt(mediaOf(response, mediaType), "examples");
      const chosen = key ?? Object.keys(examples)[0];
      if (chosen === undefined || !(chosen in examples)) return undefined;
      return resolveObject(document, examples[chosen])["value"];
    },
  };
}

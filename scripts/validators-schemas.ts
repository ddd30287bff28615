/** The schemas of a contract's requests, made ready for Ajv: prose taken out, references turned into short names, every target once. */
import { FORMATS } from "../mock/compiled/formats.ts";
import { escapeStep, follow, requestsOf } from "../mock/compiled/requests.ts";
import { STYLES } from "../mock/compiled/styles.ts";
import type { Parameter } from "../mock/compiled/types.ts";
import { isObject, valueAt, type Obj } from "./document.ts";
import { LatchError } from "./errors.ts";

/** Keywords that hold one schema, a list of them, or schemas by name. */
const ONE = new Set(["not", "if", "then", "else", "items", "additionalProperties", "propertyNames", "contains", "unevaluatedProperties"]);
const LIST = new Set(["allOf", "anyOf", "oneOf", "prefixItems"]);
const NAMED = new Set(["properties", "patternProperties", "dependentSchemas"]);
/** Keywords that validate and are copied as they stand. */
const PLAIN =
  /^(type|enum|const|format|pattern|required|dependentRequired|multipleOf|uniqueItems|(min|max)(imum|Length|Items|Properties|Contains)|exclusive(Min|Max)imum)$/;
/** Keywords that would change what a reference means, or that the shim has nothing for. */
const REFUSED = /^(\$id|\$anchor|\$dynamicRef|\$dynamicAnchor|unevaluatedItems|discriminator)$/;

export interface Collected {
  /** The schemas as Ajv gets them, by their short name. */
  schemas: Map<string, Obj | boolean>;
  /** By pointer, the short name of each schema that a request asks for. */
  entries: { [pointer: string]: string };
}

function checkPattern(pattern: unknown, pointer: string): void {
  try {
    new RegExp(String(pattern), "u");
  } catch {
    throw new LatchError(`The pattern ${String(pattern)} at ${pointer} does not compile`, "write it as ECMAScript with the u flag has it");
  }
}

function checkStyle({ name, where, style }: Parameter): void {
  if (STYLES[where].includes(style)) return;
  throw new LatchError(
    `The style ${style} of the ${where} parameter ${name} is not one the mock reads`,
    `write ${STYLES[where].join(" or ")}`,
  );
}

/** One place after another: what a place refers to is put at the end of the list. */
class Collector {
  readonly #document: Obj;
  readonly #names = new Map<string, string>();

  constructor(document: Obj) {
    this.#document = document;
  }

  /** The short name of the schema at a place. Numbers in the order of need: the same document gives the same names. */
  nameOf(pointer: string): string {
    const place = follow(this.#document, pointer);
    const name = this.#names.get(place) ?? `s${this.#names.size}`;
    this.#names.set(place, name);
    return name;
  }

  /** A Map takes what is added while it is walked. */
  schemas(): Map<string, Obj | boolean> {
    const schemas = new Map<string, Obj | boolean>();
    for (const [pointer, name] of this.#names) schemas.set(name, this.#slim(valueAt(this.#document, pointer), pointer));
    return schemas;
  }

  #slim(node: unknown, pointer: string): Obj | boolean {
    if (typeof node === "boolean") return node;
    if (!isObject(node)) throw new LatchError(`There is no schema at ${pointer}`, "correct the reference that leads there");
    const slim: Obj = {};
    for (const [key, value] of Object.entries(node)) {
      const kept = this.#keyword(key, value, `${pointer}/${escapeStep(key)}`);
      if (kept !== undefined) slim[key] = kept;
    }
    return slim;
  }

  #keyword(key: string, value: unknown, pointer: string): unknown {
    if (REFUSED.test(key))
      throw new LatchError(`The keyword ${key} at ${pointer} is not one the mock validates`, "say it with another one");
    if (key === "$ref") return this.nameOf(String(value).replace(/^#/, ""));
    if (key === "pattern") checkPattern(value, pointer);
    if (key === "format" && !Object.hasOwn(FORMATS, String(value))) {
      const known = Object.keys(FORMATS).join(", ");
      throw new LatchError(`The format ${String(value)} at ${pointer} is not one the mock knows`, `write one of ${known}`);
    }
    if (ONE.has(key)) return this.#slim(value, pointer);
    if (LIST.has(key) && Array.isArray(value)) return value.map((item, index) => this.#slim(item, `${pointer}/${index}`));
    if (NAMED.has(key) && isObject(value)) {
      if (key === "patternProperties") Object.keys(value).forEach((pattern) => checkPattern(pattern, pointer));
      return Object.fromEntries(
        Object.entries(value).map(([name, member]) => [name, this.#slim(member, `${pointer}/${escapeStep(name)}`)]),
      );
    }
    return PLAIN.test(key) ? value : undefined;
  }
}

/**
 * @param document a bundle
 * @throws LatchError when a schema uses a format or keyword that the mock has nothing for, or a pattern does not compile
 */
export function collectSchemas(document: Obj): Collected {
  const collector = new Collector(document);
  const entries: Collected["entries"] = {};
  for (const { parameters, bodies } of requestsOf(document)) {
    parameters.forEach(checkStyle);
    for (const { pointer } of [...parameters, ...Object.values(bodies)]) entries[pointer] = collector.nameOf(pointer);
  }
  return { schemas: collector.schemas(), entries };
}

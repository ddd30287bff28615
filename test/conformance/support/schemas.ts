/** Whether a value fits a schema of a bundle: ajv for JSON Schema 2020-12, and a parser for what a schema cannot say of XML. */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { XMLValidator } from "fast-xml-parser";
import { isObject, objectAt, type Obj } from "../../../scripts/document.ts";

/** What is wrong, as sentences; empty where nothing is. */
export type Faults = string[];

export const isXml = (mediaType: string): boolean => /[/+]xml$/.test(mediaType);

/** The key under which ajv knows the whole bundle. */
const BUNDLE = "bundle";

/** A schema that stands somewhere in the bundle, with its references made to start at the bundle. */
function anchored(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(anchored);
  if (!isObject(node)) return node;
  const entries = Object.entries(node).map(([key, value]) => [
    key,
    key === "$ref" && typeof value === "string" ? `${BUNDLE}${value}` : anchored(value),
  ]);
  return Object.fromEntries(entries);
}

export class Schemas {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #compiled = new Map<Obj, ValidateFunction>();

  /** @param document a bundle */
  constructor(document: Obj) {
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(document, BUNDLE);
  }

  /** @param schema a schema of the bundle, or a reference to one */
  check(schema: Obj, value: unknown): Faults {
    const validate = this.#compiled.get(schema) ?? this.#ajv.compile(objectAt({ schema: anchored(schema) }, "schema"));
    this.#compiled.set(schema, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || "/"} ${message ?? "does not fit"}`);
  }

  /**
   * @param mediaType of the body
   * @param media the Media Type Object
   * @param value parsed JSON, or the text of anything else
   */
  checkBody(mediaType: string, media: Obj, value: unknown): Faults {
    const faults = this.check(objectAt(media, "schema"), value);
    if (!isXml(mediaType)) return faults;
    if (typeof value !== "string") return [...faults, "an XML body is a text"];
    const verdict = XMLValidator.validate(value);
    return verdict === true ? faults : [...faults, `line ${verdict.err.line}: ${verdict.err.msg}`];
  }
}

const made = new Map<Obj, Schemas>();

/** The schemas of a bundle, compiled once per test file. */
export function schemasOf(document: Obj): Schemas {
  const schemas = made.get(document) ?? new Schemas(document);
  made.set(document, schemas);
  return schemas;
}

/**
 * What stands where in an OpenAPI 3.1 document. One walk per document finds every object of the specification, and all checks
 * ask this index: fifty rules with their own JSONPaths would walk the document fifty times (and meet `properties` in examples).
 */
/** @import { Node, Obj, Path } from "./types.ts" */
import { isList, isObject } from "./values.js";

export const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** A plain word is one object, `X[]` a list of X, `X{}` a mapping to X, and `*` any key of an object that may also carry `x-` fields. */
/** @type {Record<string, Record<string, string>>} */
const SHAPES = {
  Document: {
    info: "Info",
    servers: "Server[]",
    paths: "Paths",
    webhooks: "PathItem{}",
    components: "Components",
    tags: "Tag[]",
    externalDocs: "ExternalDocs",
  },
  Tag: { externalDocs: "ExternalDocs" },
  Info: { contact: "Contact", license: "License" },
  Server: { variables: "ServerVariable{}" },
  Paths: { "*": "PathItem" },
  PathItem: { parameters: "Parameter[]", servers: "Server[]", ...Object.fromEntries(METHODS.map((method) => [method, "Operation"])) },
  Operation: {
    parameters: "Parameter[]",
    requestBody: "RequestBody",
    responses: "Responses",
    callbacks: "Callback{}",
    servers: "Server[]",
    externalDocs: "ExternalDocs",
  },
  Callback: { "*": "PathItem" },
  RequestBody: { content: "MediaType{}" },
  Responses: { "*": "Response" },
  Response: { headers: "Header{}", content: "MediaType{}", links: "Link{}" },
  Parameter: { schema: "Schema", examples: "Example{}", content: "MediaType{}" },
  Header: { schema: "Schema", examples: "Example{}", content: "MediaType{}" },
  MediaType: { schema: "Schema", examples: "Example{}", encoding: "Encoding{}" },
  Encoding: { headers: "Header{}" },
  SecurityScheme: { flows: "OAuthFlows" },
  OAuthFlows: { "*": "OAuthFlow" },
  Components: {
    schemas: "Schema{}",
    responses: "Response{}",
    parameters: "Parameter{}",
    examples: "Example{}",
    requestBodies: "RequestBody{}",
    headers: "Header{}",
    securitySchemes: "SecurityScheme{}",
    links: "Link{}",
    callbacks: "Callback{}",
    pathItems: "PathItem{}",
  },
  Schema: {
    externalDocs: "ExternalDocs",
    ...Object.fromEntries(["properties", "patternProperties", "dependentSchemas", "$defs"].map((key) => [key, "Schema{}"])),
    ...Object.fromEntries(["allOf", "anyOf", "oneOf", "prefixItems"].map((key) => [key, "Schema[]"])),
    ...Object.fromEntries(["items", "contains", "additionalProperties", "propertyNames", "contentSchema"].map((key) => [key, "Schema"])),
    ...Object.fromEntries(["not", "if", "then", "else", "unevaluatedItems", "unevaluatedProperties"].map((key) => [key, "Schema"])),
  },
};

/** @type {WeakMap<Obj, Map<string, Node[]>>} */
const indexes = new WeakMap();

/**
 * Every object of these kinds (of any kind, where none is named) that is written in the document. A Reference Object is of kind `Reference`,
 * whatever stands behind it; only a Schema stays a Schema, because there `$ref` is one keyword among others.
 * @param {Obj} document
 * @param {...string} kinds
 * @returns {Node[]}
 */
export function nodes(document, ...kinds) {
  let index = indexes.get(document);
  if (!index) {
    index = new Map();
    visit(index, { kind: "Document", value: document, path: [] });
    indexes.set(document, index);
  }
  const found = index;
  return kinds.length === 0 ? [...found.values()].flat() : kinds.flatMap((kind) => found.get(kind) ?? []);
}

/**
 * @param {Map<string, Node[]>} index
 * @param {Node} node
 */
function visit(index, node) {
  const { value, path } = node;
  if ("$ref" in value && node.kind !== "Schema") node.kind = "Reference";
  const known = index.get(node.kind);
  if (known) known.push(node);
  else index.set(node.kind, [node]);
  const shape = SHAPES[node.kind] ?? {};
  for (const [key, child] of Object.entries(value)) {
    const word = shape[key] ?? (key.startsWith("x-") ? undefined : shape["*"]);
    if (word === undefined) continue;
    const kind = word.replace(/\W+$/, "");
    for (const [at, item] of held(word, child, [...path, key])) {
      if (isObject(item)) visit(index, { kind, value: item, path: at, parent: node });
    }
  }
}

/**
 * @param {string} word
 * @param {unknown} value
 * @param {Path} path
 * @returns {[Path, unknown][]}
 */
function held(word, value, path) {
  if (word.endsWith("[]")) return isList(value) ? value.map((item, i) => [[...path, i], item]) : [];
  if (word.endsWith("{}")) return isObject(value) ? Object.entries(value).map(([key, item]) => [[...path, key], item]) : [];
  return [[path, value]];
}

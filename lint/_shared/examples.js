/** Examples wherever OpenAPI 3.1 keeps them. */
/** @import { Found, Obj } from "./types.ts" */
import { nodes } from "./nodes.js";
import { isObject, listAt, objectAt, resolveObject } from "./values.js";

/**
 * Whether somebody sees what a parameter or header looks like.
 * @param {Obj} document
 * @param {Obj} node a Parameter or Header Object
 */
export function hasExample(document, node) {
  const holders = [node, ...Object.values(objectAt(node, "content"))];
  if (holders.some((holder) => Object.keys(objectAt(holder, "examples")).length > 0)) return true;
  const schema = resolveObject(document, node["schema"]);
  return listAt(schema, "examples").length > 0 || listAt(schema, "enum").length > 0 || "const" in schema;
}

/**
 * Every value that somebody could copy: Example Objects, and the values that schemas carry.
 * @param {Obj} document
 * @returns {Found[]}
 */
export function exampleValues(document) {
  const written = nodes(document, "Example").map(({ value, path }) => ({ value: value["value"], path: [...path, "value"] }));
  const carried = nodes(document, "Schema").flatMap(({ value, path }) =>
    ["examples", "default", "const", "enum"].filter((key) => key in value).map((key) => ({ value: value[key], path: [...path, key] })),
  );
  return [...written, ...carried];
}

/**
 * All texts inside an example, keys of objects included.
 * @param {Found} example
 * @returns {Iterable<Found & { value: string }>}
 */
export function* textsIn({ value, path }) {
  if (typeof value === "string") yield { value, path };
  else if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* textsIn({ value: item, path: [...path, i] });
  else if (isObject(value)) for (const [key, item] of Object.entries(value)) yield* textsIn({ value: item, path: [...path, key] });
}

/** Schemas by the role they play. */
/** @import { Node, Obj } from "./types.ts" */
import { isList } from "./values.js";

/** Keywords whose subschemas only constrain a value that is described elsewhere. */
const CONSTRAINTS = ["not", "if", "then", "else", "contains", "propertyNames", "dependentSchemas", "allOf", "anyOf", "oneOf"];

/**
 * Whether a schema (or one it stands in) adds to another schema, instead of saying alone what a value is.
 * @param {Node} node
 * @returns {boolean}
 */
export function isConstraint({ path, parent }) {
  if (parent?.kind !== "Schema") return false;
  return CONSTRAINTS.includes(String(path[parent.path.length])) || isConstraint(parent);
}

/**
 * The JSON types a schema names.
 * @param {Obj} schema
 * @returns {unknown[]}
 */
export const typesOf = (schema) => (isList(schema["type"]) ? schema["type"] : [schema["type"]]);

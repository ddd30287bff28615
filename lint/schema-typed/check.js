/** A bare `type: object` becomes Record<string, never> in the generated types, a bare array unknown[], and no type at all anything. */
/** @import { Check, Obj } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";
import { isConstraint, typesOf } from "../_shared/schemas.js";

const COMPOSED = ["$ref", "allOf", "anyOf", "oneOf", "const", "enum"];
const OBJECT = ["properties", "additionalProperties", "patternProperties", "unevaluatedProperties"];

/** @type {Check} */
export default function* check(document) {
  for (const node of nodes(document, "Schema")) {
    const { value, path } = node;
    const says = (/** @type {string[]} */ keywords) => keywords.some((keyword) => keyword in value);
    if (says(COMPOSED) || isConstraint(node) || Object.keys(value).length === 0) continue;
    const types = typesOf(value);
    if (!("type" in value))
      yield { message: "The schema does not say what the value is: add its type, or leave the schema empty where nobody knows.", path };
    if (types.includes("array") && !says(["items", "prefixItems"]))
      yield { message: "The array does not say what is in it: add items.", path };
    if (types.includes("object") && !says(OBJECT)) {
      yield { message: "The object says nothing of its properties: list them, or write additionalProperties: true.", path };
    }
  }
}

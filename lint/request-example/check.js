/** @import { Check } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";
import { objectAt } from "../_shared/values.js";

/** @type {Check} */
export default function* check(document) {
  for (const { value, path, parent } of nodes(document, "MediaType")) {
    if (parent?.kind !== "RequestBody" || Object.keys(objectAt(value, "examples")).length > 0) continue;
    yield { message: `The ${path.at(-1)} request has no examples: add at least one.`, path };
  }
}

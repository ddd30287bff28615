/** A validator then names the missing member, not every branch, and generators in every language cope (docs/contracts.md, "Unions"). */
/** @import { Check } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";
import { resolve } from "../_shared/values.js";

/** @type {Check} */
export default function* check(document) {
  for (const { value, path, parent } of nodes(document, "MediaType")) {
    if (parent?.kind !== "Response") continue;
    const schema = resolve(document, value["schema"], [...path, "schema"]);
    for (const keyword of ["oneOf", "anyOf"]) {
      if (!(keyword in Object(schema.value))) continue;
      yield {
        message: `The answer is a union: write one object, and if/then/else for what belongs together.`,
        path: [...schema.path, keyword],
      };
    }
  }
}

/** One text serves as docs sample, mock answer and test vector, under one key everywhere. */
/** @import { Check } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";
import { objectAt } from "../_shared/values.js";

/** @type {Check} */
export default function* check(document) {
  for (const { value, path, parent } of nodes(document, "MediaType", "Parameter", "Header")) {
    // The stamp writes the one example of a pinned header, and the refusal that names the permission of the call.
    if ("x-pin" in value || (parent !== undefined && "x-response" in parent.value)) continue;
    for (const [key, example] of Object.entries(objectAt(value, "examples"))) {
      const ref = objectAt({ example }, "example")["$ref"];
      const at = [...path, "examples", key];
      if (ref === undefined)
        yield { message: `The example ${key} is written inline: move it to examples/${key}.yaml and reference it.`, path: at };
      else if (ref !== `#/components/examples/${key}`)
        yield { message: `The example ${key} is ${ref}: use its own name as the key.`, path: at };
    }
  }
}

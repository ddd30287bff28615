/** @import { Check } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";

/** @type {Check} */
export default function* check(document) {
  for (const { kind, value, path } of nodes(document, "Parameter", "Header", "MediaType", "Schema")) {
    if (!("example" in value)) continue;
    const fix = kind === "Schema" ? "write examples: [...]" : "move it to examples/ and name it in examples";
    yield { message: `The keyword example is not used: ${fix}.`, path: [...path, "example"] };
  }
}

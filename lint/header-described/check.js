/** @import { Check } from "../_shared/types.ts" */
import { hasExample } from "../_shared/examples.js";
import { nodes } from "../_shared/nodes.js";
import { isText } from "../_shared/values.js";

/** @type {Check} */
export default function* check(document) {
  for (const { value, path } of nodes(document, "Header")) {
    const name = path.at(-1);
    if (!isText(value["description"])) yield { message: `The header ${name} has no description: say what it tells.`, path };
    if (!hasExample(document, value)) yield { message: `The header ${name} has no example: add one to its examples.`, path };
  }
}

/** @import { Check } from "../_shared/types.ts" */
import { hasExample } from "../_shared/examples.js";
import { nodes } from "../_shared/nodes.js";
import { isText } from "../_shared/values.js";

/** @type {Check} */
export default function* check(document) {
  for (const { value, path } of nodes(document, "Parameter")) {
    const name = value["name"];
    if (!isText(value["description"])) yield { message: `The parameter ${name} has no description: say what it is for.`, path };
    if (!hasExample(document, value)) yield { message: `The parameter ${name} has no example: add one to its examples.`, path };
  }
}

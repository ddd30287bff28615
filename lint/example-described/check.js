/** @import { Check } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";
import { isText } from "../_shared/values.js";

/** @type {Check} */
export default function* check(document) {
  for (const { value, path } of nodes(document, "Example")) {
    if (!isText(value["summary"])) yield { message: `The example ${path.at(-1)} has no summary: add a few words to choose it by.`, path };
    if (!("value" in value)) yield { message: `The example ${path.at(-1)} has no value: write it here, not elsewhere.`, path };
  }
}

/** @import { Check } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";
import { isText } from "../_shared/values.js";

/** @type {Check} */
export default function* check(document) {
  for (const { value, path } of nodes(document, "SecurityScheme")) {
    if (!isText(value["description"]))
      yield { message: `The scheme ${path.at(-1)} has no description: say how to get the credential.`, path };
  }
}

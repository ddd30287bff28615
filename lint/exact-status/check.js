/** @import { Check } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";

/** @type {Check} */
export default function* check(document) {
  for (const { value, path } of nodes(document, "Responses")) {
    for (const status of Object.keys(value)) {
      if (/^[1-5]\d\d$/.test(status) || status.startsWith("x-")) continue;
      yield { message: `${status} is no exact status: write the ones that the vendor documents.`, path: [...path, status] };
    }
  }
}

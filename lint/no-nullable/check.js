/** @import { Check } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";

/** @type {Check} */
export default function* check(document) {
  for (const { value, path } of nodes(document, "Schema")) {
    if (!("nullable" in value)) continue;
    yield { message: 'nullable means nothing in OpenAPI 3.1: write type: [string, "null"].', path: [...path, "nullable"] };
  }
}

/** @import { Check } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";

/** @type {Check} */
export default function* check(document) {
  for (const { value, path } of nodes(document, "Operation")) {
    const method = String(path.at(-1));
    if (!["get", "head", "delete", "trace"].includes(method) || !("requestBody" in value)) continue;
    yield {
      message: `A ${method.toUpperCase()} request has a body: send it as parameters, or use another method.`,
      path: [...path, "requestBody"],
    };
  }
}

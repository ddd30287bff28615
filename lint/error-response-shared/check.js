/** `generate` writes a 403 out where it can name the permission of the call, and marks it with the name of the shared one. */
/** @import { Check } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";
import { isObject } from "../_shared/values.js";

/** @type {Check} */
export default function* check(document) {
  for (const { value, path } of nodes(document, "Responses")) {
    for (const [status, response] of Object.entries(value)) {
      if (!/^[45]/.test(status) || !isObject(response)) continue;
      if (String(response["$ref"]).startsWith("#/components/responses/") || "x-response" in response) continue;
      yield { message: `The ${status} is written inline: move it to responses/ under the name of its meaning.`, path: [...path, status] };
    }
  }
}

/** Where no 401 is documented, the mock has no answer to a missing credential and makes one up. */
/** @import { Check } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";
import { isObject, listAt, objectAt } from "../_shared/values.js";

/** @type {Check} */
export default function* check(document) {
  for (const { value, path } of nodes(document, "Operation")) {
    const alternatives = "security" in value ? listAt(value, "security") : listAt(document, "security");
    const isOpen = alternatives.length === 0 || alternatives.some((schemes) => isObject(schemes) && Object.keys(schemes).length === 0);
    if (isOpen || "401" in objectAt(value, "responses")) continue;
    yield { message: "The operation needs a credential but documents no 401: add it, or say security: [].", path: [...path, "responses"] };
  }
}

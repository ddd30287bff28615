/** @import { Check } from "../_shared/types.ts" */
import { calls, isCarrier } from "../_shared/calls.js";
import { nodes } from "../_shared/nodes.js";

/** @type {Check} */
export default function* check(document) {
  for (const { id, node } of calls(document)) {
    if ("x-basis" in node.value) continue;
    yield { message: `The call ${id} has no x-basis: write documented, edition, observed or inferred.`, path: node.path };
  }
  for (const operation of nodes(document, "Operation")) {
    if (!("x-basis" in operation.value) || !isCarrier(document, operation)) continue;
    yield { message: "The operation only carries actions: leave x-basis to them.", path: [...operation.path, "x-basis"] };
  }
}

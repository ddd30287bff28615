/** @import { Check } from "../_shared/types.ts" */
import { calls, isCarrier } from "../_shared/calls.js";
import { nodes } from "../_shared/nodes.js";
import { isObject } from "../_shared/values.js";

const WAYS = ["main", "role", "none"];

/** @type {Check} */
export default function* check(document) {
  for (const { id, node } of calls(document)) {
    const permissions = node.value["x-permissions"];
    if (!isObject(permissions)) {
      yield { message: `The call ${id} has no x-permissions: say main, role or none.`, path: node.path };
      continue;
    }
    const path = [...node.path, "x-permissions"];
    const given = WAYS.filter((way) => way in permissions);
    if (given.length !== 1)
      yield { message: `The permission of ${id} is ${given.join(" and ") || "neither main, role nor none"}: say exactly one.`, path };
    if (!("basis" in permissions)) yield { message: `The permission of ${id} has no basis: say how we know.`, path };
  }
  for (const operation of nodes(document, "Operation")) {
    if (!("x-permissions" in operation.value) || !isCarrier(document, operation)) continue;
    yield { message: "The operation only carries actions: leave x-permissions to them.", path: [...operation.path, "x-permissions"] };
  }
}

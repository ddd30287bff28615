/** A client repeats what is marked, so the mark stands where a call stands, and nowhere by habit. */
/** @import { Check } from "../_shared/types.ts" */
import { calls, isCarrier } from "../_shared/calls.js";
import { nodes } from "../_shared/nodes.js";
import { isObject } from "../_shared/values.js";

/** Methods that change nothing (RFC 9110, 9.2.1). */
const SAFE = ["get", "head", "options", "trace"];

/** @type {Check} */
export default function* check(document) {
  for (const { id, node } of calls(document)) {
    if (!("x-repeatable" in node.value)) continue;
    const path = [...node.path, "x-repeatable"];
    const mark = node.value["x-repeatable"];
    if (SAFE.includes(String(node.path.at(-1))))
      yield { message: `The call ${id} reads, and is repeatable by its method: remove x-repeatable.`, path };
    else if (!isObject(mark) || !("basis" in mark)) yield { message: `The mark of ${id} has no basis: say how we know.`, path };
  }
  for (const node of nodes(document, "Operation", "Schema")) {
    const isCall = node.kind === "Schema" ? "x-call" in node.value : !isCarrier(document, node);
    if ("x-repeatable" in node.value && !isCall)
      yield {
        message: "This is no call: move x-repeatable to an action, or to an operation without any.",
        path: [...node.path, "x-repeatable"],
      };
  }
}

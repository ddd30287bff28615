/** The list of actions exists twice (properties of the body, examples of the request) beside the files; here they are compared. */
/** @import { Action, Check, Finding, Node, Obj } from "../_shared/types.ts" */
import { actions, actionsOf, bodies, requestExamples } from "../_shared/calls.js";
import { nodes } from "../_shared/nodes.js";
import { isObject, listAt, objectAt, resolveObject } from "../_shared/values.js";

/** @type {Check} */
export default function* check(document) {
  const operations = nodes(document, "Operation");
  for (const operation of operations) {
    const taken = actionsOf(document, operation);
    if (taken.length === 0) continue;
    const at = [...operation.path, "requestBody"];
    const keys = bodies(document, operation).flatMap(({ value }) => Object.keys(objectAt(value, "properties")));
    const plain = keys.filter((key) => taken.every((action) => action.key !== key));
    if (plain.length > 0) yield { message: `The keys ${plain.join(", ")} beside actions select no call: give each an x-call.`, path: at };
    const claimed = new Set(taken.flatMap(({ value }) => listAt(objectAt(value, "x-call"), "request")));
    const idle = Object.keys(requestExamples(document, operation)).filter((key) => !claimed.has(key));
    if (idle.length > 0)
      yield { message: `No action sends the request examples ${idle.join(", ")}: add them to an x-call.request.`, path: at };
    for (const action of taken) yield* unsent(document, operation, action);
  }
  for (const { value, path } of actions(document)) {
    const count = operations.filter((operation) => actionsOf(document, operation).some((action) => action.value === value)).length;
    if (count !== 1)
      yield { message: `${count || "No"} operations take this action: make it a property of exactly one request body.`, path };
  }
}

/**
 * @param {Obj} document
 * @param {Node} operation
 * @param {Action} action
 * @returns {Iterable<Finding>}
 */
function* unsent(document, operation, { key, value, path }) {
  const own = objectAt(value, "x-call");
  const names = listAt(own, "request").map(String);
  const at = "request" in own ? [...path, "x-call", "request"] : [...path, "x-call"];
  if (names.length === 0) yield { message: `The action ${key} has no request example: list at least one in x-call.request.`, path: at };
  const examples = requestExamples(document, operation);
  for (const name of names) {
    const sent = resolveObject(document, examples[name])["value"];
    if (!(name in examples)) yield { message: `The operation has no request example ${name}: add it there, or mend the key.`, path: at };
    else if (!isObject(sent) || !(key in sent))
      yield { message: `The example ${name} does not send ${key}: move it to the action it sends.`, path: at };
  }
}

/** The mock gives these answers and the conformance suite expects them: a status or key that does not exist could never be given. */
/** @import { Check, Finding, Obj, Path } from "../_shared/types.ts" */
import { actions, actionsOf } from "../_shared/calls.js";
import { nodes } from "../_shared/nodes.js";
import { isList, isObject, objectAt, resolveObject } from "../_shared/values.js";

/** @type {Check} */
export default function* check(document) {
  const operations = nodes(document, "Operation");
  for (const { value, path } of actions(document)) {
    const own = objectAt(value, "x-call");
    const carrier = operations.find((operation) => actionsOf(document, operation).some((action) => action.value === value));
    const answers = Object.entries(objectAt(own, "responses"));
    const at = [...path, "x-call", "responses"];
    if (!answers.some(([status, answer]) => status.startsWith("2") && answer !== "never")) {
      yield {
        message: `The call ${own["id"]} never succeeds: list each 2xx it gives, as empty or with example keys.`,
        path: "responses" in own ? at : at.slice(0, -1),
      };
    }
    // action-in-request reports an action that no operation takes.
    if (!carrier) continue;
    for (const [status, answer] of answers) yield* unknown(document, objectAt(carrier.value, "responses")[status], answer, [...at, status]);
  }
}

/**
 * @param {Obj} document
 * @param {unknown} response of the operation, under the same status
 * @param {unknown} answer what the action says about it
 * @param {Path} path
 * @returns {Iterable<Finding>}
 */
function* unknown(document, response, answer, path) {
  const status = path.at(-1);
  if (!isObject(response)) {
    yield { message: `The operation documents no ${status}: add it there, or leave it out here.`, path };
  } else if (isList(answer)) {
    const content = objectAt(resolveObject(document, response), "content");
    const keys = Object.values(content).flatMap((media) => Object.keys(objectAt(media, "examples")));
    for (const [i, key] of answer.entries()) {
      if (keys.includes(String(key))) continue;
      yield {
        message: `The ${status} has no example ${key}: choose from ${keys.join(", ") || "none, for it has no content"}.`,
        path: [...path, i],
      };
    }
  }
}

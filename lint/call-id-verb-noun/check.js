/** The id becomes the name of a function in the clients: `lockServer()`. */
/** @import { Check } from "../_shared/types.ts" */
import { actions } from "../_shared/calls.js";
import { nodes } from "../_shared/nodes.js";
import { objectAt } from "../_shared/values.js";

/** @type {Check<{ verbs: string[] }>} */
export default function* check(document, { verbs }) {
  const pattern = new RegExp(`^(${verbs.join("|")})([A-Z][a-z0-9]*)+$`);
  for (const { value, path } of nodes(document, "Operation")) {
    const id = value["operationId"];
    // Redocly reports an operation without an id.
    if (id !== undefined && !pattern.test(String(id))) yield { message: sentence(id, verbs), path: [...path, "operationId"] };
  }
  for (const { value, path } of actions(document)) {
    const id = objectAt(value, "x-call")["id"];
    if (id === undefined) yield { message: "The action has no id: add one such as lockServer.", path: [...path, "x-call"] };
    else if (!pattern.test(String(id))) yield { message: sentence(id, verbs), path: [...path, "x-call", "id"] };
  }
}

/**
 * @param {unknown} id
 * @param {string[]} verbs
 */
const sentence = (id, verbs) =>
  `${id} is not a known verb and a noun in camelCase: begin with one of ${verbs.join(", ")}, or add the verb to lint/call-id-verb-noun/rule.yaml.`;

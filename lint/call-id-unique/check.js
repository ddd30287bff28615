/** Redocly compares operationIds with each other; it cannot know that x-call.id is one of the family. */
/** @import { Check } from "../_shared/types.ts" */
import { actions } from "../_shared/calls.js";
import { nodes } from "../_shared/nodes.js";
import { objectAt } from "../_shared/values.js";

/** @type {Check} */
export default function* check(document) {
  const taken = new Set(nodes(document, "Operation").map(({ value }) => value["operationId"]));
  for (const { value, path } of actions(document)) {
    const id = objectAt(value, "x-call")["id"];
    if (taken.has(id))
      yield { message: `Another call has the id ${id} already: name this one differently.`, path: [...path, "x-call", "id"] };
    taken.add(id);
  }
}

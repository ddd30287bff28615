/** @import { Check } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";
import { isConstraint } from "../_shared/schemas.js";
import { isText, objectAt, resolveObject } from "../_shared/values.js";

/** @type {Check} */
export default function* check(document) {
  for (const node of nodes(document, "Schema")) {
    for (const [name, property] of Object.entries(objectAt(node.value, "properties"))) {
      const described = [objectAt({ property }, "property"), resolveObject(document, property)].some((schema) =>
        isText(schema["description"]),
      );
      // A branch that narrows a property (`if`, `not`, `oneOf`) need not describe it again; one that adds a property must.
      if (described || (isConstraint(node) && !addsProperty(node, name))) continue;
      yield { message: `The property ${name} has no description: say what it means.`, path: [...node.path, "properties", name] };
    }
  }
}

/**
 * @param {import("../_shared/types.ts").Node} node
 * @param {string} name
 * @returns {boolean} whether no schema around it has the property
 */
function addsProperty(node, name) {
  const around = node.parent;
  return around?.kind !== "Schema" || (!(name in objectAt(around.value, "properties")) && addsProperty(around, name));
}

/** A suffix such as `-2` comes from the bundler: two files of one contract share a name, and one of them lost it. */
/** @import { Check } from "../_shared/types.ts" */
import { actionsOf } from "../_shared/calls.js";
import { nodes } from "../_shared/nodes.js";
import { isObject, objectAt } from "../_shared/values.js";

const PASCAL = { name: "PascalCase", pattern: /^[A-Z][A-Za-z0-9]*$/ };
const CAMEL = { name: "camelCase", pattern: /^[a-z][A-Za-z0-9]*$/ };
const KEBAB = { name: "kebab-case", pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/ };

/** @type {Check} */
export default function* check(document) {
  for (const { key, path } of nodes(document, "Operation").flatMap((operation) => actionsOf(document, operation))) {
    if (path.length === 3 && path[2] !== key)
      yield { message: `The action ${path[2]} is selected by ${key}: call its file ${key}.yaml.`, path };
  }
  for (const [room, components] of Object.entries(objectAt(document, "components"))) {
    const style = room === "examples" ? KEBAB : room === "securitySchemes" ? CAMEL : PASCAL;
    for (const [name, component] of Object.entries(isObject(components) ? components : {})) {
      if (style.pattern.test(name) || (isObject(component) && "x-call" in component)) continue;
      yield { message: `${name} in ${room} is not ${style.name}: rename its file.`, path: ["components", room, name] };
    }
  }
}

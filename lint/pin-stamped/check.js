/** `x-pin` is shared by all versions; only the bundle knows which one it is, so only there can this be seen. */
/** @import { Check } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";
import { objectAt, resolveObject } from "../_shared/values.js";

/** @type {Check} */
export default function* check(document) {
  const version = String(objectAt(document, "info")["version"]);
  for (const { value, path } of nodes(document, "Parameter")) {
    const template = value["x-pin"];
    if (typeof template !== "string") continue;
    const pinned = template.replace("{version}", version);
    const schema = resolveObject(document, value["schema"]);
    if (schema["const"] !== pinned)
      yield { message: `The schema does not pin "${pinned}": run npm run generate.`, path: [...path, "x-pin"] };
    const examples = Object.values(objectAt(value, "examples")).map((example) => resolveObject(document, example)["value"]);
    if (examples.some((example) => example !== pinned)) {
      yield { message: `An example is another version's: write "${pinned}".`, path: [...path, "examples"] };
    }
  }
}

/** With such bounds no value fits, so every request is refused and every answer is wrong. */
/** @import { Check } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";

const PAIRS = [
  ["minLength", "maxLength"],
  ["minItems", "maxItems"],
  ["minProperties", "maxProperties"],
  ["minContains", "maxContains"],
  ["minimum", "maximum"],
];

/** @type {Check} */
export default function* check(document) {
  for (const { value, path } of nodes(document, "Schema")) {
    for (const [least = "", most = ""] of PAIRS) {
      const [low, high] = [value[least], value[most]];
      if (typeof low !== "number" || typeof high !== "number" || low <= high) continue;
      yield { message: `${least} ${low} is more than ${most} ${high}: swap or mend them.`, path: [...path, least] };
    }
  }
}

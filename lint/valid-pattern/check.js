/** @import { Check } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";
import { objectAt } from "../_shared/values.js";

/** @type {Check} */
export default function* check(document) {
  for (const { value, path } of nodes(document, "Schema")) {
    const own = "pattern" in value ? [{ pattern: String(value["pattern"]), at: [...path, "pattern"] }] : [];
    const keys = Object.keys(objectAt(value, "patternProperties")).map((pattern) => ({
      pattern,
      at: [...path, "patternProperties", pattern],
    }));
    for (const { pattern, at } of [...own, ...keys]) {
      const broken = complaint(pattern);
      if (broken) yield { message: `The pattern does not compile (${broken}): mend it.`, path: at };
    }
  }
}

/** @param {string} pattern */
function complaint(pattern) {
  try {
    new RegExp(pattern, "u");
  } catch (error) {
    return String(error).replace(/^.*: /, "");
  }
}

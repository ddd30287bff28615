/** The generated type must refuse two actions at once, and the mock must know which one is meant. */
/** @import { Check } from "../_shared/types.ts" */
import { bodies, isCarrier } from "../_shared/calls.js";
import { nodes } from "../_shared/nodes.js";

/** @type {[string, unknown][]} */
const ONE_KEY = [
  ["type", "object"],
  ["minProperties", 1],
  ["maxProperties", 1],
  ["additionalProperties", false],
];

/** @type {Check} */
export default function* check(document) {
  for (const operation of nodes(document, "Operation")) {
    if (!isCarrier(document, operation)) continue;
    for (const { value, path } of bodies(document, operation)) {
      for (const [keyword, wanted] of ONE_KEY) {
        if (value[keyword] === wanted) continue;
        yield {
          message: `The body that selects an action has no ${keyword}: ${wanted}: write it.`,
          path: keyword in value ? [...path, keyword] : path,
        };
      }
    }
  }
}

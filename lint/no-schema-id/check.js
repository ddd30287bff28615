/** `$id` moves the base of every reference below it, and bundlers, Prism and ajv disagree about where to. */
/** @import { Check } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";

const KEYWORDS = ["$id", "$schema", "$anchor", "$dynamicAnchor", "$dynamicRef", "$recursiveRef", "$vocabulary"];

/** @type {Check} */
export default function* check(document) {
  for (const { value, path } of nodes(document, "Schema")) {
    for (const keyword of KEYWORDS) {
      if (keyword in value)
        yield { message: `The schema has ${keyword}: remove it and refer to it by its place.`, path: [...path, keyword] };
    }
  }
}

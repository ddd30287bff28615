/** @import { Check } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";

/** @type {Check} */
export default function* check(document) {
  for (const { value, path } of nodes(document, "Schema")) {
    if (!("discriminator" in value)) continue;
    yield {
      message: "A discriminator is written: let the branches of oneOf exclude each other by const or required.",
      path: [...path, "discriminator"],
    };
  }
}

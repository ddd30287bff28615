/** @import { Check } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";

// A relative URL inherits the scheme of the page it is read on.
const SAFE = /^(https:\/\/|\/|http:\/\/(localhost|127\.0\.0\.1)([:/]|$))/;

/** @type {Check} */
export default function* check(document) {
  for (const { value, path } of nodes(document, "Server")) {
    if (SAFE.test(String(value["url"]))) continue;
    yield { message: `The server ${value["url"]} is not reached over HTTPS: write https://.`, path: [...path, "url"] };
  }
}

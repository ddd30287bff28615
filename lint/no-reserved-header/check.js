/** OpenAPI 3.1, Parameter Object, `name`: such a definition "SHALL be ignored"; so is a response header Content-Type. */
/** @import { Check } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";

const HOMES = new Map([
  ["authorization", "a security scheme"],
  ["accept", "the content of the responses"],
  ["content-type", "the content"],
]);

/** @type {Check} */
export default function* check(document) {
  for (const { value, path } of nodes(document, "Parameter")) {
    const home = HOMES.get(String(value["name"]).toLowerCase());
    if (value["in"] !== "header" || home === undefined) continue;
    yield { message: `${value["name"]} is ignored as a parameter: express it by ${home}.`, path };
  }
  for (const { value, path } of nodes(document, "Response")) {
    const name = Object.keys(Object(value["headers"])).find((key) => key.toLowerCase() === "content-type");
    if (name) yield { message: `${name} is ignored as a response header: express it by the content.`, path: [...path, "headers", name] };
  }
}

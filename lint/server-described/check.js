/** @import { Check } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";
import { isText } from "../_shared/values.js";

/** @type {Check} */
export default function* check(document) {
  for (const { kind, value, path } of nodes(document, "Server", "ServerVariable")) {
    if (isText(value["description"])) continue;
    const what = kind === "Server" ? `The server ${value["url"]}` : `The server variable ${path.at(-1)}`;
    yield { message: `${what} has no description: say what it stands for.`, path };
  }
}

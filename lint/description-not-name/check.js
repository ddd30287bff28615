/** `server_id: The server ID.` is a description for the linter, not for the reader. */
/** @import { Check } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";
import { isObject, isText, objectAt } from "../_shared/values.js";
import { news } from "../_shared/words.js";

/** @type {Check} */
export default function* check(document) {
  const properties = nodes(document, "Schema").flatMap(({ value, path }) =>
    Object.entries(objectAt(value, "properties")).map(([name, property]) => ({
      name,
      value: property,
      path: [...path, "properties", name],
    })),
  );
  const parameters = nodes(document, "Parameter").map(({ value, path }) => ({ name: String(value["name"]), value, path }));
  const headers = nodes(document, "Header").map(({ value, path }) => ({ name: String(path.at(-1)), value, path }));
  for (const { name, value, path } of [...properties, ...parameters, ...headers]) {
    const description = isObject(value) ? value["description"] : undefined;
    if (!isText(description) || news(description, name) > 0) continue;
    yield { message: `The description of ${name} only repeats the name: say what it means.`, path: [...path, "description"] };
  }
}

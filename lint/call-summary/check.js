/** @import { Check } from "../_shared/types.ts" */
import { actions } from "../_shared/calls.js";
import { nodes } from "../_shared/nodes.js";
import { isText, objectAt } from "../_shared/values.js";

const LONGEST = 60;

/** @type {Check} */
export default function* check(document) {
  const operations = nodes(document, "Operation").filter(({ value }) => "summary" in value); // Redocly asks for the missing ones.
  const named = actions(document).map(({ value, path }) => ({ value: objectAt(value, "x-call"), path: [...path, "x-call"] }));
  for (const { value, path } of [...operations, ...named]) {
    const summary = value["summary"];
    const at = [...path, "summary"];
    if (!isText(summary)) yield { message: "The call has no summary: add a heading of a few words.", path };
    else if (summary.length > LONGEST) yield { message: `The summary has ${summary.length} characters: keep it to ${LONGEST}.`, path: at };
    else if (summary.endsWith(".")) yield { message: "The summary ends with a full stop, like a sentence: remove it.", path: at };
  }
}

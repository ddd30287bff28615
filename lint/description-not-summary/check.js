/** A summary is half a sentence already, so a description of it owes two words of news; a title is only a name, and owes it one. */
/** @import { Check } from "../_shared/types.ts" */
import { actions } from "../_shared/calls.js";
import { nodes } from "../_shared/nodes.js";
import { isText, objectAt } from "../_shared/values.js";
import { news } from "../_shared/words.js";

/** @type {Check} */
export default function* check(document) {
  const headed = nodes(document, "Info", "PathItem", "Operation", "Example", "Schema").flatMap(({ value, path }) => [
    { heading: value["summary"], owed: 2, value, path },
    { heading: value["title"], owed: 1, value, path },
  ]);
  const named = actions(document).map(({ value, path }) => ({ heading: objectAt(value, "x-call")["summary"], owed: 2, value, path }));
  for (const { heading, owed, value, path } of [...headed, ...named]) {
    const description = value["description"];
    if (!isText(heading) || !isText(description) || news(description, heading) >= owed) continue;
    yield {
      message: `The description only repeats "${heading}": say what that does not, or leave it out.`,
      path: [...path, "description"],
    };
  }
}

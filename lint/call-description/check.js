/** @import { Check } from "../_shared/types.ts" */
import { actions } from "../_shared/calls.js";
import { nodes } from "../_shared/nodes.js";
import { isText } from "../_shared/values.js";

const MOST = 6;

/** @type {Check} */
export default function* check(document) {
  for (const { value, path } of [...nodes(document, "Operation"), ...actions(document)]) {
    const description = value["description"];
    const at = [...path, "description"];
    if (!isText(description)) yield { message: "The call has no description: say what the summary does not.", path };
    else if (!description.trim().endsWith("."))
      yield { message: "The description does not end with a full stop: finish the sentence.", path: at };
    else if (sentences(description) > MOST) {
      yield {
        message: `The description has ${sentences(description)} sentences: keep it to ${MOST} and move the rest to the README.`,
        path: at,
      };
    }
  }
}

/**
 * Stops in code and in abbreviations end no sentence.
 * @param {string} text
 */
const sentences = (text) => [...text.replace(/`[^`]*`|\b(e\.g|i\.e|etc|vs)\./g, "x").matchAll(/[.!?](\s|$)/g)].length;

/** The README's table of questions says which reading was chosen, and what would flip it. */
/** @import { Check, Finding, Path } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";
import { isObject } from "../_shared/values.js";

const QUESTION = /^Q\d+$/;

/** @type {Check} */
export default function* check(document) {
  for (const { value, path } of nodes(document)) {
    if (value["x-basis"] === "inferred" && !QUESTION.test(String(value["x-question"]))) {
      yield { message: "It is inferred without a question: add x-question: Q1 and a row to the README.", path: [...path, "x-basis"] };
    }
    for (const [key, field] of Object.entries(value)) if (key.startsWith("x-")) yield* inside(field, [...path, key]);
  }
}

/**
 * Our own fields (x-permissions, x-lifecycle, the entries of x-faults) say basis and question without the prefix.
 * @param {unknown} field
 * @param {Path} path
 * @returns {Iterable<Finding>}
 */
function* inside(field, path) {
  if (!isObject(field)) return;
  if (field["basis"] === "inferred" && !QUESTION.test(String(field["question"]))) {
    yield { message: "It is inferred without a question: add question: Q1 and a row to the README.", path: [...path, "basis"] };
  }
  for (const [key, value] of Object.entries(field)) yield* inside(value, [...path, key]);
}

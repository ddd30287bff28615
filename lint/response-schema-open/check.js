/** The vendor may add a field any day; a client that validates answers must not break over it. */
/** @import { Check, Obj } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";
import { resolveObject } from "../_shared/values.js";

const CLOSERS = ["additionalProperties", "unevaluatedProperties"];

/** @type {Check} */
export default function* check(document) {
  const answered = reach(document);
  for (const { value, path } of nodes(document, "Schema")) {
    for (const keyword of CLOSERS) {
      if (value[keyword] !== false || !answered.has(value)) continue;
      yield {
        message: `The answer refuses unknown properties: remove ${keyword}, or give the request a schema of its own.`,
        path: [...path, keyword],
      };
    }
  }
}

/**
 * @param {Obj} document
 * @returns {Set<Obj>} the schemas that describe a part of an answer, through references too
 */
function reach(document) {
  /** @type {Map<Obj | undefined, Obj[]>} */
  const children = new Map();
  for (const { value, parent } of nodes(document, "Schema")) {
    const siblings = children.get(parent?.value);
    if (siblings) siblings.push(value);
    else children.set(parent?.value, [value]);
  }
  const answers = nodes(document, "MediaType").filter(({ parent }) => parent?.kind === "Response");
  const reached = new Set(answers.flatMap(({ value }) => children.get(value) ?? []));
  // A Set that grows while it is read is read to its end.
  for (const schema of reached) {
    for (const child of children.get(schema) ?? []) reached.add(child);
    reached.add(resolveObject(document, schema));
  }
  return reached;
}

/** A fingerprint of what a contract promises: `paths` and `components` without prose, so that mending a sentence changes nothing. */
import { createHash } from "node:crypto";
import { isObject, type Obj } from "../../../scripts/document.ts";

/** Prose and evidence, and what we learn about a surface without changing it. Permissions and the stamped lifecycle stay: clients act on them. */
const PROSE = new Set(["summary", "description", "title", "examples", "x-basis", "x-question", "tags", "x-repeatable", "x-microversion"]);
/** Within a permission: how we know it. */
const EVIDENCE = new Set(["basis", "question"]);
/** Maps whose keys are names that somebody chose: there a "title" is a field of a body, and no prose. */
const NAMES = new Set([
  ...["properties", "patternProperties", "dependentSchemas", "dependentRequired", "$defs", "variables"],
  ...["schemas", "responses", "parameters", "requestBodies", "headers", "securitySchemes", "pathItems", "content", "paths"],
]);
/** Values that are data of the wire, kept to the letter. */
const LITERAL = new Set(["const", "enum", "default"]);

/** `{ none: why }` says that there is none, the reason is prose. */
const permissionOf = (value: Obj): Obj =>
  Object.fromEntries(Object.entries(value).flatMap(([key, own]) => (EVIDENCE.has(key) ? [] : [[key, key === "none" ? true : own]])));

/** Which examples a call can give is prose, whether it gives a body is not. */
function callOf({ id, responses }: Obj): Obj {
  const answers = isObject(responses) ? responses : {};
  return { id, responses: Object.fromEntries(Object.entries(answers).map(([status, own]) => [status, Array.isArray(own) ? "body" : own])) };
}

/**
 * @param node any part of a bundle
 * @param names whether its keys are names that somebody chose
 * @returns a copy with sorted keys and without prose
 */
function bare(node: unknown, names = false): unknown {
  if (Array.isArray(node)) return node.map((item) => bare(item));
  if (!isObject(node)) return node;
  const entries = Object.entries(node).filter(([key]) => names || !PROSE.has(key));
  const kept = entries.map(([key, value]): [string, unknown] => {
    if (names) return [key, bare(value)];
    if (LITERAL.has(key)) return [key, value];
    if (key === "x-permissions" && isObject(value)) return [key, permissionOf(value)];
    if (key === "x-call" && isObject(value)) return [key, callOf(value)];
    return [key, bare(value, NAMES.has(key))];
  });
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * @param document a bundle
 * @returns sha256 in hex. The order of keys does not matter, nor do the address and the lifecycle of the root: the same surface at another
 *   address has the same fingerprint
 */
export function fingerprint(document: Obj): string {
  const { paths, components, security } = document;
  return createHash("sha256")
    .update(JSON.stringify(bare({ paths, components, security })))
    .digest("hex");
}

/** A misspelt keyword validates nothing, and no validator of ours complains. */
/** @import { Check } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";

const KEYWORDS = new Set(
  `$ref $defs $comment type const enum allOf anyOf oneOf not if then else properties patternProperties additionalProperties
  propertyNames dependentSchemas dependentRequired unevaluatedProperties required minProperties maxProperties items prefixItems
  contains minContains maxContains unevaluatedItems minItems maxItems uniqueItems minimum maximum exclusiveMinimum
  exclusiveMaximum multipleOf minLength maxLength pattern format contentEncoding contentMediaType contentSchema title
  description default examples deprecated readOnly writeOnly externalDocs xml`.split(/\s+/),
);
/** Words that other rules say more about. */
const ELSEWHERE = new Set(
  "nullable discriminator example $id $schema $anchor $dynamicRef $dynamicAnchor $recursiveRef $vocabulary".split(" "),
);

/** @type {Check} */
export default function* check(document) {
  for (const { value, path } of nodes(document, "Schema")) {
    for (const keyword of Object.keys(value)) {
      if (KEYWORDS.has(keyword) || ELSEWHERE.has(keyword) || keyword.startsWith("x-")) continue;
      yield { message: `${keyword} is no keyword of JSON Schema: ${advice(keyword)}.`, path: [...path, keyword] };
    }
  }
}

/** @param {string} keyword */
function advice(keyword) {
  const edits = (/** @type {string} */ known) => distance(known.toLowerCase(), keyword.toLowerCase());
  const [nearest = ""] = [...KEYWORDS].sort((one, other) => edits(one) - edits(other));
  return edits(nearest) <= 2 ? `write ${nearest}` : "remove it";
}

/**
 * Edits between two words (Levenshtein).
 * @param {string} one
 * @param {string} other
 */
function distance(one, other) {
  let row = [0, ...[...other].map((_, i) => i + 1)];
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (const [j, against] of [...other].entries()) {
      const swap = Number(row[j]) + (letter === against ? 0 : 1);
      next.push(Math.min(Number(next[j]) + 1, Number(row[j + 1]) + 1, swap));
    }
    row = next;
  }
  return Number(row.at(-1));
}

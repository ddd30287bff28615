/** @import { Check, Finding, Path } from "../_shared/types.ts" */
import { exampleValues } from "../_shared/examples.js";
import { isList, isObject } from "../_shared/values.js";

/** @type {Check} */
export default function* check(document) {
  for (const { value, path } of exampleValues(document)) yield* refsIn(value, path);
}

/**
 * @param {unknown} value
 * @param {Path} path
 * @returns {Iterable<Finding>}
 */
function* refsIn(value, path) {
  if (isList(value)) for (const [i, item] of value.entries()) yield* refsIn(item, [...path, i]);
  else if (isObject(value)) {
    if ("$ref" in value)
      yield { message: "A $ref in a value is not followed: reference the whole example instead.", path: [...path, "$ref"] };
    for (const [key, item] of Object.entries(value)) yield* refsIn(item, [...path, key]);
  }
}

/** Redocly validates the examples of a parameter only where they are written out, not where they are a reference; ours are files. */
/** @import { Check, Finding, Found, Node } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";
import { createValidator } from "../_shared/validator.js";
import { objectAt, pointer, resolve } from "../_shared/values.js";

/** @type {Check} */
export default function* check(document) {
  /** @type {ReturnType<typeof createValidator> | undefined} */
  let validator;
  for (const node of [...nodes(document, "Parameter"), ...nodes(document, "Header")]) {
    // pin-stamped speaks of the header that chooses a version.
    if ("x-pin" in node.value) continue;
    for (const [key, entry] of Object.entries(objectAt(node.value, "examples"))) {
      const example = resolve(document, entry);
      validator ??= createValidator().addSchema(JSON.parse(JSON.stringify(document)), "bundle");
      yield* misfit(validator, node, key, example);
    }
  }
}

/**
 * @param {ReturnType<typeof createValidator>} validator
 * @param {Node} node a parameter or header
 * @param {string} key of the example
 * @param {Found} example
 * @returns {Iterable<Finding>}
 */
function* misfit(validator, { path }, key, { value: example, path: at }) {
  try {
    const validate = validator.compile({ $ref: `bundle#${pointer([...path, "schema"])}` });
    if (validate(JSON.parse(JSON.stringify(Object(example).value)))) return;
    yield { message: `The example ${key} ${validate.errors?.[0]?.message}: correct it, or the schema.`, path: [...at, "value"] };
  } catch {
    // Without a schema or a value there is nothing to fit (example-described asks for the value); valid-pattern and Redocly say what is wrong with one that does not compile.
  }
}

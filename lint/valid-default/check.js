/** Redocly validates examples, not defaults; a client that sends the documented default must not be refused. */
/** @import { Check, Finding, Node } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";
import { createValidator } from "../_shared/validator.js";
import { pointer } from "../_shared/values.js";

/** @type {Check} */
export default function* check(document) {
  /** @type {ReturnType<typeof createValidator> | undefined} */
  let validator;
  for (const node of nodes(document, "Schema")) {
    if (!("default" in node.value)) continue;
    // A copy: the linter keeps the keys of its document in order by means of proxies, which the validator is slow on.
    validator ??= createValidator().addSchema(JSON.parse(JSON.stringify(document)), "bundle");
    yield* misfit(validator, node);
  }
}

/**
 * @param {ReturnType<typeof createValidator>} validator
 * @param {Node} node a schema with a default
 * @returns {Iterable<Finding>}
 */
function* misfit(validator, { value, path }) {
  const text = JSON.stringify(value["default"]);
  try {
    const validate = validator.compile({ $ref: `bundle#${pointer(path)}` });
    if (validate(value["default"])) return;
    yield { message: `The default ${text} ${validate.errors?.[0]?.message}: mend one of the two.`, path: [...path, "default"] };
  } catch {
    // valid-pattern says which pattern does not compile, Redocly which keyword or reference is broken.
  }
}

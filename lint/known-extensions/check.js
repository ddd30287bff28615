/** A field that nobody reads looks like a fact and is none; the schemas of ours stand in rule.yaml. */
/** @import { Check, Finding, Obj, Path } from "../_shared/types.ts" */
/** @import { ErrorObject } from "ajv" */
import addFormats from "ajv-formats";
import { nodes } from "../_shared/nodes.js";
import { createValidator } from "../_shared/validator.js";

/**
 * @typedef {object} Options
 * @property {Obj} shared schemas that the others refer to as `#/$defs/…`
 * @property {Record<string, { on: string[], schema: Obj }>} extensions
 */

/** @type {Check<Options>} */
export default function* check(document, options) {
  for (const { kind, value, path } of nodes(document)) {
    // Redocly reports what stands beside a $ref that takes no company.
    if (kind === "Reference") continue;
    for (const [key, field] of Object.entries(value)) {
      if (!key.startsWith("x-")) continue;
      const known = options.extensions[key];
      const at = [...path, key];
      if (!known) yield { message: `Nobody reads ${key}: write one of ${Object.keys(options.extensions).join(", ")}.`, path: at };
      else if (!known.on.includes(kind))
        yield { message: `${key} has no meaning on a ${kind}: move it to ${known.on.join(", ")}.`, path: at };
      else yield* misshapen(options, key, field, at);
    }
  }
}

/**
 * @param {Options} options
 * @param {string} key
 * @param {unknown} field
 * @param {Path} path
 * @returns {Iterable<Finding>}
 */
function* misshapen(options, key, field, path) {
  const validate = validators(options).getSchema(key);
  validate?.(field);
  for (const error of validate?.errors ?? []) yield { message: sentence(key, error), path: [...path, ...steps(error)] };
}

/** @type {WeakMap<Options, ReturnType<typeof createValidator>>} */
const known = new WeakMap();

/** @param {Options} options */
function validators(options) {
  const found = known.get(options);
  if (found) return found;
  const ajv = createValidator();
  addFormats.default(ajv, ["date"]);
  for (const [key, { schema }] of Object.entries(options.extensions)) ajv.addSchema({ ...schema, $defs: options.shared }, key);
  known.set(options, ajv);
  return ajv;
}

/**
 * @param {ErrorObject} error
 * @returns {Path}
 */
function steps({ instancePath, params }) {
  const parents = instancePath.split("/").slice(1);
  const surplus = params["additionalProperty"] === undefined ? [] : [params["additionalProperty"]];
  return [...parents.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~")), ...surplus];
}

/**
 * @param {string} key
 * @param {ErrorObject} error
 */
function sentence(key, error) {
  const { additionalProperty, allowedValues } = error.params;
  const problem = additionalProperty === undefined ? error.message : "is no field of it";
  const choice = allowedValues === undefined ? "" : ` (${allowedValues.join(", ")})`;
  return `${[key, ...steps(error)].join(".")} ${problem}${choice}: mend it as docs/contracts.md says.`;
}

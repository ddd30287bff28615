/** Validators for the requests of a contract, compiled ahead of time: the mock runs them without Ajv and without `eval`. */
import { Ajv2020, _ } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import { FORMATS } from "../mock/compiled/formats.ts";
import { hasHelper, requireHelper } from "../mock/compiled/helpers.ts";
import type { Validators } from "../mock/compiled/types.ts";
import type { Obj } from "./document.ts";
import { LatchError } from "./errors.ts";
import { collectSchemas, type Collected } from "./validators-schemas.ts";
import { slimSource } from "./validators-slim.ts";

/** A referenced schema of at most so many keywords is written out where it is used. */
const INLINE_LIMIT = 4;

function createAjv({ schemas }: Collected): Ajv2020 {
  const ajv = new Ajv2020({
    // Every fault is reported, as Prism does it; the words are made from keyword and parameters (mock/compiled/sentences.ts).
    allErrors: true,
    messages: false,
    strict: false,
    logger: false,
    inlineRefs: INLINE_LIMIT,
    code: { source: true, lines: true, formats: _`require("formats")` },
  });
  // Bookkeeping that only these keywords need, and no contract uses.
  ajv.opts.dynamicRef = false;
  ajv.opts.unevaluated = JSON.stringify([...schemas.values()]).includes('"unevaluatedProperties"');
  for (const [name, format] of Object.entries(FORMATS)) ajv.addFormat(name, format);
  for (const [name, schema] of schemas) ajv.addSchema(schema, name);
  return ajv;
}

/**
 * @param document a bundle
 * @returns the body of a function that is given `exports` and `require` and fills `exports` with a validator per schema that a request
 *   can be checked against, by JSON pointer; the same text for the same document
 * @throws LatchError when a schema uses what the mock has nothing for
 */
export function compileValidators(document: Obj): string {
  const collected = collectSchemas(document);
  const source = slimSource(standalone.default(createAjv(collected), collected.entries));
  for (const [, name = ""] of source.matchAll(/\brequire\("([^"]+)"\)/g)) {
    if (!hasHelper(name))
      throw new LatchError(`Validators need ${name}, which the mock does not have`, "add it to mock/compiled/helpers.ts");
  }
  return source;
}

/**
 * The same, at once: for tests, and for contracts that were never generated.
 * @param document a bundle
 * @throws LatchError as compileValidators does
 */
export function loadValidators(document: Obj): Validators {
  const exports: Validators = {};
  new Function("exports", "require", compileValidators(document))(exports, requireHelper);
  return exports;
}

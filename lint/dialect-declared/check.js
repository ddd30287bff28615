/** Without a dialect Prism and older validators read the schemas as draft-07, where half of our keywords mean nothing. */
/** @import { Check } from "../_shared/types.ts" */

const DIALECT = "https://json-schema.org/draft/2020-12/schema";

/** @type {Check} */
export default function* check(document) {
  const declared = document["jsonSchemaDialect"];
  if (declared === undefined) yield { message: `The contract has no jsonSchemaDialect: add ${DIALECT}.`, path: [] };
  else if (declared !== DIALECT) yield { message: `The jsonSchemaDialect is ${declared}: write ${DIALECT}.`, path: ["jsonSchemaDialect"] };
}

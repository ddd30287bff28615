/** The one form that both linters, the types, the client and the mock take; whether the text is XML, none of them asks. */
/** @import { Check } from "../_shared/types.ts" */
import { XMLValidator } from "fast-xml-parser";
import { nodes } from "../_shared/nodes.js";
import { objectAt, resolve, resolveObject } from "../_shared/values.js";

const TYPE = "application/xml";

/** @type {Check} */
export default function* check(document) {
  for (const { value, path } of nodes(document, "MediaType")) {
    if (!/[/+]xml\b/.test(String(path.at(-1)))) continue;
    const schema = resolveObject(document, value["schema"]);
    if (schema["type"] !== "string" || schema["contentMediaType"] !== TYPE) {
      yield { message: `The XML body is not a text: write type: string and contentMediaType: ${TYPE}.`, path: [...path, "schema"] };
    }
    for (const [key, reference] of Object.entries(objectAt(value, "examples"))) {
      const example = resolve(document, reference, [...path, "examples", key]);
      const broken = complaint(objectAt(example, "value")["value"]);
      if (broken) yield { message: `The example ${key} is not well-formed XML (${broken}): mend it.`, path: [...example.path, "value"] };
    }
  }
}

/** @param {unknown} text anything else than a text does not fit the schema, which Redocly reports */
function complaint(text) {
  const verdict = typeof text === "string" ? XMLValidator.validate(text) : true;
  return verdict === true ? undefined : verdict.err.msg.replace(/\.$/, "");
}

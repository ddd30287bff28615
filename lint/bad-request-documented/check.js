/** Where no 400 is documented, the mock has no answer to an invalid request, and Prism invents a 422. */
/** @import { Check, Obj } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";
import { listAt, objectAt, resolveObject } from "../_shared/values.js";

/** What a schema may say of a text without refusing any. */
const HARMLESS = ["type", "title", "description", "examples", "default"];

/** @type {Check} */
export default function* check(document) {
  for (const { value, path, parent } of nodes(document, "Operation")) {
    const parameters = [...listAt(parent?.value, "parameters"), ...listAt(value, "parameters")];
    const canBeWrong = "requestBody" in value || parameters.some((parameter) => refusesSome(document, resolveObject(document, parameter)));
    if (!canBeWrong || "400" in objectAt(value, "responses")) continue;
    yield { message: "The operation can be called wrongly but documents no 400: add one.", path: [...path, "responses"] };
  }
}

/**
 * @param {Obj} document
 * @param {Obj} parameter
 * @returns {boolean} whether some requests lack it, or carry a value that does not fit
 */
function refusesSome(document, parameter) {
  const schema = resolveObject(document, parameter["schema"]);
  // Without a path parameter the request is another one.
  const isMissed = parameter["required"] === true && parameter["in"] !== "path";
  return isMissed || schema["type"] !== "string" || Object.keys(schema).some((keyword) => !HARMLESS.includes(keyword));
}

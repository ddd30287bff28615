/** The state is said once, in the root; docs, types and mock are stamped from it. */
/** @import { Check } from "../_shared/types.ts" */
import { isObject, objectAt } from "../_shared/values.js";

/** @type {Check} */
export default function* check(document) {
  const lifecycle = objectAt(document, "info")["x-lifecycle"];
  if (!isObject(lifecycle)) {
    yield { message: "The info has no x-lifecycle: say state, notBefore and basis of this version.", path: ["info"] };
    return;
  }
  for (const key of ["state", "notBefore", "basis"]) {
    if (key in lifecycle) continue;
    const hint = key === "notBefore" ? " (null where the vendor gives no date)" : "";
    yield { message: `The x-lifecycle has no ${key}: add it${hint}.`, path: ["info", "x-lifecycle"] };
  }
}

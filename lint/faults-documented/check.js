/** The mock serves these answers from the bundle: a fault that points to nothing would be made up. */
/** @import { Check, Obj } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";
import { objectAt, resolveObject } from "../_shared/values.js";

/** @type {Check<{ known: string[] }>} */
export default function* check(document, { known }) {
  for (const [name, fault] of Object.entries(objectAt(document, "x-faults"))) {
    const path = ["x-faults", name];
    if (!known.includes(name)) yield { message: `${name} is no fault the mock knows: choose from ${known.join(", ")}.`, path };
    const { status, example } = objectAt({ fault }, "fault");
    if (isDocumented(document, String(status), String(example))) continue;
    yield {
      message: `No operation documents a ${status} with the example ${example}: add it to a response, or mend the fault ${name}.`,
      path,
    };
  }
}

/**
 * @param {Obj} document
 * @param {string} status
 * @param {string} example
 */
function isDocumented(document, status, example) {
  return nodes(document, "Responses").some(({ value }) => {
    const content = objectAt(resolveObject(document, value[status]), "content");
    return Object.values(content).some((media) => example in objectAt(media, "examples"));
  });
}

/** `generate` stamps both fields from info.x-lifecycle: a difference was written by hand, or the bundle is stale. */
/** @import { Check } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";
import { objectAt } from "../_shared/values.js";

/** @type {Check} */
export default function* check(document) {
  const lifecycle = objectAt(objectAt(document, "info"), "x-lifecycle");
  const state = lifecycle["state"];
  const sunset = lifecycle["notBefore"] ?? undefined;
  for (const { value, path } of nodes(document, "Operation")) {
    const deprecated = value["deprecated"] === true;
    if (deprecated !== (state === "DEPRECATED")) {
      const is = deprecated ? "is deprecated" : "is not deprecated";
      yield { message: `The operation ${is} but the version is ${state}: leave deprecated to info.x-lifecycle and generate.`, path };
    }
    const stamped = value["x-sunset"];
    if (stamped !== sunset) {
      const is = `has ${stamped ?? "no date"} as x-sunset but the version has ${sunset ?? "none"}`;
      yield { message: `The operation ${is}: leave x-sunset to info.x-lifecycle and generate.`, path };
    }
  }
  for (const { kind, value, path } of nodes(document, "Parameter", "Header", "Schema", "SecurityScheme")) {
    if (!("deprecated" in value)) continue;
    yield { message: `A ${kind} is marked deprecated: only a version is, so say it in the description.`, path: [...path, "deprecated"] };
  }
}

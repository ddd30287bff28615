/** HTTP forbids a body there; and a media type with nothing under it (often on a 202) documents a body nobody knows. */
/** @import { Check } from "../_shared/types.ts" */
import { nodes } from "../_shared/nodes.js";
import { isObject, objectAt, resolve } from "../_shared/values.js";

const BODILESS = ["204", "205", "304"];

/** @type {Check} */
export default function* check(document) {
  for (const responses of nodes(document, "Responses")) {
    for (const status of BODILESS) {
      const found = resolve(document, responses.value[status], [...responses.path, status]);
      if (!isObject(found.value) || !("content" in found.value)) continue;
      yield { message: `A ${status} has no body, but content is written: remove it.`, path: [...found.path, "content"] };
    }
  }
  for (const { value, path } of nodes(document, "Response")) {
    const empty = "content" in value && Object.keys(objectAt(value, "content")).length === 0;
    if (empty) yield { message: "The content names no media type: remove it, or say what the body is.", path: [...path, "content"] };
  }
  for (const { value, path } of nodes(document, "MediaType")) {
    if (!("schema" in value)) yield { message: `The ${path.at(-1)} content has no schema: add one, or remove the content.`, path };
  }
}

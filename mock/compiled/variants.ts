/** A schema with its compositions written out, as far as making a value up needs it. */
import { arrayAt, objectAt, resolveObject, type Obj } from "../../scripts/document.ts";

/** Both at once: the members of both, and where both say something else, the second one's word. */
const merge = (one: Obj, other: Obj): Obj => ({
  ...one,
  ...other,
  properties: { ...objectAt(one, "properties"), ...objectAt(other, "properties") },
  required: [...new Set([...arrayAt(one, "required"), ...arrayAt(other, "required")])],
});

/** References followed, `allOf` written in. */
function flat(document: Obj, node: unknown): Obj {
  const schema = resolveObject(document, node);
  return arrayAt(schema, "allOf").reduce<Obj>((all, part) => merge(all, flat(document, part)), schema);
}

/**
 * @param document the bundle
 * @param node a schema, or a reference to one
 * @returns one schema per branch of its `oneOf` and `anyOf`, each with everything else in it; itself where it has none
 */
export function variantsOf(document: Obj, node: unknown): Obj[] {
  const base = flat(document, node);
  const branches = [...arrayAt(base, "oneOf"), ...arrayAt(base, "anyOf")];
  return branches.length === 0 ? [base] : branches.map((branch) => merge(base, flat(document, branch)));
}

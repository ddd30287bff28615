/** Components nobody refers to any more, once references have been replaced by what a version has of its own. */
import { isObject, objectAt, stringAt, unescapeStep, type Obj } from "./document.ts";

function* refsIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* refsIn(item);
  if (!isObject(value)) return;
  const ref = stringAt(value, "$ref");
  if (ref !== undefined) yield ref;
  for (const item of Object.values(value)) yield* refsIn(item);
}

/** `#/components/schemas/Server/properties/id` → `schemas/Server` */
const componentOf = (ref: string): [kind: string, name: string] => {
  const [kind = "", name = ""] = ref.replace("#/components/", "").split("/").map(unescapeStep);
  return [kind, name];
};

/** Components that are reached from outside `components`, directly or through each other, as `kind/name`. */
function reached(document: Obj): Set<string> {
  const components = objectAt(document, "components");
  const found = new Set<string>();
  const open = Object.entries(document).flatMap(([key, value]) => (key === "components" ? [] : [...refsIn(value)]));
  for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
    const [kind, name] = componentOf(ref);
    if (found.has(`${kind}/${name}`)) continue;
    found.add(`${kind}/${name}`);
    open.push(...refsIn(objectAt(components, kind)[name]));
  }
  return found;
}

/**
 * @param document a bundle; unused components are removed from it. Security schemes stay: they are named, not referred to.
 */
export function pruneComponents(document: Obj): void {
  const used = reached(document);
  const components = objectAt(document, "components");
  for (const [kind, map] of Object.entries(components)) {
    if (kind === "securitySchemes" || !isObject(map)) continue;
    for (const name of Object.keys(map)) if (!used.has(`${kind}/${name}`)) delete map[name];
    if (Object.keys(map).length === 0) delete components[kind];
  }
}

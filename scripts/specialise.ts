/**
 * The refusal of a missing permission names the permission. The sources share one 403 among all calls, so its example names the
 * permission of one of them; in the bundle every operation gets the shared response with its own permission in it.
 */
import { METHODS, isObject, objectAt, resolveObject, stringAt, type Obj } from "./document.ts";

interface Permission {
  main: string;
  level: string | undefined;
}

const permissionOf = (operation: Obj): Permission | undefined => {
  const own = objectAt(operation, "x-permissions");
  const main = stringAt(own, "main");
  return main === undefined ? undefined : { main, level: stringAt(own, "level") };
};

const titleCase = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();

/** `value` with one permission for another, wherever a text names it; undefined when no text does. */
function withPermission(value: unknown, from: Permission, to: Permission): unknown {
  const text = JSON.stringify(value);
  if (!text.includes(from.main)) return undefined;
  const renamed = text.replaceAll(from.main, to.main);
  if (from.level === undefined || to.level === undefined) return JSON.parse(renamed);
  return JSON.parse(renamed.replaceAll(new RegExp(`\\b${titleCase(from.level)}\\b`, "g"), titleCase(to.level)));
}

/** A copy of the response whose examples name `own`; undefined when none of them names a permission. */
function specialised(document: Obj, response: Obj, known: Permission[], own: Permission): Obj | undefined {
  const copy = structuredClone(response);
  let changed = false;
  for (const media of Object.values(objectAt(copy, "content"))) {
    const examples = objectAt(media, "examples");
    for (const [key, reference] of Object.entries(examples)) {
      const example = resolveObject(document, reference);
      for (const from of known) {
        const value = withPermission(example["value"], from, own);
        if (value === undefined) continue;
        examples[key] = { ...example, value };
        changed = true;
        break;
      }
    }
  }
  return changed ? copy : undefined;
}

/**
 * @param document a bundle; it is changed
 *   Each operation with a permission of its own gets its 403 written out, marked `x-response` with the name of the shared one.
 */
export function specialiseRefusals(document: Obj): void {
  const operations = Object.values(objectAt(document, "paths")).flatMap((item) => METHODS.map((method) => objectAt(item, method)));
  const known = operations.flatMap((operation) => permissionOf(operation) ?? []);
  for (const operation of operations) {
    const own = permissionOf(operation);
    const responses = objectAt(operation, "responses");
    const ref = stringAt(responses["403"], "$ref");
    if (!own || !ref) continue;
    const shared = resolveObject(document, responses["403"]);
    const copy = specialised(document, shared, known, own);
    if (isObject(copy)) responses["403"] = { ...copy, "x-response": ref.split("/").at(-1) };
  }
}

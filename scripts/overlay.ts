/**
 * Overlay Specification 1.0: apply `update` and `remove` actions to a document. Redocly lints overlays but does not apply them.
 * Stricter than the specification in one point: a target that selects nothing is an error, because here it is a mistake.
 */
import { JSONPathError, query } from "json-p3";
import { arrayAt, isObject, stringAt, type Obj } from "./document.ts";
import { LatchError, type Place } from "./errors.ts";

/** RFC 7396-like deep merge of the specification's "Merge Object": objects merge, arrays append, the rest is replaced. */
function merge(target: unknown, update: unknown): unknown {
  if (Array.isArray(target)) return [...target, ...(Array.isArray(update) ? update : [update])];
  if (!isObject(target) || !isObject(update)) return update;
  const merged: Obj = { ...target };
  for (const [key, value] of Object.entries(update)) merged[key] = key in merged ? merge(merged[key], value) : value;
  return merged;
}

function replaceAt(parent: unknown, step: string | number, change: (value: unknown) => unknown): void {
  if (Array.isArray(parent) && typeof step === "number") parent[step] = change(parent[step]);
  else if (isObject(parent)) parent[String(step)] = change(parent[String(step)]);
}

function removeAt(parent: unknown, step: string | number): void {
  if (Array.isArray(parent) && typeof step === "number") parent.splice(step, 1);
  else if (isObject(parent)) delete parent[String(step)];
}

/** Where a JSONPath finds something. @throws LatchError when it is not one */
function select(target: string, document: Obj, place: Place): (string | number)[][] {
  try {
    // json-p3 wants its own JSON type; a bundle is JSON by construction.
    return query(target, JSON.parse(JSON.stringify(document))).nodes.map((node) => node.location);
  } catch (error) {
    if (!(error instanceof JSONPathError)) throw error;
    throw new LatchError(`The overlay's target ${target} is no JSONPath`, "correct it by RFC 9535", place);
  }
}

/**
 * @param document the document the overlay extends; it is not changed
 * @param overlay the overlay, parsed
 * @param where the overlay's file, and the line of its n-th action
 * @returns a changed copy
 * @throws LatchError when an action has no target, or its target selects nothing
 */
export function applyOverlay(document: Obj, overlay: Obj, where: { file: string; line: (action: number) => number }): Obj {
  let result: Obj = structuredClone(document);
  arrayAt(overlay, "actions").forEach((action, index) => {
    const place = { file: where.file, line: where.line(index) };
    const target = stringAt(action, "target");
    if (!target) throw new LatchError("The overlay action has no target", "give it an RFC 9535 JSONPath", place);
    const found = select(target, result, place);
    if (found.length === 0) {
      throw new LatchError(`The overlay's target ${target} selects nothing`, "correct the JSONPath or remove the action", place);
    }
    // From the last to the first, so that removing an array item does not move the ones still to come.
    for (const steps of [...found].reverse()) {
      const last = steps.at(-1);
      let parent: unknown = result;
      for (const step of steps.slice(0, -1))
        parent = Array.isArray(parent) ? parent[Number(step)] : isObject(parent) ? parent[String(step)] : undefined;
      if (isObject(action) && action["remove"] === true) {
        if (last !== undefined) removeAt(parent, last);
      } else if (last === undefined) {
        const whole = merge(result, isObject(action) ? action["update"] : {});
        if (isObject(whole)) result = whole;
      } else replaceAt(parent, last, (value) => merge(value, isObject(action) ? action["update"] : {}));
    }
  });
  return result;
}

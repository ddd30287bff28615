/** Whether a schema leaves room for another text in one of its members: a shape that says exactly what it holds keeps the documented text. */
import { arrayAt, isObject, objectAt, resolveObject, type Obj } from "../scripts/document.ts";

const BRANCHES = ["allOf", "anyOf", "oneOf"];

/** Every subschema that speaks of the value at a path; deep enough for any error body, bounded for a schema that contains itself. */
function schemasAt(document: Obj, node: unknown, steps: string[], depth = 0): Obj[] {
  if (depth > 40 || !isObject(node)) return [];
  const schema = resolveObject(document, node);
  const branches = [...BRANCHES.flatMap((name) => arrayAt(schema, name)), schema["then"], schema["else"]];
  const inside = branches.flatMap((branch) => schemasAt(document, branch, steps, depth + 1));
  const [step, ...rest] = steps;
  if (step === undefined) return [schema, ...inside];
  const member = /^\d+$/.test(step) ? schema["items"] : objectAt(schema, "properties")[step];
  return [...schemasAt(document, member, rest, depth + 1), ...inside];
}

function takes(schema: Obj, text: string): boolean {
  const { type, pattern, maxLength } = schema;
  if ("const" in schema || "enum" in schema || "format" in schema) return false;
  if (type !== undefined && ![type].flat().includes("string")) return false;
  if (typeof maxLength === "number" && text.length > maxLength) return false;
  return typeof pattern !== "string" || new RegExp(pattern, "u").test(text);
}

/**
 * @param document the bundle
 * @param schema of the body
 * @param steps the way to a text member
 * @param text what is to stand there
 */
export const hasRoom = (document: Obj, schema: unknown, steps: string[], text: string): boolean =>
  schemasAt(document, schema, steps).every((found) => takes(found, text));

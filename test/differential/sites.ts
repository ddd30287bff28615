/** Every value of a body with the schema that speaks of it. */
import { arrayAt, isObject, objectAt, resolveObject, type Obj } from "../../scripts/document.ts";

export interface Site {
  steps: (string | number)[];
  schema: Obj;
  value: unknown;
}

/**
 * @param document the bundle
 * @param node the schema of the body
 * @param value a body
 */
export function sitesOf(document: Obj, node: unknown, value: unknown, steps: (string | number)[] = []): Site[] {
  const schema = resolveObject(document, node);
  const own: Site = { steps, schema, value };
  if (Array.isArray(value)) {
    return [own, ...value.flatMap((item, index) => sitesOf(document, schema["items"] ?? {}, item, [...steps, index]))];
  }
  if (!isObject(value)) return [own];
  const branches = [...arrayAt(schema, "oneOf"), ...arrayAt(schema, "anyOf")].map((branch) => resolveObject(document, branch));
  const known = Object.assign({}, ...[schema, ...branches].map((one) => objectAt(one, "properties")));
  const other = isObject(schema["additionalProperties"]) ? schema["additionalProperties"] : {};
  return [own, ...Object.entries(value).flatMap(([name, member]) => sitesOf(document, known[name] ?? other, member, [...steps, name]))];
}

/** The body with another value at a place; the body itself is not changed. `undefined` takes a member out. */
export function replaced(body: unknown, [step, ...rest]: (string | number)[], next: unknown): unknown {
  if (step === undefined) return next;
  if (Array.isArray(body)) return body.map((item, index) => (index === step ? replaced(item, rest, next) : item));
  if (!isObject(body)) return body;
  const entries = Object.entries(body).filter(([name]) => name !== step || rest.length > 0 || next !== undefined);
  const changed = entries.map(([name, member]): [string, unknown] => [name, name === step ? replaced(member, rest, next) : member]);
  if (rest.length === 0 && next !== undefined && !Object.hasOwn(body, step)) changed.push([String(step), next]);
  return Object.fromEntries(changed);
}

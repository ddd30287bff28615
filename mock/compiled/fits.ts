/**
 * Whether a value fits a schema, read from the schema itself: yes or no, no reasons. For answers that are made up, where speed is no
 * matter; requests go through compiled validators. test/compiled/fits.test.ts holds it equal to Ajv.
 */
import { arrayAt, isObject, objectAt, resolve, type Obj } from "../../scripts/document.ts";
import { FORMATS } from "./formats.ts";
import { countCharacters, isEqual } from "./helpers.ts";

type Rule = (fits: (schema: unknown, value: unknown) => boolean, schema: Obj, value: unknown) => boolean;

const numberAt = (schema: Obj, key: string): number | undefined => (typeof schema[key] === "number" ? schema[key] : undefined);

/** Whether a size is within `min…` and `max…` of a schema. */
const within = (schema: Obj, kind: string, size: number): boolean =>
  size >= (numberAt(schema, `min${kind}`) ?? -Infinity) && size <= (numberAt(schema, `max${kind}`) ?? Infinity);

function isType(type: unknown, value: unknown): boolean {
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "object") return isObject(value);
  if (type === "integer") return Number.isInteger(value);
  return typeof value === type;
}

function fitsFormat(name: unknown, value: unknown): boolean {
  const format = Object.hasOwn(FORMATS, String(name)) ? (FORMATS[String(name)] ?? true) : true;
  if (format === true) return true;
  if (typeof format === "object" && "validate" in format) return typeof value !== "number" || format.validate(value);
  if (typeof value !== "string") return true;
  return typeof format === "function" ? format(value) : format.test(value);
}

/** Compiled once: there are as many as the contracts have patterns. */
const patterns = new Map<string, RegExp>();

function fitsPattern(pattern: unknown, text: string): boolean {
  if (typeof pattern !== "string") return true;
  const compiled = patterns.get(pattern) ?? new RegExp(pattern, "u");
  patterns.set(pattern, compiled);
  return compiled.test(text);
}

const text: Rule = (_, schema, value) =>
  typeof value !== "string" || (within(schema, "Length", countCharacters(value)) && fitsPattern(schema["pattern"], value));

function divides(step: number | undefined, value: number): boolean {
  return step === undefined || Number.isInteger(value / step);
}

const number: Rule = (_, schema, value) =>
  typeof value !== "number" ||
  (within(schema, "imum", value) &&
    value > (numberAt(schema, "exclusiveMinimum") ?? -Infinity) &&
    value < (numberAt(schema, "exclusiveMaximum") ?? Infinity) &&
    divides(numberAt(schema, "multipleOf"), value));

const list: Rule = (fits, schema, value) => {
  if (!Array.isArray(value)) return true;
  const first = arrayAt(schema, "prefixItems");
  if (!within(schema, "Items", value.length)) return false;
  if (schema["uniqueItems"] === true && value.some((item, index) => value.slice(0, index).some((other) => isEqual(item, other))))
    return false;
  if (!value.every((item, index) => fits(index < first.length ? first[index] : (schema["items"] ?? true), item))) return false;
  if (!("contains" in schema)) return true;
  const count = value.filter((item) => fits(schema["contains"], item)).length;
  return count >= (numberAt(schema, "minContains") ?? 1) && count <= (numberAt(schema, "maxContains") ?? Infinity);
};

/** The schemas that speak of one member. */
function memberSchemas(schema: Obj, name: string): unknown[] {
  const properties = objectAt(schema, "properties");
  const own = Object.hasOwn(properties, name) ? [properties[name]] : [];
  const patterns = Object.entries(objectAt(schema, "patternProperties")).filter(([pattern]) => fitsPattern(pattern, name));
  const found = [...own, ...patterns.map(([, member]) => member)];
  return found.length > 0 ? found : [schema["additionalProperties"] ?? true];
}

const members: Rule = (fits, schema, value) => {
  if (!isObject(value)) return true;
  const names = Object.keys(value);
  if (!within(schema, "Properties", names.length)) return false;
  const has = (name: unknown): boolean => Object.hasOwn(value, String(name));
  return (
    arrayAt(schema, "required").every(has) &&
    names.every((name) => fits(schema["propertyNames"] ?? true, name)) &&
    names.every((name) => memberSchemas(schema, name).every((member) => fits(member, value[name]))) &&
    Object.entries(objectAt(schema, "dependentRequired")).every(
      ([name, needed]) => !has(name) || (Array.isArray(needed) && needed.every(has)),
    ) &&
    Object.entries(objectAt(schema, "dependentSchemas")).every(([name, rule]) => !has(name) || fits(rule, value))
  );
};

const branches: Rule = (fits, schema, value) => {
  const fitting = (name: string): number => arrayAt(schema, name).filter((branch) => fits(branch, value)).length;
  return (
    fitting("allOf") === arrayAt(schema, "allOf").length &&
    (!("anyOf" in schema) || fitting("anyOf") > 0) &&
    (!("oneOf" in schema) || fitting("oneOf") === 1) &&
    (!("not" in schema) || !fits(schema["not"], value)) &&
    (!("if" in schema) || fits(schema[fits(schema["if"], value) ? "then" : "else"] ?? true, value))
  );
};

const RULES: Rule[] = [text, number, list, members, branches];

/**
 * @param document the bundle, for references
 * @param node a schema, or a reference to one
 * @param value parsed JSON
 */
export function fits(document: Obj, node: unknown, value: unknown): boolean {
  const again = (schema: unknown, inner: unknown): boolean => fits(document, schema, inner);
  if (isObject(node) && typeof node["$ref"] === "string" && !again(resolve(document, { $ref: node["$ref"] }), value)) return false;
  if (!isObject(node)) return node !== false;
  const { type, enum: allowed } = node;
  if (type !== undefined && ![type].flat().some((one) => isType(one, value))) return false;
  if ("const" in node && !isEqual(node["const"], value)) return false;
  if (Array.isArray(allowed) && !allowed.some((one) => isEqual(one, value))) return false;
  return fitsFormat(node["format"], value) && RULES.every((rule) => rule(again, node, value));
}

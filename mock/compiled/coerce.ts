/** Path, query, headers and forms are text: what a text stands for is said by the schema. */
import { arrayAt, isObject, objectAt, resolveObject, type Obj } from "../../scripts/document.ts";

type Type = "array" | "boolean" | "integer" | "null" | "number" | "object" | "string";

const ALL: readonly Type[] = ["array", "boolean", "integer", "null", "number", "object", "string"];

const typeOf = (value: unknown): Type => {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "object" ? "object" : ALL.includes(typeof value as Type) ? (typeof value as Type) : "string";
};

/**
 * The types that a schema lets through, as far as it says so outright.
 * @param document the bundle
 * @param node a schema or a reference to one
 */
export function typesOf(document: Obj, node: unknown, depth = 0): Set<Type> {
  const schema = resolveObject(document, node);
  const listed = [schema["type"]].flat().filter((type): type is Type => ALL.includes(type as Type));
  if (listed.length > 0) return new Set(listed);
  if ("const" in schema) return new Set([typeOf(schema["const"])]);
  if (Array.isArray(schema["enum"])) return new Set(schema["enum"].map(typeOf));
  if (depth > 20) return new Set(ALL);
  const branches = (name: string): Set<Type>[] => arrayAt(schema, name).map((branch) => typesOf(document, branch, depth + 1));
  const either = [...branches("anyOf"), ...branches("oneOf")];
  if (either.length > 0) return new Set(either.flatMap((types) => [...types]));
  const every = branches("allOf");
  return new Set(ALL.filter((type) => every.every((types) => types.has(type))));
}

/** A number as JSON writes it: `0x10` and ` 5` are texts. */
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** Makes a value of a text; one that does not stand for a value of its type stays a text, and the validator says what it should be. */
export type Coerce = (text: string) => unknown;

const asItIs: Coerce = (text) => text;

/**
 * @param document the bundle
 * @param node the schema of a parameter, an item or a member
 */
export function compileCoercion(document: Obj, node: unknown): Coerce {
  const types = typesOf(document, node);
  if (types.has("string")) return asItIs;
  const [fractions, integers] = [types.has("number"), types.has("integer")];
  return (text) => {
    if ((fractions || integers) && NUMBER.test(text)) {
      const value = Number(text);
      return Number.isInteger(value) || (fractions && Number.isFinite(value)) ? value : text;
    }
    if (types.has("boolean") && (text === "true" || text === "false")) return text === "true";
    return text === "" && types.has("null") ? null : text;
  };
}

/** `array` or `object` where a schema takes that and no plain value. */
export function shapeOf(document: Obj, node: unknown): "array" | "object" | "plain" {
  const types = typesOf(document, node);
  if (types.has("string") || types.size > 2) return "plain";
  return types.has("array") ? "array" : types.has("object") ? "object" : "plain";
}

/** The schema of an array's items. */
export const itemsOf = (document: Obj, node: unknown): unknown => resolveObject(document, node)["items"] ?? {};

/** How members of an object are coerced, by name; a repeated member becomes a list, which a schema of a plain value refuses. */
export function compileMembers(document: Obj, node: unknown): (name: string, values: string[]) => unknown {
  const schema = resolveObject(document, node);
  const other = compileCoercion(document, isObject(schema["additionalProperties"]) ? schema["additionalProperties"] : {});
  const own = new Map(
    Object.entries(objectAt(schema, "properties")).map(([name, member]) => {
      const list = shapeOf(document, member) === "array";
      return [name, { list, coerce: compileCoercion(document, list ? itemsOf(document, member) : member) }] as const;
    }),
  );
  return (name, values) => {
    const { list = false, coerce = other } = own.get(name) ?? {};
    return list || values.length > 1 ? values.map(coerce) : coerce(values[0] ?? "");
  };
}

/** The names of an object's members that its schema declares, and whether it takes others. */
export function namesOf(document: Obj, node: unknown): { declared: string[]; open: boolean } {
  const schema = resolveObject(document, node);
  return { declared: Object.keys(objectAt(schema, "properties")), open: schema["additionalProperties"] !== false };
}

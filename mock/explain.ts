/** Rules between members (`not`, `if`, `dependentSchemas` …) fail without a name: the names they speak of are read from the schema. */
import { arrayAt, isObject, objectAt, resolveObject, stringAt, type Obj } from "../scripts/document.ts";
import type { Violation } from "./types.ts";

const RULES = ["not", "if", "then", "else", "dependentSchemas", "dependentRequired", "propertyNames", "allOf", "anyOf", "oneOf"];
const VAGUE = /( must NOT be valid| property name must be valid| must match "(then|else)" schema| boolean schema is false)$/;

/** The schema of a value, found by its path; the branches of a composition are looked through. */
function schemaAt(document: Obj, node: unknown, [step, ...rest]: string[]): Obj {
  const schema = resolveObject(document, node);
  if (step === undefined) return schema;
  const own = /^\d+$/.test(step) && isObject(schema["items"]) ? schema["items"] : objectAt(schema, "properties")[step];
  if (own !== undefined) return schemaAt(document, own, rest);
  const branches = ["allOf", "anyOf", "oneOf"].flatMap((name) => arrayAt(schema, name));
  const found = branches.map((branch) => schemaAt(document, branch, [step, ...rest]));
  return found.find((candidate) => Object.keys(candidate).length > 0) ?? {};
}

/** Every member a rule names, by requiring, excluding or depending on it. */
function namesIn(rule: unknown): string[] {
  if (Array.isArray(rule)) return rule.flatMap(namesIn);
  if (!isObject(rule)) return [];
  const listed = [...arrayAt(rule, "enum"), ...arrayAt(rule, "required"), stringAt(rule, "const")];
  const keyed = Object.keys({ ...objectAt(rule, "dependentSchemas"), ...objectAt(rule, "dependentRequired") });
  const dependent = Object.values(objectAt(rule, "dependentRequired")).flat();
  const inner = [...RULES.map((name) => rule[name]), ...Object.values(objectAt(rule, "dependentSchemas"))].flatMap(namesIn);
  return [...listed, ...keyed, ...dependent, ...inner].filter((name) => typeof name === "string");
}

/**
 * @param document the bundle
 * @param schema of the body
 * @returns the violations, with the members named where the validator names none
 */
export function explain(document: Obj, schema: unknown, violations: Violation[]): Violation[] {
  return violations.map((violation) => {
    if (violation.where !== "body" || !VAGUE.test(violation.message)) return violation;
    const found = schemaAt(document, schema, violation.path);
    const names = [...new Set(namesIn(Object.fromEntries(RULES.map((name) => [name, found[name]]))))];
    if (names.length === 0) return violation;
    return { ...violation, message: violation.message.replace(VAGUE, ` breaks the rule about ${names.slice(0, 6).join(", ")}`) };
  });
}

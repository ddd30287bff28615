/**
 * What a field of a resource can hold, said once for seed files and the control API: the values that the table lists, else what the field
 * begins as, and what the contracts say of the places where a view shows it. Otherwise the mock would answer what its contract forbids.
 */
import { callsOf } from "../scripts/calls.ts";
import { isObject, objectAt, resolveObject, type Obj } from "../scripts/document.ts";
import { fits } from "./compiled/fits.ts";
import { stepsOf } from "./state/references.ts";
import type { Row, Value } from "./state/types.ts";
import { referencesIn } from "./state/values.ts";
import type { Contract } from "./types.ts";

/** @returns undefined for a value that the field can hold, else what completes the sentence "it has to be" */
export type FieldRule = (value: unknown) => string | undefined;

const WORDS: Record<string, string> = {
  string: "text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  null: "null",
  array: "a list",
  object: "a map",
};
const CONSTRAINTS = ["format", "pattern", "enum", "const", "minLength", "maxLength", "minimum", "maximum"];

const typeOf = (value: Value): string => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value);

/** What a field begins as tells its type; what begins as nothing, or as something of the request, is text once it is there. */
const begins = (initial: Value): Obj => ({
  type: initial === null || referencesIn(initial).length > 0 ? ["string", "null"] : [typeOf(initial)],
});

function describe(schema: Obj): string {
  const types = [schema["type"] ?? []].flat().map((type) => WORDS[String(type)] ?? String(type));
  const constraints = CONSTRAINTS.filter((name) => name in schema).map((name) => `${name} ${JSON.stringify(schema[name])}`);
  return [types.join(" or "), constraints.length > 0 ? `(${constraints.join(", ")})` : ""].filter((part) => part !== "").join(" ");
}

/** The schema of the value at a pointer; nothing where it is no plain member. */
function schemaAt(document: Obj, root: unknown, steps: readonly string[]): unknown {
  let node = root;
  for (const step of steps) {
    const schema = resolveObject(document, node);
    const members = objectAt(schema, "properties");
    node = Object.hasOwn(members, step) ? members[step] : /^\d+$/.test(step) ? schema["items"] : undefined;
  }
  return node;
}

/** The rows of a call that show fields, by status. */
const shown = (rows: Row[]): [status: string, pointer: string, field: string][] =>
  rows.flatMap(({ answer: { status, view } }) =>
    Object.entries(view?.set ?? {}).flatMap(([pointer, value]): [string, string, string][] =>
      typeof value === "string" && value.startsWith("$") ? [[status, pointer, value.slice(1)]] : [],
    ),
  );

/** By field, the schemas of the places where a contract shows it. */
function placesOf({ document, behaviour }: Contract): Map<string, Set<Obj>> {
  const places = new Map<string, Set<Obj>>();
  for (const call of callsOf(document)) {
    for (const [status, pointer, field] of shown(behaviour?.calls[call.id]?.rows ?? [])) {
      const { response, mediaType = "" } = call.answers[status] ?? {};
      const schema = schemaAt(document, objectAt(objectAt(objectAt(response, "content"), mediaType), "schema"), stepsOf(pointer));
      if (isObject(schema)) places.set(field, (places.get(field) ?? new Set()).add(schema));
    }
  }
  return places;
}

function ruleOf(name: string, places: [Obj, Map<string, Set<Obj>>][], initials: Value[]): FieldRule {
  const first = initials.map(begins);
  const type = { type: [...new Set(first.flatMap((schema) => schema["type"]))] };
  // Null is what such a field is where nobody has asked yet, and the control API says so.
  const nullable = type.type.includes("null");
  return (value) => {
    if (value === null && nullable) return undefined;
    for (const [document, fields] of places)
      for (const schema of fields.get(name) ?? []) if (!fits(document, schema, value)) return describe(resolveObject(document, schema));
    return fits({}, type, value) ? undefined : describe(type);
  };
}

/**
 * @param contracts those that share a space
 * @returns by the name of the field; none for a field whose values the table lists
 */
export function fieldRules(contracts: Contract[]): Map<string, FieldRule> {
  const places = contracts.map((contract): [Obj, Map<string, Set<Obj>>] => [contract.document, placesOf(contract)]);
  const initials = new Map<string, Value[]>();
  for (const { behaviour } of contracts)
    for (const [name, { values, initial }] of Object.entries(behaviour?.resource?.fields ?? {}))
      if (!values) initials.set(name, [...(initials.get(name) ?? []), initial]);
  return new Map([...initials].map(([name, known]) => [name, ruleOf(name, places, known)]));
}

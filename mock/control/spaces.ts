/** The spaces that resources are kept in, as the tables of all contracts that share one describe them. */
import { fieldRules, type FieldRule } from "../field-values.ts";
import { once } from "../once.ts";
import { equal } from "../state/conditions.ts";
import { firstTouch } from "../state/first.ts";
import { prepare } from "../state/prepare.ts";
import { parseReference } from "../state/references.ts";
import { settle } from "../state/settle.ts";
import type { Aggregate, Behaviour, Fields, Json } from "../state/types.ts";
import type { Contract } from "../types.ts";
import { member } from "./check.ts";
import { missing, refuse, refuseValue } from "./mistake.ts";
import type { ControlContext } from "./types.ts";

export interface Space {
  name: string;
  /** What one of it is called: `server`. */
  noun: string;
  /** Whether there are many, told apart by a key; otherwise there is one per world. */
  keyed: boolean;
  /** Whether a resource can have this key, in lower case. */
  takes(id: string): boolean;
  /** The table that timers and jobs are run with; all that share a space have the same fields. */
  behaviour: Behaviour;
  /** Values a field can have; undefined: what its rule says. */
  fields: Map<string, Json[] | undefined>;
  rules: () => Map<string, FieldRule>;
  /** Derived fields, each with the table that computes it. */
  derived: Map<string, Behaviour>;
}

export interface Spaces {
  names: string[];
  get(name: string): Space | undefined;
}

/** What the values of a field are in one table, and in another. */
const merged = (some: Json[] | undefined, other: Json[] | undefined): Json[] | undefined =>
  some && other ? [...some, ...other.filter((value) => !some.some((known) => equal(known, value)))] : undefined;

function spaceOf(name: string, behaviours: [Behaviour, ...Behaviour[]], contracts: Contract[]): Space {
  const [first] = behaviours;
  const fields = new Map<string, Json[] | undefined>();
  for (const { resource } of behaviours) {
    for (const [field, { values }] of Object.entries(resource?.fields ?? {})) {
      fields.set(field, fields.has(field) ? merged(fields.get(field), values) : values);
    }
  }
  const derived = new Map<string, Behaviour>();
  for (const behaviour of behaviours) {
    for (const field of Object.keys(behaviour.resource?.derived ?? {})) {
      if (!fields.has(field) && !derived.has(field)) derived.set(field, behaviour);
    }
  }
  const formats = behaviours.flatMap((behaviour) => prepare(behaviour).format ?? []);
  return {
    name,
    noun: first.resource?.name ?? "resource",
    keyed: first.resource?.key !== undefined,
    takes: (id) => formats.every((format) => format.test(id)),
    behaviour: first,
    fields,
    rules: once(() => fieldRules(contracts.filter(({ behaviour }) => behaviour?.resource?.space === name))),
    derived,
  };
}

export function spacesOf(contracts: Contract[]): Spaces {
  const found = new Map<string, [Behaviour, ...Behaviour[]]>();
  for (const { behaviour } of contracts) {
    if (!behaviour?.resource) continue;
    const others = found.get(behaviour.resource.space);
    if (others) others.push(behaviour);
    else found.set(behaviour.resource.space, [behaviour]);
  }
  const spaces = new Map([...found].map(([name, behaviours]) => [name, spaceOf(name, behaviours, contracts)]));
  return { names: [...spaces.keys()], get: (name) => spaces.get(name) };
}

/** What the rows of a derived field look at. */
function sourcesOf({ derived }: Space, name: string): string[] {
  const rows = derived.get(name)?.resource?.derived[name] ?? [];
  const references = rows.flatMap(({ when }) => Object.keys(when ?? {}));
  return [...new Set(references)].filter((reference) => parseReference(reference)?.kind === "field");
}

/** @throws Mistake unless the space has a field of this name, which somebody may set */
export function checkField(space: Space, name: string, at: string): void {
  if (space.fields.has(name)) return;
  const possible = [...space.fields.keys()];
  if (!space.derived.has(name)) refuse(at, `A ${space.noun} of ${space.name} has no field ${name}`, possible);
  refuse(at, `${name} cannot be set, because it is derived from ${sourcesOf(space, name).join(", ") || "nothing"}`, possible);
}

/** @throws Mistake unless the field can have the value */
export function checkValue(space: Space, name: string, value: Json, at: string): void {
  const values = space.fields.get(name);
  const form = values ? undefined : space.rules().get(name)?.(value);
  if (form !== undefined) refuse(at, `${name} of a ${space.noun} has to be ${form}`);
  if (!values || values.some((known) => equal(known, value))) return;
  refuseValue(at, `${name} of a ${space.noun} cannot be ${JSON.stringify(value).slice(0, 100)}`, values);
}

/** @param fields unchecked, but an object. @throws Mistake */
export function checkFields(space: Space, fields: Fields, at: string): Fields {
  for (const [name, value] of Object.entries(fields)) {
    checkField(space, name, member(at, name));
    checkValue(space, name, value, member(at, name));
  }
  return fields;
}

/** @throws Mistake with 404 */
export const findSpace = (spaces: Spaces, name: string): Space => spaces.get(name) ?? missing(`There is no space ${name}`, spaces.names);

/** @param id of the store. @param now milliseconds since the epoch. @returns the resource once everything that is due has happened */
export const settled = (
  { initial }: ControlContext,
  { name, behaviour }: Space,
  id: string,
  aggregate: Aggregate,
  now: number,
): Aggregate => settle(behaviour, aggregate, now, () => initial(name, id) ?? firstTouch(behaviour, id, undefined, false));

/** @param fields all of them. @returns what the table computes from them */
export function derive({ derived }: Space, aggregate: Aggregate, fields: Fields, now: number): Fields {
  const origin = { seed: "", space: "", key: "", serial: aggregate.serial };
  const job = aggregate.jobs.at(-1);
  // Nobody asks: what a request would say is null.
  const scope = { now, fields, exists: aggregate.deleted !== true, origin, made: {}, known: {}, ...(job && { job }) };
  const values = [...derived].map(([name, behaviour]) => [name, prepare(behaviour).names.derived.get(name)?.(scope) ?? null]);
  return Object.fromEntries(values);
}

/** Values of a table: literals, `$reference`, and texts with `{reference}` in them. */
import { compileReference, type Names, type Read } from "./readers.ts";
import { isOfRequest } from "./references.ts";
import type { Scope } from "./scope.ts";
import type { Fields, Json, Known, Value, When } from "./types.ts";

const HOLE = /\{([^{}]*)\}/;

/** In a list: what the field has already. */
const SPREAD = "$...";
/** Beyond this many the oldest items are forgotten, so that a mock that runs for weeks stays small. */
const MOST_ITEMS = 1000;

/** The references a text holds: itself behind `$`, or those in braces. */
export function referencesOf(text: string): string[] {
  if (text.startsWith("$")) return [text.slice(text.startsWith(SPREAD) ? SPREAD.length : 1)];
  return text.split(HOLE).filter((_, index) => index % 2 === 1);
}

/** All references of a value, also inside lists and objects. */
export function referencesIn(value: Value): string[] {
  if (typeof value === "string") return referencesOf(value);
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(referencesIn) : [];
}

/** A value inside a longer text; null is nothing. */
export const textOf = (value: Json): string => (value === null ? "" : typeof value === "string" ? value : JSON.stringify(value));

function compileText(text: string, names: Names): Read {
  if (text.startsWith("$")) return compileReference(text.slice(1), names);
  const parts = text.split(HOLE).map((part, index): string | Read => (index % 2 === 1 ? compileReference(part, names) : part));
  return (scope) => parts.map((part) => (typeof part === "string" ? part : textOf(part(scope)))).join("");
}

/** One item of a list, or all of another list. */
function compileItem(item: Value, names: Names): (scope: Scope) => Json[] {
  const spreads = typeof item === "string" && item.startsWith(SPREAD);
  const read = spreads ? compileReference(item.slice(SPREAD.length), names) : compileValue(item, names);
  return (scope) => {
    const value = read(scope);
    return spreads && Array.isArray(value) ? value : [value];
  };
}

/**
 * @param value of a table
 * @throws Error when it holds something that is no reference
 */
export function compileValue(value: Value, names: Names): Read {
  if (referencesIn(value).length === 0) return () => value;
  if (typeof value === "string") return compileText(value, names);
  if (Array.isArray(value)) {
    const items = value.map((item) => compileItem(item, names));
    return (scope) => items.flatMap((item) => item(scope)).slice(-MOST_ITEMS);
  }
  const members = Object.entries(value ?? {}).map(([name, member]): [string, Read] => [name, compileValue(member, names)]);
  return (scope) => Object.fromEntries(members.map(([name, member]) => [name, member(scope)]));
}

/** The members of `set`, in their order. */
export const compileSet = (set: { [name: string]: Value }, names: Names): [name: string, read: Read][] =>
  Object.entries(set).map(([name, value]) => [name, compileValue(value, names)]);

/** Fields with some of them set anew; every value is read before any is set. */
export function assign(fields: Fields, set: readonly [name: string, read: Read][], scope: Scope): Fields {
  if (set.length === 0) return fields;
  const next = { ...fields };
  // No table has a field of that name; a state that somebody loads might.
  for (const [name, read] of set) if (name !== "__proto__") next[name] = read(scope);
  return next;
}

/** What the specs of timers and outcomes say of the request. */
export function requestReferences(...specs: { when?: When; set?: { [field: string]: Value } }[]): string[] {
  const all = specs.flatMap(({ when = {}, set = {} }) => [
    ...Object.keys(when),
    ...referencesIn(Object.values(when)),
    ...referencesIn(set),
  ]);
  return [...new Set(all)].filter(isOfRequest);
}

/** Reads now what will be asked later. */
export function compileKnown(references: string[], names: Names): (scope: Scope) => Known | undefined {
  if (references.length === 0) return () => undefined;
  const reads = references.map((reference): [string, Read] => [reference, compileReference(reference, names)]);
  return (scope) => Object.fromEntries(reads.map(([reference, read]) => [reference, read(scope)]));
}

/** Whether the `when` of a row holds. */
import { compileReference, type Names, type Read } from "./readers.ts";
import type { Scope } from "./scope.ts";
import type { Json, Test, Value, When } from "./types.ts";
import { compileValue, referencesIn } from "./values.ts";
import { compareVersions } from "./versions.ts";

export type Check = (scope: Scope) => boolean;

/** The words a test can be made of, in place of a value. */
export const TESTS = ["not", "exists", "atLeast", "below"] as const;

/** A test is an object; as a value to compare with, an object makes no sense in a table. */
export const isTest = (test: Test): test is { [word: string]: Json } => typeof test === "object" && test !== null && !Array.isArray(test);

/** Equal as JSON is; members in any order. */
export function equal(some: Json, other: Json): boolean {
  if (some === other) return true;
  if (typeof some !== "object" || typeof other !== "object" || some === null || other === null) return false;
  if (Array.isArray(some) !== Array.isArray(other)) return false;
  const [left, right] = [Object.entries(some), new Map(Object.entries(other))];
  return left.length === right.size && left.every(([name, value]) => right.has(name) && equal(value, right.get(name) ?? null));
}

/** One value, or one of a list. */
function compileOneOf(value: Value, names: Names): (actual: Json, scope: Scope) => boolean {
  if (Array.isArray(value)) {
    if (referencesIn(value).length === 0 && value.every((item) => typeof item !== "object" || item === null)) {
      return (actual) => value.some((item) => item === actual);
    }
    const reads = value.map((item) => compileValue(item, names));
    return (actual, scope) => reads.some((read) => equal(actual, read(scope)));
  }
  const read = compileValue(value, names);
  return (actual, scope) => {
    const wanted = read(scope);
    // A list that is remembered is one of, too.
    return equal(actual, wanted) || (Array.isArray(wanted) && wanted.some((item) => equal(actual, item)));
  };
}

/** `atLeast` and `below`; what is no version is neither. */
function compileOrder(bound: Value, names: Names, holds: (order: number) => boolean): (actual: Json, scope: Scope) => boolean {
  const read = compileValue(bound, names);
  return (actual, scope) => {
    const [some, other] = [actual, read(scope)];
    const order = typeof some === "string" && typeof other === "string" ? compareVersions(some, other) : undefined;
    return order !== undefined && holds(order);
  };
}

function compileWord(word: string, value: Value, names: Names): (actual: Json, scope: Scope) => boolean {
  if (word === "exists") return (actual) => (actual !== null) === value;
  if (word === "atLeast") return compileOrder(value, names, (order) => order >= 0);
  if (word === "below") return compileOrder(value, names, (order) => order < 0);
  if (word !== "not") throw new Error(`The table has a test ${word}, and there is none.`);
  const oneOf = compileOneOf(value, names);
  return (actual, scope) => !oneOf(actual, scope);
}

function compileLine(reference: string, test: Test, names: Names): Check {
  const read: Read = compileReference(reference, names);
  if (!isTest(test)) {
    // By far the most frequent lines: `locked: true`.
    if (!Array.isArray(test) && referencesIn(test).length === 0) return (scope) => read(scope) === test;
    const oneOf = compileOneOf(test, names);
    return (scope) => oneOf(read(scope), scope);
  }
  const words = Object.entries(test).map(([word, value]) => compileWord(word, value, names));
  return (scope) => {
    const actual = read(scope);
    return words.every((holds) => holds(actual, scope));
  };
}

/**
 * @param when of a row; absent, it always holds
 * @throws Error when it speaks of something that is no reference
 */
export function compileWhen(when: When | undefined, names: Names): Check {
  const lines = Object.entries(when ?? {}).map(([reference, test]) => compileLine(reference, test, names));
  const [first, second] = lines;
  if (!first) return () => true;
  if (!second) return first;
  return (scope) => lines.every((holds) => holds(scope));
}

/** Which resource a request is about. */
import { prepare } from "./prepare.ts";
import type { Scope } from "./scope.ts";
import type { Asked, Behaviour } from "./types.ts";

const NO_FIELDS = Object.freeze({});
const NO_ORIGIN = Object.freeze({ seed: "", space: "", key: "", serial: 0 });

/** A scope for what only asks the request. */
export const requestScope = (asked: Asked, now = 0): Scope => ({
  now,
  fields: NO_FIELDS,
  exists: false,
  origin: NO_ORIGIN,
  made: {},
  asked,
});

/**
 * @returns the key in lower case, `""` where there is one resource per world, undefined where the request names none
 */
export function keyOf(behaviour: Behaviour, asked: Asked): string | undefined {
  if (!behaviour.resource) return undefined;
  const { key, parameter } = prepare(behaviour);
  if (!key) return "";
  const value = parameter !== undefined && Object.hasOwn(asked.path, parameter) ? asked.path[parameter] : key(requestScope(asked));
  return typeof value === "string" ? value.toLowerCase() : undefined;
}

/** Whether the same path parameters always mean the same resource. */
export const keyStandsInPath = (behaviour: Behaviour): boolean => prepare(behaviour).parameter !== undefined;

/** Whether a key is one that a resource of this kind can have. */
export const isWellFormed = (behaviour: Behaviour, key: string): boolean => prepare(behaviour).format?.test(key) ?? true;

/** @returns the id of the job that the call reads; undefined where the call reads none */
export function jobIdOf(behaviour: Behaviour, asked: Asked): string | undefined {
  const { calls, jobs } = prepare(behaviour);
  if (!jobs) return undefined;
  const value = calls.get(asked.call)?.job?.(requestScope(asked));
  return typeof value === "string" ? value : undefined;
}

/** Reading what others made: getters that throw, revoked proxies and the like count as nothing. */

/** What a reading gives; undefined where it throws. */
export const attempt = <Value>(read: () => Value): Value | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

export const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** A member of an object or an array; undefined of anything else. */
export const memberOf = (value: unknown, key: string | number): unknown =>
  isObject(value) ? attempt<unknown>(() => Reflect.get(value, key)) : undefined;

/** Characters of one text that are looked at; joined and searched, a longer one would cost more than it says. */
const LONGEST = 20_000;

/** A member that is text, its beginning where it is very long, or a number as text. */
export function textOf(value: unknown, key: string | number): string | undefined {
  const member = memberOf(value, key);
  return typeof member === "string" ? member.slice(0, LONGEST) : typeof member === "number" ? String(member) : undefined;
}

/** The first items of an array; undefined of anything else. */
export function itemsOf(value: unknown, most: number): unknown[] | undefined {
  if (!attempt(() => Array.isArray(value))) return undefined;
  const length = memberOf(value, "length");
  return Array.from({ length: typeof length === "number" ? Math.min(length, most) : 0 }, (_, at) => memberOf(value, at));
}

/** Names of the own members of an object that is no list. */
export const namesOf = (value: unknown): string[] =>
  attempt(() => (isObject(value) && !("length" in value) ? Object.keys(value) : [])) ?? [];

/** A header of a response. */
export function headerOf(response: unknown, name: string): string | undefined {
  const headers = memberOf(response, "headers");
  const value = attempt<unknown>(() => (headers as Headers).get(name));
  return typeof value === "string" && value !== "" ? value : undefined;
}

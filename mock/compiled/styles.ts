/** A list or an object that is written as one text (OpenAPI 3.1, "Style Values"). */
import type { Obj } from "../../scripts/document.ts";
import type { Parameter } from "./types.ts";

/** What separates the values. */
const SEPARATORS: { [style: string]: string } = { simple: ",", form: ",", spaceDelimited: " ", pipeDelimited: "|" };

/** Styles by place: what OpenAPI has beyond them (label, matrix, cookie) no contract of ours uses. */
export const STYLES: { readonly [where in Parameter["where"]]: readonly string[] } = {
  path: ["simple"],
  header: ["simple"],
  query: ["form", "spaceDelimited", "pipeDelimited", "deepObject"],
};

/** A member of an object, or a parameter, with all values it has. */
export type Named = [name: string, values: string[]];

/** An object whose members may have any name, `__proto__` too. */
export function objectOf(members: Iterable<Named>, make: (name: string, values: string[]) => unknown): Obj {
  const object = Object.create(null) as Obj;
  for (const [name, values] of members) object[name] = make(name, values);
  return object;
}

/** The parameters of a query or the fields of a form, by name: in one pass, since `getAll` looks at all of them for each name. */
export function namedValues(parameters: URLSearchParams): Named[] {
  const named = new Map<string, string[]>();
  for (const [name, value] of parameters) {
    const values = named.get(name);
    if (values) values.push(value);
    else named.set(name, [value]);
  }
  return [...named];
}

/** Splits a text at the commas, or whatever the style has; in a header there may be blanks around them (RFC 9110, 5.6.1). */
export function splitText(text: string, { style, where }: Parameter): string[] {
  const parts = text.split(SEPARATORS[style] ?? ",");
  return where === "header" ? parts.map((part) => part.trim()) : parts;
}

/** `a,1,b,2`, or `a=1,b=2` where it is exploded. */
export function membersIn(text: string, parameter: Parameter): Named[] {
  const parts = splitText(text, parameter);
  if (parameter.explode) return parts.map((part) => [part.replace(/=.*/s, ""), [part.replace(/^[^=]*=?/s, "")]]);
  const names = parts.filter((_, index) => index % 2 === 0);
  return names.map((name, index) => [name, [parts[2 * index + 1] ?? ""]]);
}

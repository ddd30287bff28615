/**
 * From a request to the values of its parameters (OpenAPI 3.1, "Style Values"). Everything that depends on the contract is decided once.
 * An empty text counts as absent: real clients send empty headers, and `?name=` says nothing either. An empty list header is an empty list.
 */
import type { Obj } from "../../scripts/document.ts";
import type { ParsedRequest } from "../types.ts";
import { compileCoercion, compileMembers, itemsOf, namesOf, shapeOf } from "./coerce.ts";
import type { Parameter } from "./types.ts";

/** A plain parameter that is there more than once. */
export class Repeated {
  readonly times: number;

  constructor(times: number) {
    this.times = times;
  }
}

/** The value of a parameter; undefined where the request has none. */
export type Read = (request: ParsedRequest) => unknown;

type Source = (request: ParsedRequest) => string | undefined;

/** What separates the values of a list or an object that is one text. */
const SEPARATORS: { [style: string]: string } = { simple: ",", form: ",", spaceDelimited: " ", pipeDelimited: "|" };

/** Styles by place: what OpenAPI has beyond them (label, matrix, cookie) no contract of ours uses. */
export const STYLES: { readonly [where in Parameter["where"]]: readonly string[] } = {
  path: ["simple"],
  header: ["simple"],
  query: ["form", "spaceDelimited", "pipeDelimited", "deepObject"],
};

/** An object whose members may have any name, `__proto__` too. */
function objectOf(members: Iterable<[string, string[]]>, make: (name: string, values: string[]) => unknown): Obj {
  const object = Object.create(null) as Obj;
  for (const [name, values] of members) object[name] = make(name, values);
  return object;
}

/** `a,1,b,2`, or `a=1,b=2` where it is exploded. */
function pairsIn(text: string, explode: boolean, separator: string): [string, string[]][] {
  const parts = text.split(separator);
  if (explode) return parts.map((part) => [part.replace(/=.*/s, ""), [part.replace(/^[^=]*=?/s, "")]]);
  return parts.flatMap((part, index) => (index % 2 === 0 ? [[part, [parts[index + 1] ?? ""]]] : []) as [string, string[]][]);
}

/** A parameter whose value is one text. */
function fromText(document: Obj, { schema, style, explode, where }: Parameter, source: Source): Read {
  const separator = SEPARATORS[style] ?? ",";
  const shape = shapeOf(document, schema);
  // Lists in a header may have blanks after the comma (RFC 9110, 5.6.1).
  const trim = (part: string): string => (where === "header" ? part.trim() : part);
  if (shape === "array") {
    const coerce = compileCoercion(document, itemsOf(document, schema));
    return (request) => {
      const text = source(request);
      return text === "" ? [] : text?.split(separator).map((part) => coerce(trim(part)));
    };
  }
  if (shape === "object") {
    const make = compileMembers(document, schema);
    return (request) => {
      const text = source(request);
      return text ? objectOf(pairsIn(text, explode, separator), (name, values) => make(trim(name), values)) : undefined;
    };
  }
  const coerce = compileCoercion(document, schema);
  return (request) => {
    const text = source(request);
    return text ? coerce(text) : undefined;
  };
}

/** Members of an object that are parameters of their own: those it declares, and where it is open all that nothing else claims. */
function fromMembers(document: Obj, parameter: Parameter, claimed: ReadonlySet<string>): Read {
  const { declared, open } = namesOf(document, parameter.schema);
  const own = new Set(declared);
  const make = compileMembers(document, parameter.schema);
  return ({ query }) => {
    if (query.size === 0) return undefined;
    const names = [...new Set(query.keys())].filter((name) => own.has(name) || (open && !claimed.has(name)));
    const members = names.map((name): [string, string[]] => [name, query.getAll(name)]);
    return members.length > 0 ? objectOf(members, make) : undefined;
  };
}

/** `name[member]=value` */
function fromBrackets(document: Obj, { name, schema }: Parameter): Read {
  const make = compileMembers(document, schema);
  return ({ query }) => {
    const keys = [...new Set(query.keys())].filter((key) => key.startsWith(`${name}[`) && key.endsWith("]"));
    const members = keys.map((key): [string, string[]] => [key.slice(name.length + 1, -1), query.getAll(key)]);
    return members.length > 0 ? objectOf(members, make) : undefined;
  };
}

/** A query parameter of its own name: one value, or a list. */
function fromQuery(document: Obj, parameter: Parameter): Read {
  const { name, schema, explode } = parameter;
  if (shapeOf(document, schema) === "array" && explode) {
    const coerce = compileCoercion(document, itemsOf(document, schema));
    return ({ query }) => {
      const values = query.getAll(name);
      return values.length === 0 || (values.length === 1 && values[0] === "") ? undefined : values.map(coerce);
    };
  }
  const one = fromText(document, parameter, ({ query }) => query.get(name) || undefined);
  return (request) => {
    const times = request.query.getAll(name).length;
    return times > 1 ? new Repeated(times) : one(request);
  };
}

/** Whether the members of an object stand in the query under their own names. */
const isSpread = (document: Obj, { where, style, explode, schema }: Parameter): boolean =>
  where === "query" && style === "form" && explode && shapeOf(document, schema) === "object";

/** The names in a query that parameters of an operation ask for: what is left belongs to an object with open names. */
export const claimedNames = (document: Obj, parameters: Parameter[]): Set<string> =>
  new Set(
    parameters
      .filter(({ where }) => where === "query")
      .flatMap((parameter) => (isSpread(document, parameter) ? namesOf(document, parameter.schema).declared : [parameter.name])),
  );

/**
 * @param document the bundle
 * @param parameter what to read
 * @param claimed `claimedNames` of its operation
 */
export function compileRead(document: Obj, parameter: Parameter, claimed: ReadonlySet<string>): Read {
  const { name, where, style } = parameter;
  if (where === "path") return fromText(document, parameter, ({ params }) => params[name]);
  if (where === "header") {
    const key = name.toLowerCase();
    return fromText(document, parameter, ({ headers }) => headers[key]);
  }
  if (style === "deepObject") return fromBrackets(document, parameter);
  if (isSpread(document, parameter)) return fromMembers(document, parameter, claimed);
  return fromQuery(document, parameter);
}

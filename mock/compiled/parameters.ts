/**
 * From a request to the values of its parameters. Everything that depends on the contract is decided once. An empty text counts as
 * absent: real clients send empty headers, and `?name=` says nothing either. An empty header that is a list is an empty list.
 */
import type { Obj } from "../../scripts/document.ts";
import type { ParsedRequest } from "../types.ts";
import { compileCoercion, compileMembers, itemsOf, namesOf, shapeOf } from "./coerce.ts";
import { membersIn, namedValues, objectOf, splitText, type Named } from "./styles.ts";
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

/** A parameter whose value is one text. */
function fromText(document: Obj, parameter: Parameter, source: Source): Read {
  const { schema } = parameter;
  const shape = shapeOf(document, schema);
  if (shape === "array") {
    const coerce = compileCoercion(document, itemsOf(document, schema));
    return (request) => {
      const text = source(request);
      return text === undefined ? undefined : text === "" ? [] : splitText(text, parameter).map(coerce);
    };
  }
  if (shape === "object") {
    const make = compileMembers(document, schema);
    return (request) => {
      const text = source(request);
      return text ? objectOf(membersIn(text, parameter), make) : undefined;
    };
  }
  const coerce = compileCoercion(document, schema);
  return (request) => {
    const text = source(request);
    return text ? coerce(text) : undefined;
  };
}

/** An object some of whose members may be parameters of the query. */
function fromMembers(document: Obj, { schema }: Parameter, pick: (members: Named[]) => Named[]): Read {
  const make = compileMembers(document, schema);
  return ({ query }) => {
    const members = query.size === 0 ? [] : pick(namedValues(query));
    return members.length > 0 ? objectOf(members, make) : undefined;
  };
}

/** Members under their own names: those that are declared, and where the object is open all that nothing else claims. */
function fromSpread(document: Obj, parameter: Parameter, claimed: ReadonlySet<string>): Read {
  const { declared, open } = namesOf(document, parameter.schema);
  const own = new Set(declared);
  return fromMembers(document, parameter, (members) => members.filter(([name]) => own.has(name) || (open && !claimed.has(name))));
}

/** `name[member]=value` */
const fromBrackets = (document: Obj, parameter: Parameter): Read =>
  fromMembers(document, parameter, (members) =>
    members
      .filter(([key]) => key.startsWith(`${parameter.name}[`) && key.endsWith("]"))
      .map(([key, values]) => [key.slice(parameter.name.length + 1, -1), values]),
  );

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
  return isSpread(document, parameter) ? fromSpread(document, parameter, claimed) : fromQuery(document, parameter);
}

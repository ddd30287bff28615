/** What a table may speak of: its own fields, and what requests of the contract can say. */
import { isName, parseReference, stepsOf, type Reference } from "../mock/state/references.ts";
import { referencesOf } from "../mock/state/values.ts";
import type { Json } from "../mock/state/types.ts";
import type { Part } from "./behaviour-part.ts";
import type { Call } from "./calls.ts";
import { arrayAt, isObject, objectAt, resolveObject, stringAt, type Obj } from "./document.ts";

/** A contract of the same API. */
export interface Sibling {
  version: string;
  document: Obj;
  calls: Call[];
}

export interface Words {
  /** All versions of the API, this one among them: a table is for all of them. */
  siblings: Sibling[];
  /** Literals that a field can hold; undefined where anything goes. */
  fields: Map<string, Json[] | undefined>;
  derived: Map<string, Json[] | undefined>;
  requests: Set<string>;
  collection: boolean;
  /** Whether tokens end, so that there are new ones. */
  lifetime: boolean;
}

/** Where a reference stands: one call, or anywhere. */
export interface Place {
  document: Obj;
  call: Call;
}

/** Headers that no contract declares, but that every request may have. */
const COMMON = ["accept", "accept-language", "authorization", "content-length", "content-type", "cookie", "host", "user-agent"];

const parametersOf = ({ document, call }: Place, where: string): Obj[] =>
  [...arrayAt(call.pathItem, "parameters"), ...arrayAt(call.operation, "parameters")]
    .map((parameter) => resolveObject(document, parameter))
    .filter((parameter) => parameter["in"] === where);

const names = (parameters: Obj[]): string[] => parameters.flatMap((parameter) => stringAt(parameter, "name") ?? []);

/** An exploded object takes names that the contract does not list. */
const isOpen = (document: Obj, parameter: Obj): boolean => resolveObject(document, parameter["schema"])["type"] === "object";

function headersOf(place: Place): string[] {
  const schemes = Object.values(objectAt(objectAt(place.document, "components"), "securitySchemes"));
  const keys = schemes.map((scheme) => resolveObject(place.document, scheme)).filter((scheme) => scheme["in"] === "header");
  return [...COMMON, ...names([...keys, ...parametersOf(place, "header")]).map((name) => name.toLowerCase())];
}

/** Whether a schema lists a member; unions are looked into. */
function hasMember(document: Obj, node: unknown, [step, ...rest]: string[], depth = 0): boolean {
  if (step === undefined) return true;
  if (depth > 16) return false;
  const schema = resolveObject(document, node);
  const below = objectAt(schema, "properties")[step] ?? (/^\d+$/.test(step) ? schema["items"] : undefined);
  if (below !== undefined && hasMember(document, below, rest, depth + 1)) return true;
  const branches = ["oneOf", "anyOf", "allOf"].flatMap((word) => arrayAt(schema, word));
  return branches.some((branch) => hasMember(document, branch, [step, ...rest], depth + 1));
}

function hasBody({ document, call }: Place, pointer: string): boolean {
  const content = objectAt(resolveObject(document, call.operation["requestBody"]), "content");
  return Object.values(content).some((media) => isObject(media) && hasMember(document, media["schema"], stepsOf(pointer)));
}

/** What is wrong with a reference to a request at one call; undefined where it is right. */
function wrongAt(place: Place, { kind, name }: Reference): string | undefined {
  const { id, path } = place.call;
  if (kind === "path" && !path.includes(`{${name}}`)) return `The path of ${id} has no {${name}}`;
  if ((kind === "body" || kind === "sent") && !hasBody(place, name)) return `The body of ${id} has no ${name}`;
  if (kind === "header" && !headersOf(place).includes(name)) return `${id} has no header ${name}`;
  if (kind !== "query") return undefined;
  const query = parametersOf(place, "query");
  const open = query.some((parameter) => isOpen(place.document, parameter));
  return open || names(query).includes(name) ? undefined : `${id} has no query parameter ${name}`;
}

const fieldsOf = ({ fields, derived }: Words): string => [...fields.keys(), ...derived.keys()].join(", ");

/**
 * @param part where it stands
 * @param text the reference, without `$`
 * @param place the call it is asked at; without one it must make sense at some call of some version
 * @throws LatchError when nothing is called like that
 */
export function checkReference(part: Part, text: string, words: Words, place?: Place): Reference {
  const reference = parseReference(text);
  if (!reference) return part.fail(`There is no reference ${text}`, "choose one of those in docs/behaviour.md");
  const { kind, name } = reference;
  if (kind === "field" && !words.fields.has(name) && !words.derived.has(name))
    part.fail(`There is no field ${name}`, `choose from ${fieldsOf(words) || "none"}, or name one above`);
  if (kind === "request" && !words.requests.has(name))
    part.fail(`There is no request name ${name}`, `choose from ${[...words.requests].join(", ") || "none"}, or write it below request`);
  if (kind === "item" && !words.collection) part.fail(`${text} needs a collection`, "say below collection what is kept in lists");
  if (kind === "new" && name !== "id" && !words.lifetime) part.fail(`${text} needs a lifetime`, "say below caller how long a token lives");
  const places = place ? [place] : words.siblings.flatMap(({ document, calls }) => calls.map((call) => ({ document, call })));
  const wrong = places.map((candidate) => wrongAt(candidate, reference));
  const first = wrong.find((sentence) => sentence !== undefined);
  if (first !== undefined && wrong.every((sentence) => sentence !== undefined))
    part.fail(place ? first : `No call can say ${text}`, "choose something that a request says");
  return reference;
}

/** A name that nothing refers to but its own kind: of a timer. */
export const plainName = (part: Part): string =>
  isName(part.name) ? part.name : part.fail(`${part.name} cannot be a name`, "take letters, digits, _ and -");

/** A name that references use. */
export function checkName(part: Part, name = part.name): string {
  const free = parseReference(name)?.kind === "field" && isName(name);
  return free ? name : part.fail(`${name} cannot be a name here`, "take letters, digits, _ and -, and no word of the format");
}

/** All references of a value, also deep inside. */
export function checkValue(part: Part, words: Words, place?: Place): Json {
  const { value } = part;
  if (typeof value === "string") for (const text of referencesOf(value)) checkReference(part, text, words, place);
  else if (Array.isArray(value)) for (const item of part.items()) checkValue(item, words, place);
  else if (isObject(value)) for (const member of part.members()) checkValue(member, words, place);
  return value as Json;
}

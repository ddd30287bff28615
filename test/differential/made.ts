/** Requests that are made up from a contract's schemas: first one that fits, then the same with one thing spoilt. */
import fc from "fast-check";
import type { Call } from "../../scripts/calls.ts";
import { isObject, objectAt, resolveObject, stringAt, type Obj } from "../../scripts/document.ts";
import type { Subject } from "../conformance/support/contracts.ts";
import { basePath, parametersOf } from "../conformance/support/requests.ts";
import { fittingArb } from "./arbitraries.ts";
import { mutationsOf } from "./mutations.ts";
import { mockRequest, shown, type Case } from "./requests.ts";

/** A request in pieces that can be changed one by one. */
export interface Parts {
  path: Record<string, string>;
  query: [name: string, value: string][];
  headers: Record<string, string>;
  body?: { mediaType: string; schema: Obj; value: unknown };
}

/** How values are written where they are one text: lists with commas, as `form` and `simple` have them. */
const textOf = (value: unknown): string => (Array.isArray(value) ? value.map(String).join(",") : String(value));

/** A value that can stand in a header: printable, without blanks at its ends. */
const inHeader = (text: string): string => text.replace(/[^\x20-\x7e]/g, "").trim();

const SEPARATORS: Record<string, string> = { pipeDelimited: "|", spaceDelimited: " " };

function queryPairs(parameter: Obj, value: unknown): [string, string][] {
  const [name, style] = [stringAt(parameter, "name") ?? "", stringAt(parameter, "style") ?? "form"];
  if (isObject(value)) {
    return Object.entries(value).map(([key, member]) => [style === "deepObject" ? `${name}[${key}]` : key, String(member)]);
  }
  if (!Array.isArray(value)) return [[name, String(value)]];
  if (parameter["explode"] !== false) return value.map((item) => [name, String(item)]);
  return [[name, value.map(String).join(SEPARATORS[style] ?? ",")]];
}

/** Adds one parameter to a request. */
function place(parts: Parts, parameter: Obj, value: unknown): void {
  const name = stringAt(parameter, "name") ?? "";
  if (parameter["in"] === "path") parts.path[name] = textOf(value);
  else if (parameter["in"] === "header") parts.headers[name] = inHeader(textOf(value));
  else parts.query.push(...queryPairs(parameter, value));
}

/** Path segments are never empty, a dot or two, or with control characters: no router lets those through. */
const canStandInPath = (value: unknown): boolean => !/^\.{0,2}$|\p{Cc}|\p{Cs}/u.test(textOf(value));

function parameterArb(subject: Subject, parameter: Obj): fc.Arbitrary<unknown> {
  const arb = fittingArb(subject, parameter["schema"]);
  const own = parameter["in"] === "path" ? arb.filter(canStandInPath) : arb;
  return parameter["required"] === true ? own : fc.option(own, { nil: undefined });
}

/** A key of a request body that selects the call is the only one that is wanted. */
function bodyArb(subject: Subject, call: Call): fc.Arbitrary<Parts["body"]> {
  const { document } = subject;
  const [first] = Object.entries(objectAt(resolveObject(document, call.operation["requestBody"]), "content"));
  if (!first) return fc.constant(undefined);
  const [mediaType, media] = first;
  const schema = objectAt(media, "schema");
  const { action } = call;
  // An empty text is no body.
  if (action === undefined) {
    return fittingArb(subject, schema)
      .filter((value) => value !== "")
      .map((value) => ({ mediaType, schema, value }));
  }
  const member = objectAt(resolveObject(document, schema), "properties")[action];
  return fittingArb(subject, member).map((value) => ({ mediaType, schema, value: { [action]: value } }));
}

function partsArb(subject: Subject, call: Call): fc.Arbitrary<Parts> {
  const parameters = parametersOf(subject, call);
  return fc.tuple(bodyArb(subject, call), ...parameters.map((one) => parameterArb(subject, one))).map(([body, ...values]) => {
    const parts: Parts = { path: {}, query: [], headers: {}, ...(body && { body }) };
    parameters.forEach((parameter, index) => {
      if (values[index] !== undefined) place(parts, parameter, values[index]);
    });
    return parts;
  });
}

/** As a form field: an object cannot stand there, its JSON can. */
const field = (value: unknown): string => (typeof value === "object" ? JSON.stringify(value) : String(value));

function wire({ mediaType, value }: NonNullable<Parts["body"]>): string {
  if (mediaType.endsWith("json")) return JSON.stringify(value);
  return isObject(value)
    ? new URLSearchParams(Object.entries(value).map(([name, member]) => [name, field(member)])).toString()
    : field(value);
}

function assemble(kind: string, subject: Subject, call: Call, { path, query, headers, body }: Parts): Case {
  const filled = call.path.replace(/\{([^{}]+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ""));
  const target = `/${subject.api}${basePath(subject.document, call)}${filled}`;
  const request = mockRequest({
    method: call.method.toUpperCase(),
    path: query.length > 0 ? `${target}?${new URLSearchParams(query)}` : target,
    headers: { ...headers, ...(body && { "Content-Type": body.mediaType }) },
    ...(body && { body: wire(body) }),
  });
  const made: Case = { kind, subject, call, request };
  // fast-check prints what failed: the request, not the whole contract.
  return Object.defineProperty(made, fc.toStringMethod, { value: () => JSON.stringify(shown(made)) });
}

/**
 * @param subject a contract
 * @param call one of its calls
 * @returns requests of the kind `valid`, and of the kinds of mutations.ts that this call can suffer
 */
export function madeCases(subject: Subject, call: Call): fc.Arbitrary<Case> {
  return fc.tuple(partsArb(subject, call), fc.nat(3), fc.nat(), fc.nat(), fc.nat()).map(([parts, roll, which, where, how]) => {
    const mutations = roll === 0 ? [] : mutationsOf(subject, call, parts);
    const chosen = mutations[which % Math.max(mutations.length, 1)];
    if (!chosen) return assemble("valid", subject, call, parts);
    return assemble(chosen.kind, subject, call, chosen.apply(structuredClone(parts), where, how));
  });
}

/** Requests as they come over the wire, and what is left of one when it has found its operation. */
import type { MockRequest, ParsedRequest } from "../../mock/types.ts";
import type { Call } from "../../scripts/calls.ts";
import { objectAt, resolveObject } from "../../scripts/document.ts";
import { CORPUS, type BadRequest } from "../conformance/negative.ts";
import type { Subject } from "../conformance/support/contracts.ts";
import { credentialsOf } from "../conformance/support/credentials.ts";
import type { Outgoing } from "../conformance/support/mock.ts";
import { basePath, exampleValues, parametersOf, requestFor, type Choice } from "../conformance/support/requests.ts";

export interface Case {
  /** `example`, `negative`, or what was done to a request that was made up. */
  kind: string;
  subject: Subject;
  call: Call;
  request: MockRequest;
}

const encoder = new TextEncoder();

/** A case without the contract it is about, for people. */
export const shown = ({ kind, subject, call, request: { method, url, headers, body } }: Case): object => ({
  kind,
  call: `${subject.key} ${call.id}`,
  request: `${method} ${url}`,
  headers,
  ...(body && { body: new TextDecoder().decode(body.slice(0, 2000)) }),
});

/** @param outgoing header names in any case */
export function mockRequest({ method, path, headers, body }: Outgoing): MockRequest {
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return { method, url: path, headers: lower, ...(body !== undefined && { body: typeof body === "string" ? encoder.encode(body) : body }) };
}

/** Every example of a request, every example of every parameter, and every kind of credential. */
export function exampleCases(subject: Subject): Case[] {
  return subject.calls.flatMap((call) => {
    const optional = parametersOf(subject, call).filter((parameter) => parameter["required"] !== true);
    const choices: Choice[] = [
      {},
      ...call.requestExamples.map((example) => ({ example })),
      ...optional.flatMap((one) => exampleValues(subject.document, one).map((value) => ({ parameters: { [String(one["name"])]: value } }))),
      ...credentialsOf(subject.document, call.operation).map((credentials) => ({ credentials })),
    ];
    return choices.map((choice) => ({ kind: "example", subject, call, request: mockRequest(requestFor(subject, call, choice)) }));
  });
}

function spoil(valid: Outgoing, { method, path, swap, headers = {}, body }: BadRequest["spoil"]): Outgoing {
  const kept = Object.entries({ ...valid.headers, ...headers }).filter((pair): pair is [string, string] => pair[1] !== null);
  const sent = body === undefined ? valid.body : (body ?? undefined);
  return {
    method: method ?? valid.method,
    path: path ?? (swap ? valid.path.replace(...swap) : valid.path),
    headers: Object.fromEntries(kept),
    ...(sent !== undefined && { body: sent }),
  };
}

/** The corpus of bad requests, as far as it is about this contract. */
export const negativeCases = (subject: Subject): Case[] =>
  CORPUS.filter(({ contract }) => contract === subject.key).flatMap((row) => {
    const call = subject.calls.find(({ id }) => id === row.call);
    return call ? [{ kind: "negative", subject, call, request: mockRequest(spoil(requestFor(subject, call), row.spoil)) }] : [];
  });

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function tryTo<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

/** The path parameters of a request; undefined where it does not lead to the call. */
function paramsOf(subject: Subject, call: Call, path: string): Record<string, string> | undefined {
  const template = `/${subject.api}${basePath(subject.document, call)}${call.path}`.split("/");
  const segments = path.split("/");
  if (segments.length !== template.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of template.entries()) {
    const [, name] = /^\{(.+)\}$/.exec(part) ?? [];
    const segment = tryTo(() => decodeURIComponent(segments[index] ?? ""));
    // What the router refuses, no engine sees: an empty segment, a dot segment, control characters.
    if (segment === undefined || (name === undefined ? segment !== part : /^\.{0,2}$|\p{Cc}/u.test(segment))) return undefined;
    if (name !== undefined) params[name] = segment;
  }
  return params;
}

/**
 * What an engine's backend is given for a request.
 * @returns undefined where the request is refused before: another path or method, a body that is not what its media type says
 */
export function parse({ subject, call, request }: Case): ParsedRequest | undefined {
  const [path = "", query = ""] = request.url.split(/\?(.*)/s);
  const params = paramsOf(subject, call, path);
  if (params === undefined || request.method !== call.method.toUpperCase()) return undefined;
  const { headers, body } = request;
  const head = { params, headers, query: new URLSearchParams(query) };
  const content = objectAt(resolveObject(subject.document, call.operation["requestBody"]), "content");
  if (body === undefined || body.length === 0) return { ...head, length: 0 };
  const mediaType = headers["content-type"]?.split(";")[0]?.trim();
  if (mediaType === undefined || !(mediaType in content)) return undefined;
  const text = tryTo(() => decoder.decode(body));
  const value: unknown = text === undefined ? undefined : mediaType.endsWith("json") ? tryTo(() => JSON.parse(text)) : text;
  return value === undefined ? undefined : { ...head, mediaType, body: value, length: body.length };
}

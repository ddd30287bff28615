/** Requests that fit a call, made of nothing but the contract's own examples. */
import type { Call } from "../../../scripts/calls.ts";
import { arrayAt, isObject, objectAt, resolveObject, stringAt, type Obj } from "../../../scripts/document.ts";
import type { Subject } from "./contracts.ts";
import { credentialsOf } from "./credentials.ts";
import type { Outgoing } from "./mock.ts";

export interface Choice {
  /** Key of a request example; the canonical one unless said otherwise. */
  example?: string | undefined;
  /** Values of optional parameters that are to be sent, by name. */
  parameters?: Record<string, unknown>;
  /** Headers of one alternative of the security; those of the first unless said otherwise. */
  credentials?: Record<string, string>;
}

/** The parameters of a call: the path's and the operation's. */
export const parametersOf = ({ document }: Subject, { pathItem, operation }: Call): Obj[] =>
  [...arrayAt(pathItem, "parameters"), ...arrayAt(operation, "parameters")].map((entry) => resolveObject(document, entry));

/** Every value a parameter gives as an example. */
export function exampleValues(document: Obj, parameter: Obj): unknown[] {
  const schema = resolveObject(document, parameter["schema"]);
  const own = Object.values(objectAt(parameter, "examples")).map((example) => resolveObject(document, example)["value"]);
  return own.length > 0 ? own : arrayAt(schema, "examples");
}

/** `form` with `explode`, the default of a query: an object's members are parameters of their own. */
const pairsOf = (name: string, value: unknown): [string, string][] =>
  isObject(value) ? Object.entries(value).map(([key, member]) => [key, String(member)]) : [[name, String(value)]];

/** The path of the server a call stands at, every variable at its default. */
export function basePath(document: Obj, { pathItem, operation }: Call): string {
  const server = [operation, pathItem, document].flatMap((node) => arrayAt(node, "servers"))[0];
  const url = (stringAt(server, "url") ?? "/").replace(/\{([^{}]+)\}/g, (_, name: string) => {
    return stringAt(objectAt(objectAt(server, "variables"), name), "default") ?? name;
  });
  return new URL(url, "https://example.com").pathname.replace(/\/$/, "");
}

/** The body of one request example as bytes on the wire, with its media type. */
function bodyOf(document: Obj, { operation, requestExamples }: Call, wanted?: string): { mediaType: string; body: string } | undefined {
  const content = Object.entries(objectAt(resolveObject(document, operation["requestBody"]), "content"));
  const key = wanted ?? requestExamples[0];
  for (const [mediaType, media] of content) {
    const example = resolveObject(document, objectAt(media, "examples")[key ?? ""]);
    if (!("value" in example)) continue;
    const { value } = example;
    if (mediaType.endsWith("json")) return { mediaType, body: JSON.stringify(value) };
    return { mediaType, body: isObject(value) ? new URLSearchParams(pairsOf("", value)).toString() : String(value) };
  }
  if (wanted !== undefined) throw new Error(`There is no request example ${wanted}.`);
  return undefined;
}

/** A valid request for a call: required parameters, a pinned version, credentials, and the body of one example. */
export function requestFor(contract: Subject, call: Call, choice: Choice = {}): Outgoing {
  const { document } = contract;
  const sent = bodyOf(document, call, choice.example);
  const headers: Record<string, string> = { ...(choice.credentials ?? credentialsOf(document, call.operation)[0]) };
  if (sent) headers["Content-Type"] = sent.mediaType;
  const query = new URLSearchParams();
  let path = call.path;
  for (const parameter of parametersOf(contract, call)) {
    const name = stringAt(parameter, "name") ?? "";
    const chosen = choice.parameters && name in choice.parameters;
    if (!chosen && parameter["required"] !== true && parameter["x-pin"] === undefined) continue;
    const value = chosen ? choice.parameters?.[name] : exampleValues(document, parameter)[0];
    if (parameter["in"] === "path") path = path.replace(`{${name}}`, encodeURIComponent(String(value)));
    else if (parameter["in"] === "header") headers[name] = String(value);
    else for (const [key, text] of pairsOf(name, value)) query.append(key, text);
  }
  const target = `/${contract.api}${basePath(document, call)}${path}${query.size > 0 ? `?${query}` : ""}`;
  return { method: call.method.toUpperCase(), path: target, headers, ...(sent && { body: sent.body }) };
}

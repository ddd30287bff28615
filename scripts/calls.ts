/**
 * The calls of a contract. A call is an operation, or one action of it where one URL takes many bodies
 * (docs/contracts.md, "A call"). Everything downstream of the bundle works in calls.
 */
import { METHODS, arrayAt, isObject, objectAt, resolveObject, stringAt, type Method, type Obj } from "./document.ts";

/** What a call answers with one status. */
export interface CallAnswer {
  /** The Response Object, resolved. */
  response: Obj;
  /** Media type of the body; undefined where this call's answer has none. */
  mediaType?: string;
  /** Keys of the response's `examples` that this call can give, the first is the usual one. */
  examples: string[];
}

export interface Call {
  id: string;
  operationId: string;
  method: Method;
  path: string;
  /** The wire key that selects the call, where one URL takes many bodies. */
  action?: string;
  summary: string;
  description: string;
  deprecated: boolean;
  /** Whether sending it twice does no more than sending it once: it reads, or says `x-repeatable`. */
  repeatable: boolean;
  /** Date (YYYY-MM-DD) until which the version is promised, where there is one. */
  sunset?: string;
  tags: string[];
  basis?: string;
  question?: string;
  permissions: Obj;
  requestMediaTypes: string[];
  /** Keys of the request examples that belong to the call, the first is canonical. */
  requestExamples: string[];
  statuses: string[];
  answers: Record<string, CallAnswer>;
  operation: Obj;
  pathItem: Obj;
}

/** The actions an operation takes: the properties of its body that carry `x-call`, keyed by the wire key. */
function actionsOf(document: Obj, operation: Obj): Map<string, Obj> {
  const actions = new Map<string, Obj>();
  const body = resolveObject(document, operation["requestBody"]);
  for (const media of Object.values(objectAt(body, "content"))) {
    const schema = resolveObject(document, objectAt(media, "schema"));
    for (const [key, value] of Object.entries(objectAt(schema, "properties"))) {
      const action = resolveObject(document, value);
      if (isObject(action["x-call"])) actions.set(key, action);
    }
  }
  return actions;
}

/** Headers that speak of the body, or of what it shows: a call that gives none does not send them (RFC 9110, sections 8 and 10.2.2). */
const ABOUT_BODY = /^(content-.*|location|etag|last-modified)$/i;

/** The response as a call gives it that, unlike its siblings of the same URL, has no body. */
function withoutRepresentation(response: Obj): Obj {
  const rest = Object.fromEntries(Object.entries(response).filter(([key]) => key !== "content" && key !== "headers"));
  const headers = Object.entries(objectAt(response, "headers")).filter(([name]) => !ABOUT_BODY.test(name));
  return { ...rest, ...(headers.length > 0 && { headers: Object.fromEntries(headers) }) };
}

function answerOf(document: Obj, response: unknown, wanted: unknown): CallAnswer | undefined {
  if (wanted === "never") return undefined;
  const resolved = resolveObject(document, response);
  const [mediaType, media] = Object.entries(objectAt(resolved, "content"))[0] ?? [];
  if (mediaType === undefined) return { response: resolved, examples: [] };
  if (wanted === "empty") return { response: withoutRepresentation(resolved), examples: [] };
  const all = Object.keys(objectAt(media, "examples"));
  const examples = Array.isArray(wanted) ? wanted.filter((key): key is string => typeof key === "string") : all;
  return { response: resolved, mediaType, examples };
}

function answersOf(document: Obj, operation: Obj, chosen?: Obj): Record<string, CallAnswer> {
  const answers: Record<string, CallAnswer> = {};
  for (const [status, response] of Object.entries(objectAt(operation, "responses"))) {
    // An action names every 2xx it gives; the errors it does not mention are the operation's.
    const wanted = chosen ? (chosen[status] ?? (status.startsWith("2") ? "never" : undefined)) : undefined;
    const answer = answerOf(document, response, wanted);
    if (answer) answers[status] = answer;
  }
  return answers;
}

/** Methods that change nothing (RFC 9110, 9.2.1): repeating them is safe without saying so. */
const SAFE: readonly Method[] = ["get", "head", "options", "trace"];

/** What an operation and its action schema say about themselves in the same words. */
function wordsOf(node: Obj, method: Method): Pick<Call, "basis" | "question" | "permissions" | "description" | "repeatable"> {
  const basis = stringAt(node, "x-basis");
  const question = stringAt(node, "x-question");
  return {
    description: stringAt(node, "description") ?? "",
    permissions: objectAt(node, "x-permissions"),
    repeatable: SAFE.includes(method) || isObject(node["x-repeatable"]),
    ...(basis !== undefined && { basis }),
    ...(question !== undefined && { question }),
  };
}

/**
 * Every call of a contract, in the order of the document.
 * @param document a bundle (`generated/<api>/<version>/openapi.yaml`, parsed)
 */
export function callsOf(document: Obj): Call[] {
  const calls: Call[] = [];
  for (const [path, item] of Object.entries(objectAt(document, "paths"))) {
    const pathItem = resolveObject(document, item);
    for (const method of METHODS) {
      const operation = pathItem[method];
      if (!isObject(operation)) continue;
      const sunset = stringAt(operation, "x-sunset");
      const content = objectAt(resolveObject(document, operation["requestBody"]), "content");
      const examples = Object.values(content).flatMap((media) => Object.keys(objectAt(media, "examples")));
      const operationId = stringAt(operation, "operationId") ?? `${method} ${path}`;
      const shared = {
        operationId,
        method,
        path,
        deprecated: operation["deprecated"] === true,
        ...(sunset !== undefined && { sunset }),
        tags: arrayAt(operation, "tags").map(String),
        requestMediaTypes: Object.keys(content),
        operation,
        pathItem,
      };
      const actions = actionsOf(document, operation);
      for (const [action, schema] of actions) {
        const own = objectAt(schema, "x-call");
        const answers = answersOf(document, operation, objectAt(own, "responses"));
        calls.push({
          ...shared,
          ...wordsOf(schema, method),
          id: stringAt(own, "id") ?? action,
          action,
          summary: stringAt(own, "summary") ?? "",
          requestExamples: arrayAt(own, "request").map(String),
          statuses: Object.keys(answers),
          answers,
        });
      }
      if (actions.size > 0) continue;
      const answers = answersOf(document, operation);
      calls.push({
        ...shared,
        ...wordsOf(operation, method),
        id: operationId,
        summary: stringAt(operation, "summary") ?? "",
        requestExamples: examples,
        statuses: Object.keys(answers),
        answers,
      });
    }
  }
  return calls;
}

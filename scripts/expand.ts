/**
 * A bundle with one operation per call, for reading. Where one URL takes many bodies, every action becomes an entry of its own,
 * `/…/action#lock`, with the body, the answers and the examples that belong to it. A reader (and a score) then sees calls, not one
 * operation with nine of everything. Not for machines that route requests: the part after `#` is never sent.
 */
import { callsOf, type Call, type CallAnswer } from "./calls.ts";
import { METHODS, isObject, objectAt, resolveObject, type Obj } from "./document.ts";

const pick = (source: Obj, keys: string[]): Obj => Object.fromEntries(keys.filter((key) => key in source).map((key) => [key, source[key]]));

/** The response as this call gives it: no body, or its own examples. */
function ownResponse(answer: CallAnswer): Obj {
  const { content, ...rest } = answer.response;
  if (answer.mediaType === undefined || !isObject(content)) return rest;
  const media = objectAt(content, answer.mediaType);
  return { ...rest, content: { [answer.mediaType]: { ...media, examples: pick(objectAt(media, "examples"), answer.examples) } } };
}

function ownRequest(document: Obj, call: Call): Obj {
  const body = resolveObject(document, call.operation["requestBody"]);
  const key = call.action ?? "";
  const schema = {
    type: "object",
    required: [key],
    additionalProperties: false,
    properties: { [key]: { $ref: `#/components/schemas/${key}` } },
  };
  const content = Object.entries(objectAt(body, "content")).map(([type, media]) => {
    const examples = pick(objectAt(media, "examples"), call.requestExamples);
    return [type, { schema, examples }];
  });
  return { ...body, content: Object.fromEntries(content) };
}

const ownOperation = (document: Obj, call: Call): Obj => ({
  ...call.operation,
  operationId: call.id,
  summary: call.summary,
  description: call.description,
  "x-permissions": call.permissions,
  requestBody: ownRequest(document, call),
  responses: Object.fromEntries(Object.entries(call.answers).map(([status, answer]) => [status, ownResponse(answer)])),
});

/**
 * @param document a bundle; it is not changed
 * @returns a copy in which every action is an operation; the same document where there are none
 */
export function expandCalls(document: Obj): Obj {
  const actions = callsOf(document).filter((call) => call.action !== undefined);
  if (actions.length === 0) return structuredClone(document);
  const expanded: Obj = structuredClone(document);
  const paths: Obj = {};
  for (const [path, item] of Object.entries(objectAt(expanded, "paths"))) {
    const own = actions.filter((call) => call.path === path);
    const rest = isObject(item) ? { ...item } : {};
    for (const { method } of own) delete rest[method];
    if (own.length === 0 || METHODS.some((method) => method in rest)) paths[path] = rest;
    const { parameters, servers } = objectAt(objectAt(expanded, "paths"), path);
    for (const call of own) {
      paths[`${path}#${call.action}`] = {
        ...(parameters !== undefined && { parameters }),
        ...(servers !== undefined && { servers }),
        [call.method]: ownOperation(expanded, call),
      };
    }
  }
  return { ...expanded, paths };
}

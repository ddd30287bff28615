/** The calls of a contract, as docs/contracts.md defines them. scripts/calls.ts reads the same; test/lint holds the two equal. */
/** @import { Action, Call, Found, Node, Obj } from "./types.ts" */
import { nodes } from "./nodes.js";
import { isObject, objectAt, resolve, resolveObject } from "./values.js";

/**
 * Schemas with `x-call`, whether or not an operation takes them.
 * @param {Obj} document
 */
export const actions = (document) => nodes(document, "Schema").filter(({ value }) => "x-call" in value);

/**
 * The schemas of an operation's request body, references followed.
 * @param {Obj} document
 * @param {Node} operation
 * @returns {(Found & { value: Obj })[]}
 */
export function bodies(document, operation) {
  const body = resolve(document, operation.value["requestBody"], [...operation.path, "requestBody"]);
  return Object.entries(objectAt(body.value, "content")).flatMap(([type, media]) => {
    const { value, path } = resolve(document, objectAt(media, "schema"), [...body.path, "content", type, "schema"]);
    return isObject(value) ? [{ value, path }] : [];
  });
}

/**
 * The actions an operation takes: the properties of its body that carry `x-call`.
 * @param {Obj} document
 * @param {Node} operation
 * @returns {Action[]}
 */
export function actionsOf(document, operation) {
  return bodies(document, operation).flatMap((body) =>
    Object.entries(objectAt(body.value, "properties")).flatMap(([key, property]) => {
      const { value, path } = resolve(document, property, [...body.path, "properties", key]);
      return isObject(value) && "x-call" in value ? [{ key, value, path }] : [];
    }),
  );
}

/**
 * The examples of an operation's request body, by key.
 * @param {Obj} document
 * @param {Node} operation
 * @returns {Obj}
 */
export function requestExamples(document, operation) {
  const content = objectAt(resolveObject(document, operation.value["requestBody"]), "content");
  return Object.assign({}, ...Object.values(content).map((media) => objectAt(media, "examples")));
}

/**
 * Whether an operation is only the address of its actions, and no call itself.
 * @param {Obj} document
 * @param {Node} operation
 */
export const isCarrier = (document, operation) => actionsOf(document, operation).length > 0;

/**
 * @param {Obj} document
 * @returns {Call[]}
 */
export function calls(document) {
  const operations = nodes(document, "Operation").filter((operation) => !isCarrier(document, operation));
  return [
    ...operations.map((node) => ({ id: node.value["operationId"], node })),
    ...actions(document).map((node) => ({ id: objectAt(node.value, "x-call")["id"], node })),
  ];
}

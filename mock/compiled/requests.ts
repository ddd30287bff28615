/** What every operation of a contract takes, with the place of each schema: the generator compiles these, the backend looks them up. */
import { METHODS, arrayAt, isObject, objectAt, stringAt, valueAt, type Obj } from "../../scripts/document.ts";
import type { Parameter, Place, RequestPlan } from "./types.ts";

/** One step of a JSON pointer (RFC 6901). */
export const escapeStep = (step: string): string => step.replaceAll("~", "~0").replaceAll("/", "~1");

/**
 * The place that is meant: a node that is nothing but a reference stands for its target.
 * @param document the bundle
 * @param pointer `/paths/…`
 * @throws Error when a reference goes in a circle
 */
export function follow(document: Obj, pointer: string): string {
  let place = pointer;
  for (let hops = 0; hops < 32; hops++) {
    const node = valueAt(document, place);
    const reference = stringAt(node, "$ref");
    if (reference === undefined || !isObject(node) || Object.keys(node).length > 1) return place;
    place = reference.replace(/^#/, "");
  }
  throw new Error(`The reference at ${pointer} goes in a circle.`);
}

const nodeAt = (document: Obj, pointer: string): Obj => objectAt({ node: valueAt(document, pointer) }, "node");

const PLACES: readonly string[] = ["path", "query", "header"] satisfies Place[];

/** Header parameters that OpenAPI says are to be ignored: security and media types speak of them. */
const RESERVED = /^(accept|content-type|authorization)$/i;

function parameterAt(document: Obj, pointer: string): Parameter | undefined {
  const node = nodeAt(document, pointer);
  const [name, where] = [stringAt(node, "name"), stringAt(node, "in")];
  if (name === undefined || where === undefined || !PLACES.includes(where)) return undefined;
  if (where === "header" && RESERVED.test(name)) return undefined;
  const style = stringAt(node, "style") ?? (where === "query" ? "form" : "simple");
  const schema = follow(document, `${pointer}/schema`);
  return {
    name,
    where: where as Place,
    required: node["required"] === true,
    style,
    explode: typeof node["explode"] === "boolean" ? node["explode"] : style === "form",
    pointer: schema,
    schema: nodeAt(document, schema),
  };
}

/** The parameters of a Path Item and of an operation; the latter wins where both have one. */
function parametersAt(document: Obj, places: string[]): Parameter[] {
  const found = new Map<string, Parameter>();
  for (const place of places) {
    arrayAt(nodeAt(document, place), "parameters").forEach((_, index) => {
      const parameter = parameterAt(document, follow(document, `${place}/parameters/${index}`));
      if (parameter) found.set(`${parameter.where} ${parameter.name}`, parameter);
    });
  }
  return [...found.values()];
}

/**
 * @param document a bundle
 * @returns one plan per operation, in the order of the document
 */
export function requestsOf(document: Obj): RequestPlan[] {
  return Object.keys(objectAt(document, "paths")).flatMap((path) => {
    const item = follow(document, `/paths/${escapeStep(path)}`);
    return METHODS.filter((method) => isObject(nodeAt(document, item)[method])).map((method) => {
      const body = follow(document, `${item}/${method}/requestBody`);
      const bodies = Object.keys(objectAt(nodeAt(document, body), "content")).map((mediaType) => {
        const pointer = follow(document, `${body}/content/${escapeStep(mediaType)}/schema`);
        return [mediaType, { pointer, schema: nodeAt(document, pointer) }] as const;
      });
      return {
        method,
        path,
        parameters: parametersAt(document, [item, `${item}/${method}`]),
        bodyRequired: nodeAt(document, body)["required"] === true,
        bodies: Object.fromEntries(bodies),
      };
    });
  });
}

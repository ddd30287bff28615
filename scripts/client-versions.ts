/** Versions that are chosen by a header: a whole API's (`x-pin`), and Nova's microversions (`x-microversion`). */
import { METHODS, arrayAt, objectAt, resolveObject, stringAt, type Obj } from "./document.ts";

/** A version of the API, and the bundle that describes it. */
export interface Sibling {
  version: string;
  document: Obj;
}

/** A version that the `version` option of a client can choose. */
export interface Choice {
  /** As the vendor writes it: `1.2`. */
  version: string;
  /** The vendor's word for its state. */
  state: string;
  /** Until when it is promised, where it has a date. */
  end: string | undefined;
}

/** Every header parameter of a document, references followed. */
function headerParameters(document: Obj): Obj[] {
  const lists = Object.values(objectAt(document, "paths")).flatMap((item) => [item, ...METHODS.map((method) => objectAt(item, method))]);
  const all = lists.flatMap((holder) => arrayAt(holder, "parameters")).map((parameter) => resolveObject(document, parameter));
  return [...new Set(all)].filter((parameter) => parameter["in"] === "header");
}

/** Header → template of its value, of the parameters that carry a field of ours. */
const templates = (document: Obj, field: string): Record<string, string> =>
  Object.fromEntries(
    headerParameters(document).flatMap((parameter) => {
      const template = stringAt(parameter, field);
      return template === undefined ? [] : [[stringAt(parameter, "name") ?? "", template]];
    }),
  );

/** `{ "Scp-Api-Version": "virtualserver {version}" }`: the client sends these by itself. */
export const pinnedHeaders = (document: Obj): Record<string, string> => templates(document, "x-pin");

/** What a client does, without what is stamped onto it from its root: two equal texts have the same types. */
function surfaceOf(document: Obj): string {
  const copy: Obj = structuredClone(document);
  for (const parameter of headerParameters(copy)) {
    if (parameter["x-pin"] !== undefined) for (const stamped of ["schema", "examples", "required"]) delete parameter[stamped];
  }
  for (const item of Object.values(objectAt(copy, "paths"))) {
    for (const method of METHODS) for (const stamped of ["deprecated", "x-sunset"]) delete objectAt(item, method)[stamped];
  }
  return JSON.stringify([copy["paths"], copy["components"], copy["security"]]);
}

/**
 * @param siblings every version of the API, this one too
 * @returns the versions whose surface is this contract's, in their order; none where no header chooses one
 */
export function choicesOf(document: Obj, siblings: Sibling[]): Choice[] {
  if (Object.keys(pinnedHeaders(document)).length === 0) return [];
  const surface = surfaceOf(document);
  return siblings
    .filter((sibling) => surfaceOf(sibling.document) === surface)
    .map((sibling) => {
      const info = objectAt(sibling.document, "info");
      const lifecycle = objectAt(info, "x-lifecycle");
      return { version: stringAt(info, "version") ?? "", state: stringAt(lifecycle, "state") ?? "", end: stringAt(lifecycle, "notBefore") };
    });
}

export interface Microversions {
  /** `{ "OpenStack-API-Version": "compute {microversion}" }` */
  headers: Record<string, string>;
  /** `2.1` and every one after it that the patterns of all headers take. */
  numbers: string[];
}

/** More than any API of this kind has had. */
const HIGHEST = 999;

/**
 * @returns undefined where the contract has none, and where its own version is none of them: the same paths at an address that ignores them
 */
export function microversionsOf(document: Obj): Microversions | undefined {
  const headers = templates(document, "x-microversion");
  const patterns = headerParameters(document).flatMap((parameter) => {
    const template = stringAt(parameter, "x-microversion");
    return template === undefined
      ? []
      : [{ template, pattern: new RegExp(stringAt(objectAt(parameter, "schema"), "pattern") ?? "^$", "u") }];
  });
  const own = stringAt(objectAt(document, "info"), "version") ?? "";
  const taken = (number: string): boolean =>
    patterns.length > 0 && patterns.every(({ template, pattern }) => pattern.test(template.replace("{microversion}", number)));
  if (!taken(own)) return undefined;
  const major = own.split(".")[0];
  const numbers = Array.from({ length: HIGHEST + 1 }, (_, minor) => `${major}.${minor}`).filter(taken);
  return { headers, numbers };
}

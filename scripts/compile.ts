/** `mock.js`: a contract as the mock runs it, without YAML, Ajv or `eval`: the bundle without its prose, its validators, its table. */
import type { Behaviour } from "../mock/state/types.ts";
import { isObject, type Obj } from "./document.ts";
import type { Entry } from "./registry.ts";
import { compileValidators } from "./validators.ts";

/** Prose that nothing at run time reads. */
const PROSE = new Set(["description", "summary", "title", "externalDocs", "x-basis", "x-question", "x-logo"]);
/** Below these, a member of such a name is data. */
const DATA = new Set(["value", "example", "default", "const", "enum"]);
/** Maps of names to things: a property called `description` is not prose. */
const MAPS = new Set([
  "properties",
  "schemas",
  "examples",
  "headers",
  "responses",
  "parameters",
  "patternProperties",
  "$defs",
  "dependentSchemas",
  "paths",
]);

/** OpenAPI requires a description of a response, and Prism does not see one without. */
const described = (response: unknown): unknown =>
  isObject(response) && !("$ref" in response) ? { description: "", ...response } : response;

function withoutProse(node: unknown, names = false): unknown {
  if (Array.isArray(node)) return node.map((item) => withoutProse(item));
  if (!isObject(node)) return node;
  const kept = Object.entries(node).filter(([key, value]) => names || !PROSE.has(key) || isObject(value));
  const slim = (key: string, value: unknown): unknown => {
    if (!names && DATA.has(key)) return value;
    const inner = withoutProse(value, !names && MAPS.has(key));
    if (names || key !== "responses" || !isObject(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).map(([status, response]) => [status, described(response)]));
  };
  return Object.fromEntries(kept.map(([key, value]) => [key, slim(key, value)]));
}

/** The types of such a module, on their own, so that they mean the same in a checkout and in the package. */
export const generateMockTypes = ({ key, api, version }: Entry, header: string): string =>
  [
    header,
    "/** For `createMock` of `latch/mock`; what is inside is a matter between the two. */",
    "declare const contract: {",
    `  readonly key: "${key}";`,
    `  readonly api: "${api}";`,
    `  readonly version: "${version}";`,
    "  document(): { [name: string]: unknown };",
    "  behaviour(): unknown;",
    "  validators(require: (name: string) => unknown): unknown;",
    "};",
    "export default contract;",
    "",
  ].join("\n");

/**
 * @param document the bundle
 * @param behaviour its table, where the API has one
 * @param header the comment that says where it comes from
 * @returns a module without imports; `validators` is a function, so that loading it compiles nothing that no request needs
 */
export function generateMock(document: Obj, { key, api, version }: Entry, behaviour: Behaviour | undefined, header: string): string {
  return [
    header,
    "// @ts-nocheck",
    `const document = () => (${JSON.stringify(withoutProse(document))});`,
    `const behaviour = () => (${JSON.stringify(behaviour) ?? "undefined"});`,
    `function validators(require) {\nconst exports = {};\n${compileValidators(document)}\nreturn exports;\n}`,
    `export default { key: ${JSON.stringify(key)}, api: ${JSON.stringify(api)}, version: ${JSON.stringify(version)}, document, behaviour, validators };`,
    "",
  ].join("\n");
}

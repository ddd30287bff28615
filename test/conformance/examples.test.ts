/** The examples are docs sample, mock answer and test vector at once, so each of them fits its schema, and nothing lacks one. */
import { describe, expect, test } from "vitest";
import { isObject, objectAt, resolveObject, stringAt, type Obj } from "../../scripts/document.ts";
import { contracts } from "./support/contracts.ts";
import { schemasOf, type Faults } from "./support/schemas.ts";

interface Sample {
  /** JSON pointer of what it is an example of. */
  at: string;
  key: string;
  value: unknown;
  check: (value: unknown) => Faults;
}

/** What has a schema and examples beside it: media types, parameters and headers; and schemas with examples of their own. */
function samplesAt(document: Obj, at: string, node: Obj): Sample[] {
  const schemas = schemasOf(document);
  const schema = objectAt(node, "schema");
  const mediaType = at.split("/content/")[1]?.replaceAll("~1", "/") ?? "";
  const beside = Object.entries(objectAt(node, "examples")).map(([key, example]) => ({
    at,
    key,
    value: resolveObject(document, example)["value"],
    check: (value: unknown) => schemas.checkBody(mediaType, node, value),
  }));
  const within = Array.isArray(node["examples"]) ? node["examples"] : [];
  const own = within.map((value: unknown, index) => ({ at, key: String(index), value, check: (one: unknown) => schemas.check(node, one) }));
  return [...(Object.keys(schema).length > 0 ? beside : []), ...own];
}

/** Every sample of a bundle, wherever it stands. Values of examples are not looked into: they are data. */
function collect(document: Obj, at = "#", node: unknown = document): Sample[] {
  if (Array.isArray(node)) return node.flatMap((item, index) => collect(document, `${at}/${index}`, item));
  if (!isObject(node)) return [];
  const below = Object.entries(node).filter(([key]) => key !== "examples" && key !== "example");
  const children = below.flatMap(([key, child]) => collect(document, `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`, child));
  // Under `properties` a member called "examples" is a property and not a list of examples.
  return at.endsWith("/properties") ? children : [...samplesAt(document, at, node), ...children];
}

describe.each(contracts.map((contract) => ({ key: contract.key, contract })))("$key", ({ contract: { document, calls } }) => {
  const samples = collect(document);

  test(`its ${samples.length} examples fit their schemas`, () => {
    const referenced = JSON.stringify(document).match(/"\$ref":"#\/components\/examples\//g) ?? [];
    expect(samples.length).toBeGreaterThanOrEqual(referenced.length);
    expect(referenced.length).toBeGreaterThan(0);
    expect(samples.flatMap(({ at, key, value, check }) => check(value).map((fault) => `${at} ${key}: ${fault}`))).toEqual([]);
  });

  test("a value of another type in their place would be noticed", () => {
    const spoil = (value: unknown): unknown => (typeof value === "string" ? 7 : "a text of no meaning");
    expect(samples.filter(({ value, check }) => check(spoil(value)).length === 0).map(({ at, key }) => `${at} ${key}`)).toEqual([]);
  });

  test("every component that is an example is one of them", () => {
    const used = JSON.stringify({ ...document, components: { ...objectAt(document, "components"), examples: {} } });
    const components = Object.keys(objectAt(objectAt(document, "components"), "examples"));
    expect(components.filter((name) => !used.includes(`"#/components/examples/${name}"`))).toEqual([]);
  });

  test("every status with a body has an example for each call, every parameter has one", () => {
    const bare = calls.flatMap(({ id, answers }) =>
      Object.entries(answers).flatMap(([status, answer]) => (answer.mediaType && answer.examples.length === 0 ? [`${id} ${status}`] : [])),
    );
    const unknown = calls.flatMap(({ id, answers }) =>
      Object.entries(answers).flatMap(([status, { response, mediaType, examples }]) => {
        const known = objectAt(objectAt(objectAt(response, "content"), mediaType ?? ""), "examples");
        return examples.filter((key) => !(key in known)).map((key) => `${id} ${status} ${key}`);
      }),
    );
    const parameters = Object.entries(objectAt(objectAt(document, "components"), "parameters")).filter(([, parameter]) => {
      const schema = objectAt(parameter, "schema");
      return Object.keys(objectAt(parameter, "examples")).length === 0 && !Array.isArray(schema["examples"]);
    });
    expect({ bare, unknown, parameters: parameters.map(([name]) => name) }).toEqual({ bare: [], unknown: [], parameters: [] });
  });

  test("every request example belongs to one call and selects exactly its action", () => {
    const operations = new Map(calls.map((call) => [call.operationId, call.operation]));
    for (const [operationId, operation] of operations) {
      const siblings = calls.filter((call) => call.operationId === operationId);
      const listed = siblings.flatMap(({ requestExamples }) => requestExamples);
      const content = Object.values(objectAt(resolveObject(document, operation["requestBody"]), "content"));
      const there = content.flatMap((media) => Object.keys(objectAt(media, "examples")));
      expect(listed.toSorted(), operationId).toEqual(there.toSorted());
      for (const { id, action, requestExamples } of siblings) {
        if (action === undefined) continue;
        expect(requestExamples.length, id).toBeGreaterThan(0);
        for (const key of requestExamples) {
          const example = resolveObject(document, content.map((media) => objectAt(media, "examples")[key]).find(isObject));
          expect(Object.keys(objectAt(example, "value")), `${id} ${key} (${stringAt(example, "summary")})`).toEqual([action]);
        }
      }
    }
  });
});

/** The validators that are generated: plain code, the same each time, and errors at generate time for what they could not check. */
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { createCompiled } from "../../mock/compiled/backend.ts";
import { hasHelper, requireHelper } from "../../mock/compiled/helpers.ts";
import { requestsOf } from "../../mock/compiled/requests.ts";
import { violationsOf } from "../../mock/compiled/sentences.ts";
import type { Obj } from "../../scripts/document.ts";
import { compileValidators, loadValidators } from "../../scripts/validators.ts";
import { contracts, documentOf, fixtures } from "./subjects.ts";

/** Characters: the largest has twice the schemas of the next one. */
const LARGEST = 30_000;

describe.each([...contracts, ...fixtures].map(({ key, document }) => ({ key, document })))("$key", ({ document }) => {
  const source = compileValidators(document);

  test("is plain code that asks for helpers we have, and for nothing else", () => {
    expect(source).not.toMatch(/\beval\b|\bFunction\s*\(|\bimport\b|\bprocess\b|\bglobalThis\b/);
    const asked = [...source.matchAll(/\brequire\((.*?)\)/g)].map(([, name = ""]) => JSON.parse(name) as string);
    expect(asked.filter((name) => !hasHelper(name))).toEqual([]);
    expect(source).not.toContain("schemaPath");
    // Ajv copies its list of findings whenever it adds to it, which takes the square of what was sent.
    expect(source).not.toContain(".concat(");
    expect(source.length).toBeLessThan(LARGEST);
  });

  test("is the same each time", () => {
    expect(compileValidators(structuredClone(document))).toBe(source);
  });

  test("has a validator for every schema that a request is checked against, and no other", () => {
    const plans = requestsOf(document);
    const needed = plans.flatMap(({ parameters, bodies }) => [...parameters, ...Object.values(bodies)].map(({ pointer }) => pointer));
    expect(Object.keys(loadValidators(document)).toSorted()).toEqual([...new Set(needed)].toSorted());
  });
});

test("what generate writes works with nothing but the shim", () => {
  const document = documentOf({ body: { type: "object", properties: { when: { format: "date" } } } });
  const module = `const validators = (require) => { const exports = {}; ${compileValidators(document)}; return exports; }; return validators;`;
  const [validate] = Object.values(new Function(module)()(requireHelper)) as ((value: unknown) => boolean)[];
  expect(validate?.({ when: "2026-02-28" })).toBe(true);
  expect(validate?.({ when: "2026-02-30" })).toBe(false);
});

test("a schema that contains itself", () => {
  const Tree = { type: "object", additionalProperties: false, properties: { left: { $ref: "#/components/schemas/Tree" } } };
  const document = documentOf({ body: { $ref: "#/components/schemas/Tree" }, components: { schemas: { Tree } } });
  const validate = loadValidators(document)["/components/schemas/Tree"];
  expect(validate?.({ left: { left: {} } })).toBe(true);
  expect(validate?.({ left: { left: { right: 1 } } })).toBe(false);
  expect(validate?.errors).toMatchObject([{ instancePath: "/left/left", keyword: "additionalProperties" }]);
});

const many = (value: unknown): unknown[] => Array<unknown>(5000).fill(value);
const names = Object.fromEntries(many(0).map((value, index) => [`n${index}`, value]));

test.each<[string, unknown, unknown]>([
  ["items", { items: { type: "string" } }, many(0)],
  ["items of another schema", { items: { $ref: "#/components/schemas/Named" } }, many(0)],
  ["lists in a list", { items: { items: { $ref: "#/components/schemas/Named" } } }, [many(0), many(0)]],
  ["unknown members", { additionalProperties: false }, names],
  ["members", { additionalProperties: { $ref: "#/components/schemas/Named" } }, names],
  ["names", { propertyNames: { maxLength: 1 } }, names],
  ["items in a branch", { oneOf: [{ items: { type: "string" } }, { items: { $ref: "#/components/schemas/Named" } }] }, many(0)],
])("of a great many bad %s so many are reported that everybody believes it", (_, body, value) => {
  const Named = { type: "object", required: ["a", "b", "c", "d", "e"], properties: { a: {} } };
  const [validate] = Object.values(loadValidators(documentOf({ body, components: { schemas: { Named } } })));
  expect(validate?.(value)).toBe(false);
  expect(validate?.errors?.length).toBeGreaterThanOrEqual(1000);
  expect(validate?.errors?.length).toBeLessThan(2100);
});

test.each<[string, unknown, unknown, boolean]>([
  ["the last one is contained", { contains: { type: "string" } }, [...many(0), "a"], true],
  ["the last one of another schema", { contains: { $ref: "#/components/schemas/Text" } }, [...many(0), "a"], true],
  ["two, the last ones", { contains: { type: "string", minLength: 1 }, minContains: 2 }, [...many(0), "a", "b"], true],
  ["none is contained", { contains: { type: "string" } }, many(0), false],
  ["the branch after a bad one fits", { oneOf: [{ items: { type: "string" } }, { items: { type: "number" } }] }, many(0), true],
  ["what must not be is not", { not: { items: { type: "string" } } }, many(0), true],
  ["a condition that does not hold", { if: { items: { type: "string" } }, then: false }, many(0), true],
  ["the last one decides", { items: { anyOf: [{ type: "string" }, { type: "number" }] } }, [...many(0), null], false],
])("an end to what is reported is none to what is decided: %s", (_, body, value, fits) => {
  const Text = { type: "string", minLength: 1, maxLength: 2, pattern: "^a", format: "uuid", enum: ["a"] };
  const [validate] = Object.values(loadValidators(documentOf({ body, components: { schemas: { Text: { ...Text, format: "int32" } } } })));
  expect(validate?.(value)).toBe(fits);
});

test.each<[string, Obj, string]>([
  [
    "a format nobody knows",
    { format: "colour" },
    "The format colour at /paths/~1things~1{id}/post/requestBody/content/application~1json/schema/format",
  ],
  ["a pattern that does not compile", { pattern: "[a-" }, "The pattern [a- at"],
  ["a pattern of names that does not compile", { patternProperties: { "(": {} } }, "The pattern ( at"],
  ["a keyword that changes references", { properties: { a: { $id: "x" } } }, "The keyword $id at"],
  [
    "a reference to nothing",
    { properties: { a: { $ref: "#/components/schemas/Nothing" } } },
    "There is no schema at /components/schemas/Nothing",
  ],
])("%s stops generate", (_, body, message) => {
  expect(() => compileValidators(documentOf({ body }))).toThrow(message);
});

test("so do a style that is not read and a parameter without a schema", () => {
  const parameters = [{ name: "id", in: "path", required: true, style: "matrix", schema: { type: "string" } }];
  expect(() => compileValidators(documentOf({ parameters }))).toThrow(
    "The style matrix of the path parameter id is not one the mock reads",
  );
  expect(() => compileValidators(documentOf({ parameters: [{ name: "q", in: "query", content: {} }] }))).toThrow("There is no schema at");
});

test("validators of another bundle are refused when the mock starts", () => {
  const document = documentOf({ body: { type: "object" } });
  expect(() => createCompiled(document, {})).toThrow("run npm run generate");
});

describe("sentences are worded as Ajv words them", () => {
  test.each<[Obj, unknown]>([
    [{ type: "string" }, 1],
    [{ required: ["a"] }, {}],
    [{ minLength: 2, maxLength: 1 }, ""],
    [{ maxLength: 1 }, "abc"],
    [{ pattern: "^a$" }, "b"],
    [{ minimum: 3, exclusiveMinimum: 4, multipleOf: 2 }, 1],
    [{ maximum: 3, exclusiveMaximum: 3 }, 5],
    [{ minItems: 2, uniqueItems: true, contains: { type: "string" } }, [1]],
    [{ maxItems: 1, uniqueItems: true }, [1, 1]],
    [{ minProperties: 2 }, {}],
    [{ maxProperties: 0 }, { a: 1 }],
    [{ dependentRequired: { a: ["b"] } }, { a: 1 }],
    [{ dependentRequired: { a: ["b", "c"] } }, { a: 1 }],
    [{ oneOf: [{ type: "string" }, { type: "null" }] }, 1],
    [{ anyOf: [{ type: "string" }] }, 1],
    [{ not: {} }, 1],
    [{ if: {}, then: { type: "string" } }, 1],
    [{ propertyNames: { maxLength: 1 } }, { ab: 1 }],
    [{ properties: { a: false } }, { a: 1 }],
  ])("%j of %j", (schema, value) => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    ajv.validate(schema, value);
    const validate = Object.values(loadValidators(documentOf({ body: schema })))[0];
    expect(validate?.(value)).toBe(false);
    const said = violationsOf("body", [], validate?.errors ?? []).map(({ message }) =>
      message.replace(/^Request body (property [a0] )?/, ""),
    );
    expect(said).toEqual(ajv.errors?.map(({ message }) => message));
  });

  test.each<[Obj, unknown, string]>([
    [{ type: ["object", "null"] }, 1, "Request body must be object or null"],
    [{ enum: ["a", "b"] }, 1, "Request body must be equal to one of the allowed values: a, b"],
    [{ const: "virtualserver 1.3" }, 1, "Request body must be equal to constant: virtualserver 1.3"],
    [{ const: {} }, 1, "Request body must be equal to constant"],
    [{ additionalProperties: false }, { x: 1 }, "Request body must NOT have additional properties; found 'x'"],
    [{ unevaluatedProperties: false }, { x: 1 }, "Request body must NOT have unevaluated properties: 'x'"],
    [{ additionalProperties: { type: "string" } }, { "a/b~c": 1 }, "Request body property a/b~c must be string"],
    [{ format: "uuid" }, "x", 'Request body must match format "uuid"'],
  ])("but for what helps more: %j of %j", (schema, value, message) => {
    const validate = Object.values(loadValidators(documentOf({ body: schema })))[0];
    validate?.(value);
    expect(violationsOf("body", [], validate?.errors ?? []).map((found) => found.message)).toEqual([message]);
  });
});

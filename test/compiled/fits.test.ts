/** The reader of schemas that made-up answers are held against says what Ajv says. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fits } from "../../mock/compiled/fits.ts";
import { objectAt, resolveObject, type Obj } from "../../scripts/document.ts";
import { schemasOf } from "../conformance/support/schemas.ts";
import { replaced, sitesOf } from "../differential/sites.ts";
import { contracts } from "./subjects.ts";

const OTHERS: unknown[] = [null, 7, -1, 1.5, "text", "", true, [], ["x", "x"], {}, { a: 1 }, undefined, "\u{1f512}", "404 x", 1000];

describe.each(contracts.map(({ key, document, calls }) => ({ key, document, calls })))("$key", ({ document, calls }) => {
  const media = calls.flatMap(({ answers }) =>
    Object.values(answers).flatMap(({ response }) => Object.values(objectAt(response, "content"))),
  );
  const shown = [...new Set(media)].flatMap((one) => {
    const schema = objectAt(one, "schema");
    return Object.values(objectAt(one, "examples")).map((example) => ({ schema, value: resolveObject(document, example)["value"] }));
  });

  test("examples, whole and with one value changed", () => {
    let unfit = 0;
    const compare = (schema: Obj, value: unknown): void => {
      const expected = schemasOf(document).check(schema, value).length === 0;
      expect(fits(document, schema, value), JSON.stringify(value)).toBe(expected);
      if (!expected) unfit++;
    };
    expect(shown.length).toBeGreaterThan(5);
    for (const { schema, value } of shown) compare(schema, value);
    expect(unfit).toBe(0);
    const changes = fc.tuple(fc.constantFrom(...shown), fc.nat(), fc.constantFrom(...OTHERS)).map(([{ schema, value }, where, next]) => {
      const sites = sitesOf(document, schema, value);
      const { steps } = sites[where % sites.length] ?? { steps: [] };
      return { schema, value: steps.length === 0 && next === undefined ? null : replaced(value, steps, next) };
    });
    fc.assert(
      fc.property(changes, ({ schema, value }) => compare(schema, value)),
      { seed: 20250919, numRuns: 300 },
    );
    expect(unfit).toBeGreaterThan(50);
  });
});

test.each<[Obj, unknown[]]>([
  [{ type: ["integer", "null"], minimum: 1, maximum: 3 }, [0, 1, 3, 4, 1.5, null, "1"]],
  [{ exclusiveMinimum: 1, exclusiveMaximum: 3, multipleOf: 0.5 }, [1, 1.25, 1.5, 2.5, 3]],
  [{ minLength: 2, maxLength: 3, pattern: "^\\p{L}+$" }, ["a", "ab", "\u{1f512}\u{1f512}", "abcd", "日本", 5]],
  [
    { prefixItems: [{ type: "string" }], items: { type: "integer" }, minItems: 1, maxItems: 3 },
    [[], ["a"], ["a", 1], ["a", "b"], [1], ["a", 1, 2, 3]],
  ],
  [{ contains: { type: "integer" }, minContains: 2, maxContains: 3 }, [[1], [1, 2], [1, "a", 2], [1, 2, 3, 4], []]],
  [{ contains: { type: "integer" } }, [[], ["a"], [1]]],
  [
    { uniqueItems: true },
    [
      [1, 1],
      [1, "1"],
      [{ a: 1 }, { a: 1 }],
      [[1], [1]],
      [0, false],
    ],
  ],
  [
    { patternProperties: { "^x-": { type: "string" } }, additionalProperties: false, properties: { a: {} } },
    [{ "x-a": "b" }, { "x-a": 1 }, { a: 1 }, { b: 1 }],
  ],
  [{ minProperties: 1, maxProperties: 2, propertyNames: { maxLength: 2 } }, [{}, { a: 1 }, { abc: 1 }, { a: 1, b: 2, c: 3 }]],
  [
    { dependentRequired: { a: ["b"] }, dependentSchemas: { c: { required: ["d"] } } },
    [{ a: 1 }, { a: 1, b: 1 }, { c: 1 }, { c: 1, d: 1 }, {}],
  ],
  [{ oneOf: [{ type: "integer" }, { minimum: 2 }] }, [1, 3, 2.5, 1.5, "a"]],
  [{ anyOf: [{ type: "integer" }, { minimum: 2 }] }, [1, 2.5, 1.5]],
  [{ allOf: [{ type: "integer" }, { minimum: 2 }] }, [1, 2, 2.5]],
  [{ not: { type: "integer" } }, [1, 1.5]],
  [{ if: { type: "integer" }, then: { minimum: 5 }, else: { type: "string" } }, [4, 5, "a", null]],
  [{ if: { type: "integer" }, else: false }, [4, "a"]],
  [{ const: { a: [1] } }, [{ a: [1] }, { a: [2] }]],
  [{ enum: [1, "a", null] }, [1, "a", null, 2]],
  [{ $ref: "#/components/schemas/Short", minLength: 2 }, ["a", "ab", "abc"]],
  [{ properties: { a: false, b: true }, required: ["toString"] }, [{ a: 1 }, { toString: 1 }, { b: 1, toString: 1 }]],
])("%j", (schema, values) => {
  const document = { components: { schemas: { Short: { maxLength: 2 } } } };
  const verdicts = values.map((value) => fits(document, schema, value));
  expect(verdicts).toEqual(values.map((value) => schemasOf(document).check(schema, value).length === 0));
  expect(new Set(verdicts).size).toBe(2);
});

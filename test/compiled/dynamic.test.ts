/** Bodies that are made up fit their schema, whatever the seed, and are the same for the same seed. */
import { describe, expect, test } from "vitest";
import { createCompiled } from "../../mock/compiled/backend.ts";
import { makeBody } from "../../mock/compiled/dynamic.ts";
import { textFor } from "../../mock/compiled/pattern.ts";
import { Random } from "../../mock/compiled/random.ts";
import type { Call } from "../../scripts/calls.ts";
import { objectAt, type Obj } from "../../scripts/document.ts";
import { loadValidators } from "../../scripts/validators.ts";
import { takeCensus } from "../conformance/support/census.ts";
import { schemasOf } from "../conformance/support/schemas.ts";
import { contracts } from "./subjects.ts";

const SEEDS = ["one", "two", "three"];
const made = new Set<string>();
let taken = 0;

interface Answer {
  call: Call;
  status: string;
  mediaType: string;
  media: Obj;
}

/** One per operation and status: the calls of one URL are given the same body. */
const distinct = (answers: Answer[]): Answer[] => [
  ...new Map(answers.map((answer) => [`${answer.call.method} ${answer.call.path} ${answer.status}`, answer])).values(),
];

const answersOf = (calls: Call[]): Answer[] =>
  calls.flatMap((call) =>
    Object.entries(call.answers).flatMap(([status, { mediaType, response }]) =>
      mediaType?.endsWith("json") ? [{ call, status, mediaType, media: objectAt(objectAt(response, "content"), mediaType) }] : [],
    ),
  );

describe.each(contracts.map(({ key, document, calls }) => ({ key, document, calls })))("$key", ({ key, document, calls }) => {
  const validators = loadValidators(document);

  test.each(SEEDS)("seed %s: every JSON body fits", (seed) => {
    const { render } = createCompiled(document, validators, { seed });
    for (const { call, status, mediaType, media } of distinct(answersOf(calls))) {
      const { body } = render(call, { status, mediaType, dynamic: true });
      const place = `${call.id} ${status} ${JSON.stringify(body)}`;
      expect(schemasOf(document).checkBody(mediaType, media, body), place).toEqual([]);
      // A documented example would fit too: it is taken only where nothing could be made up.
      const { examples = [] } = call.answers[status] ?? {};
      if (examples.some((example) => body === render(call, { status, mediaType, example }).body)) taken++;
      made.add(`${key} ${call.operationId} ${status}`);
    }
  });

  test("the same seed, the same bodies; another, others", () => {
    const bodies = (seed: string): unknown[] => {
      const { render } = createCompiled(document, validators, { seed });
      return distinct(answersOf(calls)).map(({ call, status, mediaType }) => render(call, { status, mediaType, dynamic: true }).body);
    };
    expect(bodies("one")).toEqual(bodies("one"));
    const [one, two] = [bodies("one"), bodies("two")];
    expect(one.filter((body, index) => JSON.stringify(body) !== JSON.stringify(two[index])).length).toBeGreaterThanOrEqual(one.length / 2);
  });
});

test("all of them were made up, none was taken from the examples", () => {
  const all = contracts.flatMap(({ key, calls }) => answersOf(calls).map(({ call, status }) => ({ key, call, status })));
  expect(all.length).toBeGreaterThan(500);
  expect(takeCensus()).toEqual(expect.arrayContaining(all.map(({ key, call, status }) => `${key} ${call.id} ${status}`)));
  expect(all.filter(({ key, call, status }) => !made.has(`${key} ${call.operationId} ${status}`))).toEqual([]);
  expect(taken).toBe(0);
});

describe("what no contract has", () => {
  const make = (schema: Obj, examples: unknown[] = []): unknown => makeBody({}, schema, "seed", examples);

  test.each<[string, Obj]>([
    [
      "a union",
      {
        oneOf: [
          { type: "integer", minimum: 5 },
          { type: "object", required: ["a"], properties: { a: { const: 1 } } },
        ],
      },
    ],
    [
      "all of two",
      {
        allOf: [
          { type: "object", required: ["a"], properties: { a: { type: "string" } } },
          { required: ["b"], properties: { b: { type: "null" } } },
        ],
      },
    ],
    ["numbers between bounds", { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 }],
    ["steps", { type: "integer", multipleOf: 7, minimum: 50, maximum: 60 }],
    ["below nought", { type: "integer", maximum: -5 }],
    ["a list without doubles", { type: "array", uniqueItems: true, minItems: 2, items: { enum: ["a", "b"] } }],
    ["a long text", { type: "string", minLength: 40, maxLength: 41 }],
    [
      "every format",
      {
        type: "object",
        required: ["a", "b", "c", "d", "e"],
        properties: {
          a: { format: "email", type: "string" },
          b: { format: "time", type: "string" },
          c: { format: "hostname", type: "string" },
          d: { format: "byte", type: "string" },
          e: { format: "uri-reference", type: "string" },
        },
      },
    ],
    [
      "one of two members",
      {
        type: "object",
        properties: { a: { type: "integer" }, b: { type: "integer" } },
        oneOf: [{ required: ["a"] }, { required: ["b"] }],
        maxProperties: 1,
      },
    ],
    [
      "a rule that only trying finds",
      {
        type: "object",
        properties: { a: {}, b: {}, c: {}, d: {} },
        dependentRequired: { a: ["b"] },
        not: { required: ["c"] },
        minProperties: 2,
        required: ["d"],
      },
    ],
  ])("%s", (_, schema) => {
    const value = make(schema);
    expect(value).toBeDefined();
    expect(schemasOf(schema).check(schema, value), JSON.stringify(value)).toEqual([]);
  });

  test("a schema that contains itself comes to an end", () => {
    const Tree = {
      type: "object",
      required: ["name"],
      properties: { name: { type: "string" }, left: { $ref: "#/components/schemas/Tree" } },
    };
    const document = { components: { schemas: { Tree } } };
    expect(makeBody(document, { $ref: "#/components/schemas/Tree" }, "seed")).toMatchObject({ name: expect.any(String) });
  });

  test("an example stands in where nothing can be made up, and nothing where there is none", () => {
    const password = { type: "string", pattern: "^(?=.*[a-z])(?=.*[0-9])(?=.*!).{9}$" };
    expect(make({ type: "object", required: ["p"], properties: { p: password } }, [{ p: "abcdef12!" }])).toEqual({ p: "abcdef12!" });
    expect(make(password)).toBeUndefined();
    expect(make({ not: {} })).toBeUndefined();
  });

  test("where the whole cannot be made up the first example is rendered", () => {
    const content = { "application/json": { schema: { allOf: [{ not: {} }] }, examples: { a: { value: "as it stands" } } } };
    const document = { paths: { "/": { get: { operationId: "read", responses: { "200": { content } } } } } };
    const { render } = createCompiled(document, {});
    expect(render({ method: "get", path: "/" }, { status: "200", mediaType: "application/json", dynamic: true }).body).toBe("as it stands");
  });
});

test.each([
  "^r-[0-9a-z]{8}$",
  "^(a|b)+c?$",
  "^[^a-z]{3}$",
  "^\\d{4}-\\w+\\.\\S\\s\\D\\W$",
  "^([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}$",
  "x{2,}y*?",
  "^[a\\-\\]\\\\.]{4}$",
  "^(?:[1-9]|[1-5][0-9]|60)$",
  "^<link>[^<]+</link>$",
  "^.{5}$",
  "^[a-z_-]*$",
])("a text for %s", (pattern) => {
  const random = new Random(pattern);
  for (let turn = 0; turn < 50; turn++) expect(textFor(pattern, random)).toMatch(new RegExp(pattern, "u"));
});

test.each(["(?=a)a", "(a)\\1", "\\bword", "[z-a]", "(a", "a)", "[abc", "\\u0041"])("%s is left to others", (pattern) => {
  expect(textFor(pattern, new Random("seed"))).toBeUndefined();
});

test("choices are spread over what there is to choose from", () => {
  const random = new Random("seed");
  const counts = [0, 0, 0, 0];
  for (let turn = 0; turn < 4000; turn++) counts[random.whole(0, 3)]! += 1;
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  expect(random.shuffle([1, 2, 3, 4]).toSorted()).toEqual([1, 2, 3, 4]);
  expect(() => random.pick([])).toThrow("nothing to choose from");
});

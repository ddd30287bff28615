/** Parameters in every style that is read: what they are, and what is said of those that do not fit. */
import { describe, expect, test } from "vitest";
import { createCompiled } from "../../mock/compiled/backend.ts";
import type { ParsedRequest } from "../../mock/types.ts";
import type { Obj } from "../../scripts/document.ts";
import { loadValidators } from "../../scripts/validators.ts";
import { documentOf } from "./subjects.ts";

interface Sent {
  id?: string;
  query?: string;
  headers?: Record<string, string>;
}

/** The sentences about a request that has these parameters and nothing else. */
function say(parameters: Obj[], { id = "1", query = "", headers = {} }: Sent): string[] {
  const document = documentOf({ parameters });
  const request: ParsedRequest = { params: { id }, query: new URLSearchParams(query), headers, length: 0 };
  const violations = createCompiled(document, loadValidators(document)).check({ method: "post", path: "/things/{id}" }, request);
  return violations.map(({ message }) => message);
}

const q = (schema: Obj, more: Obj = {}): Obj[] => [{ name: "q", in: "query", schema, ...more }];
const integers = { type: "array", items: { type: "integer" } };
const texts = { type: "array", items: { type: "string", pattern: "^[a-z]+$" }, maxItems: 2 };
const object = {
  type: "object",
  additionalProperties: false,
  required: ["a"],
  properties: { a: { type: "integer" }, b: { type: "boolean" }, c: texts },
};

describe("in the query", () => {
  test.each<[string, Obj[], string, string[]]>([
    ["absent", q({ type: "integer" }), "", []],
    ["empty, which is absent", q({ type: "integer" }), "q=", []],
    ["required", q({ type: "string" }, { required: true }), "", ["Request query must have required property 'q'"]],
    ["required and empty", q({ type: "string" }, { required: true }), "q=", ["Request query must have required property 'q'"]],
    ["of another case", q({ type: "string" }, { required: true }), "Q=1", ["Request query must have required property 'q'"]],
    ["an integer", q({ type: "integer", minimum: 1 }), "q=7", []],
    ["an integer with a fraction of nothing", q({ type: "integer" }), "q=7.0", []],
    ["no integer", q({ type: "integer" }), "q=7.5", ["Request query parameter q must be integer"]],
    ["a hexadecimal number", q({ type: "number" }), "q=0x10", ["Request query parameter q must be number"]],
    ["a number beyond all", q({ type: "number" }), "q=1e999", ["Request query parameter q must be number"]],
    ["below its bound", q({ type: "integer", minimum: 1 }), "q=0", ["Request query parameter q must be >= 1"]],
    ["a boolean", q({ type: "boolean" }), "q=false", []],
    ["no boolean", q({ type: "boolean" }), "q=1", ["Request query parameter q must be boolean"]],
    ["a text of digits", q({ type: "string", maxLength: 2 }), "q=12", []],
    [
      "a number or a text",
      q({ type: ["integer", "string"], maxLength: 2 }),
      "q=123",
      ["Request query parameter q must NOT have more than 2 characters"],
    ],
    ["one of several numbers", q({ enum: [1, 2] }), "q=2", []],
    ["a constant number", q({ const: 1 }), "q=2", ["Request query parameter q must be equal to constant: 1"]],
    ["a union", q({ anyOf: [{ type: "integer" }, { type: "boolean" }] }), "q=true", []],
    [
      "everything of a union",
      q({ allOf: [{ type: ["integer", "null"] }, { minimum: 3 }] }),
      "q=2",
      ["Request query parameter q must be >= 3"],
    ],
    ["twice", q({ type: "string" }), "q=1&q=2", ["Request query parameter q must be there once, it is there 2 times"]],
    ["a list, exploded", q(integers), "q=1&q=2", []],
    ["a list, exploded, with a text", q(integers), "q=1&q=x", ["Request query parameter q.1 must be integer"]],
    ["a list in one text", q(integers, { explode: false }), "q=1,2", []],
    [
      "a list in one text, twice",
      q(integers, { explode: false }),
      "q=1,2&q=3",
      ["Request query parameter q must be there once, it is there 2 times"],
    ],
    ["a list, with a comma, that is exploded", q(integers), "q=1,2", ["Request query parameter q.0 must be integer"]],
    [
      "a list with pipes",
      q(texts, { style: "pipeDelimited", explode: false }),
      "q=a|b|c",
      ["Request query parameter q must NOT have more than 2 items"],
    ],
    [
      "a list with blanks",
      q(texts, { style: "spaceDelimited", explode: false }),
      "q=a%20B",
      ['Request query parameter q.1 must match pattern "^[a-z]+$"'],
    ],
    ["an empty list, which is absent", q({ ...integers, minItems: 1 }, { explode: false }), "q=", []],
    ["an object in brackets", q(object, { style: "deepObject" }), "q[a]=1&q[b]=true&q[c]=x&q[c]=y", []],
    [
      "an object in brackets that does not fit",
      q(object, { style: "deepObject" }),
      "q[a]=x&q[d]=1",
      ["Request query parameter q must NOT have additional properties; found 'd'", "Request query parameter q.a must be integer"],
    ],
    ["no brackets at all", q(object, { style: "deepObject" }), "q=1", []],
    ["an object in one text", q(object, { explode: false }), "q=a,1,b,true", []],
    [
      "an object in one text that does not fit",
      q(object, { explode: false }),
      "q=b,2",
      ["Request query parameter q must have required property 'a'", "Request query parameter q.b must be boolean"],
    ],
    ["members of a closed object", q(object), "a=1&b=false&z=9", []],
    [
      "members of a closed object, without the needed one",
      q(object),
      "b=false",
      ["Request query parameter q must have required property 'a'"],
    ],
    [
      "a member called __proto__",
      q({ type: "object", additionalProperties: { type: "integer" } }),
      "__proto__=x",
      ["Request query parameter q.__proto__ must be integer"],
    ],
  ])("%s", (_, parameters, query, expected) => {
    expect(say(parameters, { query })).toEqual(expected);
  });

  test("an open object has the members that nothing else claims", () => {
    const open = { type: "object", maxProperties: 2, additionalProperties: { type: "string", minLength: 2 } };
    const parameters = [...q(open), { name: "depth", in: "query", schema: { type: "integer" } }];
    expect(say(parameters, { query: "depth=1&name=ab&other=cd" })).toEqual([]);
    expect(say(parameters, { query: "depth=1&name=a&q=x&z=abc" })).toEqual([
      "Request query parameter q must NOT have more than 2 properties",
      "Request query parameter q.name must NOT have fewer than 2 characters",
      "Request query parameter q.q must NOT have fewer than 2 characters",
    ]);
    expect(say(parameters, { query: "name=ab&name=cd" })).toEqual(["Request query parameter q.name must be string"]);
    expect(say([...q({ ...open, minProperties: 1 }), ...parameters.slice(1)], { query: "depth=1" })).toEqual([]);
  });
});

describe("in headers", () => {
  const h = (schema: Obj, more: Obj = {}): Obj[] => [{ name: "X-Flags", in: "header", schema, ...more }];

  test.each<[string, Obj[], string | undefined, string[]]>([
    ["absent", h({ type: "integer" }), undefined, []],
    ["empty, which is absent", h({ type: "integer" }), "", []],
    ["required", h({ type: "string" }, { required: true }), undefined, ["Request header must have required property 'X-Flags'"]],
    ["a number", h({ type: "integer", minimum: 5 }), "3", ["Request header parameter X-Flags must be >= 5"]],
    ["a list with blanks after the commas", h(texts), "a, b", []],
    ["a list with something else", h(texts), "a,1", ['Request header parameter X-Flags.1 must match pattern "^[a-z]+$"']],
    ["an empty list", h({ ...texts, minItems: 1 }), "", ["Request header parameter X-Flags must NOT have fewer than 1 items"]],
    ["an object", h(object), "a, 1, b, true", []],
    ["an exploded object", h(object, { explode: true }), "a=1, b=no", ["Request header parameter X-Flags.b must be boolean"]],
    [
      "an exploded object with an equals sign in a value",
      h({ type: "object", properties: { a: { const: "b=c" } } }, { explode: true }),
      "a=b=c",
      [],
    ],
  ])("%s", (_, parameters, value, expected) => {
    expect(say(parameters, { headers: value === undefined ? {} : { "x-flags": value } })).toEqual(expected);
  });

  test.each(["Accept", "Content-Type", "Authorization"])("%s is no parameter", (name) => {
    expect(say([{ name, in: "header", required: true, schema: { type: "integer" } }], {})).toEqual([]);
  });
});

describe("in the path", () => {
  const p = (schema: Obj): Obj[] => [{ name: "id", in: "path", required: true, schema }];

  test.each<[string, Obj, string, string[]]>([
    ["a text", { type: "string", format: "uuid" }, "x", ['Request path parameter id must match format "uuid"']],
    ["a number", { type: "integer" }, "12", []],
    ["a list", integers, "1,2,x", ["Request path parameter id.2 must be integer"]],
    ["an object", object, "a,1", []],
  ])("%s", (_, schema, id, expected) => {
    expect(say(p(schema), { id })).toEqual(expected);
  });
});

test("a parameter of the operation replaces that of the path, references are followed", () => {
  const document = documentOf({ parameters: [{ $ref: "#/components/parameters/Own" }] });
  const components = {
    parameters: { Own: { name: "q", in: "query", schema: { $ref: "#/components/schemas/Own" } } },
    schemas: { Own: { type: "integer" } },
  };
  const path = { parameters: [{ name: "q", in: "query", required: true, schema: { type: "boolean" } }] };
  const paths = { "/things/{id}": { ...path, ...(document["paths"] as Record<string, Obj>)["/things/{id}"] } };
  const whole = { ...document, components, paths };
  const { check } = createCompiled(whole, loadValidators(whole));
  const request = (query: string): ParsedRequest => ({ params: {}, query: new URLSearchParams(query), headers: {}, length: 0 });
  expect(check({ method: "post", path: "/things/{id}" }, request(""))).toEqual([]);
  expect(check({ method: "post", path: "/things/{id}" }, request("q=true"))).toEqual([
    { where: "query", path: ["q"], message: "Request query parameter q must be integer" },
  ]);
});

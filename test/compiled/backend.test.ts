/** What the compiled backend says of bodies, and what it renders. */
import { describe, expect, test } from "vitest";
import { createCompiled } from "../../mock/compiled/backend.ts";
import type { ParsedRequest, Violation } from "../../mock/types.ts";
import type { Obj } from "../../scripts/document.ts";
import { loadValidators } from "../../scripts/validators.ts";
import { contracts, documentOf, fixtures } from "./subjects.ts";

const KEY = { method: "post", path: "/things/{id}" } as const;
const JSON_TYPE = "application/json";

const requestOf = (body?: unknown, mediaType?: string): ParsedRequest => ({
  params: {},
  query: new URLSearchParams(),
  headers: {},
  ...(mediaType !== undefined && { mediaType, body }),
  length: 1,
});

function backendOf(document: Obj) {
  return createCompiled(document, loadValidators(document));
}

const check = (body: Obj, value: unknown): Violation[] => backendOf(documentOf({ body })).check(KEY, requestOf(value, JSON_TYPE));

describe("bodies", () => {
  test("what fits allocates nothing: the same empty list each time", () => {
    const backend = backendOf(documentOf({ body: { type: "object" } }));
    const [one, other] = [backend.check(KEY, requestOf({}, JSON_TYPE)), backend.check(KEY, requestOf({ a: 1 }, JSON_TYPE))];
    expect(one).toEqual([]);
    expect(one).toBe(other);
    expect(Object.isFrozen(one)).toBe(true);
  });

  test("the place of a violation is a list of steps", () => {
    const schema = { properties: { reboot: { properties: { type: { enum: ["SOFT", "HARD"] } } }, "a/b": { items: { type: "string" } } } };
    expect(check(schema, { reboot: { type: "soft" }, "a/b": ["x", 1] })).toEqual([
      {
        where: "body",
        path: ["reboot", "type"],
        message: "Request body property reboot.type must be equal to one of the allowed values: SOFT, HARD",
      },
      { where: "body", path: ["a/b", "1"], message: "Request body property a/b.1 must be string" },
    ]);
  });

  test("nothing of a body is coerced", () => {
    expect(check({ properties: { a: { type: "integer" } } }, { a: "1" })).toHaveLength(1);
  });

  test("a missing body is said where one is required, and only there", () => {
    const document = documentOf({ body: { type: "object" } });
    expect(backendOf(document).check(KEY, requestOf())).toEqual([{ where: "request", path: [], message: "Body parameter is required" }]);
    expect(backendOf(documentOf({})).check(KEY, requestOf())).toEqual([]);
  });

  test("a media type that is not documented is the caller's matter", () => {
    expect(backendOf(documentOf({ body: { type: "object" } })).check(KEY, requestOf(1, "text/plain"))).toEqual([]);
  });

  const form = (value: unknown): string[] => {
    const schema = {
      type: "object",
      required: ["name"],
      properties: { name: { type: "string", minLength: 2 }, age: { type: "integer" }, tags: { type: "array", items: { type: "integer" } } },
    };
    const document = documentOf({});
    const content = { "application/x-www-form-urlencoded": { schema } };
    Object.assign((document["paths"] as Record<string, Record<string, Obj>>)["/things/{id}"]?.["post"] ?? {}, { requestBody: { content } });
    const found = backendOf(document).check(KEY, requestOf(value, "application/x-www-form-urlencoded"));
    return found.map(({ message }) => message.replace("Request body ", ""));
  };

  test.each<[unknown, string[]]>([
    ["name=a%2Bb+c&age=5&other=x", []],
    ["age=5", ["must have required property 'name'"]],
    ["name=a&age=x", ["property name must NOT have fewer than 2 characters", "property age must be integer"]],
    ["name=ab&name=cd", ["property name must be string"]],
    ["name=ab&tags=1&tags=2", []],
    ["name=ab&tags=1", []],
    ["name=ab&__proto__=1", []],
    [{ name: "ab", age: "5", tags: ["1", "x"] }, ["property tags.1 must be integer"]],
    ["", ["must have required property 'name'"]],
  ])("a form: %j", (value, expected) => {
    expect(form(value)).toEqual(expected);
  });
});

describe("answers", () => {
  const response = (more: Obj): Obj => {
    const document = documentOf({});
    const operation = (document["paths"] as Record<string, Record<string, Obj>>)["/things/{id}"]?.["post"];
    Object.assign(operation?.["responses"] ?? {}, { "200": { $ref: "#/components/responses/Ok" } });
    return { ...document, components: { responses: { Ok: more }, examples: { shared: { value: { shared: true } } } } };
  };

  test("an example by its key, the first without one, nothing where there is none", () => {
    const examples = { one: { value: { a: 1 } }, two: { $ref: "#/components/examples/shared" } };
    const { render } = backendOf(response({ content: { [JSON_TYPE]: { schema: {}, examples } } }));
    expect(render(KEY, { status: "200", mediaType: JSON_TYPE, example: "two" })).toEqual({ headers: {}, body: { shared: true } });
    expect(render(KEY, { status: "200", mediaType: JSON_TYPE }).body).toBe(examples.one.value);
    expect(render(KEY, { status: "200", mediaType: JSON_TYPE, example: "three" }).body).toBeUndefined();
    expect(render(KEY, { status: "200" }).body).toBeUndefined();
  });

  test("headers: an example, that of the schema, a constant, a default, or made up; in lower case and on one line", () => {
    const headers = {
      "X-One": { schema: { type: "string" }, examples: { a: { value: "one\r\nX-Evil: 1" } } },
      "X-Two": { schema: { type: "integer", examples: [2] } },
      "X-Three": { schema: { const: "three" } },
      "X-Four": { schema: { type: "integer", default: 4 } },
      "X-Five": { schema: { type: "string", pattern: "^req-[0-9a-f]{8}$" } },
      "X-Six": { schema: { type: "object" } },
      "Content-Type": { schema: { type: "string", examples: ["text/html"] } },
      Deprecation: { schema: { type: "string", examples: ["true"] } },
    };
    const { render } = backendOf(response({ headers }));
    expect(render(KEY, { status: "200" }).headers).toEqual({
      "x-one": "one  X-Evil: 1",
      "x-two": "2",
      "x-three": "three",
      "x-four": "4",
      "x-five": expect.stringMatching(/^req-[0-9a-f]{8}$/),
    });
  });

  test("what a contract does not have is a mistake of ours", () => {
    const backend = backendOf(documentOf({}));
    expect(() => backend.render(KEY, { status: "418" })).toThrow("postThing does not document the status 418.");
    expect(() => backend.check({ method: "get", path: "/things/{id}" }, requestOf())).toThrow("no operation get /things/{id}");
    expect(() => backend.check({ method: "post", path: "/nothing" }, requestOf())).toThrow("no operation post /nothing");
  });
});

test("every operation of every contract is known", () => {
  for (const { document } of [...contracts, ...fixtures]) {
    const { check: checkRequest } = backendOf(document);
    for (const [path, item] of Object.entries(document["paths"] as Record<string, Obj>)) {
      for (const method of ["get", "put", "post", "delete"] as const) {
        if (method in item) expect(checkRequest({ method, path }, requestOf())).toBeInstanceOf(Array);
      }
    }
  }
});

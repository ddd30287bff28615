/** How parameters and bodies are written into a request. */
import { describe, expect, test } from "vitest";
import { addHeaders, writeBody, writePath, writeQuery } from "../../runtime/wire.ts";

describe("a query", () => {
  test.each<[string, object | undefined, string]>([
    ["nothing", undefined, ""],
    ["nothing in it", { name: undefined, limit: null }, ""],
    ["plain values", { name: "my server", limit: 20, running: false }, "?name=my%20server&limit=20&running=false"],
    ["a list", { tag: ["a", "b&c"] }, "?tag=a&tag=b%26c"],
    [
      "free names",
      { elementType: "session-group", key: { "group-name": "sg", käse: "1" } },
      "?elementType=session-group&group-name=sg&k%C3%A4se=1",
    ],
    ["an empty text is a value", { name: "" }, "?name="],
  ])("%s", (_, query, expected) => expect(writeQuery(query)).toBe(expected));
});

describe("a path", () => {
  const path = "/{project_id}/servers/{server_id}";
  test("is escaped, so that no value becomes more than one segment", () => {
    expect(writePath(path, { project_id: "a/b", server_id: "c?d#e%20f" })).toBe("/a%2Fb/servers/c%3Fd%23e%2520f");
  });
  // The last ones are what a parser of queries, and a careless program, make of an id.
  const climbs = { toString: () => ".." };
  test.each([undefined, null, "", ".", "..", NaN, true, [], [""], [".."], {}, climbs, new String(".."), Symbol("id"), "a\ud800"])(
    "with %j in it is refused",
    (value) => {
      const sentence = `The path parameter project_id of ${path} is missing or no id: give it as text.`;
      expect(() => writePath(path, { project_id: value, server_id: "x" })).toThrow(new TypeError(sentence));
    },
  );
  test("keeps a number, and a text that looks escaped", () => {
    expect(writePath(path, { project_id: 0, server_id: "%2e%2e" })).toBe("/0/servers/%252e%252e");
  });
});

test("of two spellings of a header the later one counts, and nothing given is nothing sent", () => {
  expect(addHeaders({ accept: "a" }, { Accept: "b", "X-Number": 1, "X-None": undefined, "X-Null": null })).toEqual({
    accept: "b",
    "x-number": "1",
  });
  expect(addHeaders({}, undefined)).toEqual({});
});

test("a body goes out as its media type has it", () => {
  expect(writeBody({ lock: null }, "application/json")).toBe('{"lock":null}');
  expect(writeBody({ a: 1 }, "application/merge-patch+json")).toBe('{"a":1}');
  expect(writeBody({ token: "a b&c=+" }, "application/x-www-form-urlencoded")).toBe("token=a%20b%26c%3D%2B");
  expect(writeBody("<configElement/>", "application/xml")).toBe("<configElement/>");
  expect(writeBody("text", undefined)).toBe("text");
});

import { expect, test } from "vitest";
import { explain } from "../../mock/explain.ts";
import type { Violation } from "../../mock/types.ts";

const document = {
  components: {
    schemas: {
      Login: {
        properties: { password: {}, key: {}, hosts: { items: { if: { required: ["a"] }, then: { required: ["b"] } } } },
        not: { propertyNames: { not: { enum: ["password", "key"] } } },
        dependentSchemas: { password: { propertyNames: { not: { const: "key" } } } },
        dependentRequired: { token: ["until"] },
      },
    },
  },
};
const schema = { properties: { login: { allOf: [{ $ref: "#/components/schemas/Login" }] }, plain: { type: "object" } } };

const said = (path: string[], message: string, where: Violation["where"] = "body"): string | undefined =>
  explain(document, schema, [{ where, path, message }])[0]?.message;

test.each([
  [
    ["login", "hosts", "0"],
    'Request body property login.hosts.0 must match "then" schema',
    "Request body property login.hosts.0 breaks the rule about a, b",
  ],
  [["plain"], "Request body property plain must NOT be valid", "Request body property plain must NOT be valid"],
  [["nothing", "here"], "Request body property nothing.here must NOT be valid", "Request body property nothing.here must NOT be valid"],
  [["login"], "Request body property login must be object", "Request body property login must be object"],
])("%j: %s", (path, message, expected) => {
  expect(said(path, message)).toBe(expected);
});

test("the members of a rule are named, each once", () => {
  const [violation] = explain(document, { $ref: "#/components/schemas/Login" }, [
    { where: "body", path: [], message: "Request body must NOT be valid" },
  ]);
  expect(violation?.message).toBe("Request body breaks the rule about password, token, until, key");
});

test("only bodies have members", () => {
  expect(said(["login"], "Request query parameter login must NOT be valid", "query")).toContain("must NOT be valid");
});

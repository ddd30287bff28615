import { expect, test } from "vitest";
import { generateTypes } from "../../scripts/types.ts";

const types = (schema: object): Promise<string> =>
  generateTypes({ openapi: "3.1.0", info: { title: "t", version: "1" }, paths: {}, components: { schemas: { A: schema } } }, "// header\n");

const oneKey = { type: "object", minProperties: 1, maxProperties: 1, additionalProperties: false };

test("a closed object of exactly one property is an exclusive union", async () => {
  const text = await types({ ...oneKey, properties: { lock: { type: "null" }, unlock: { type: "null" } } });
  expect(text.replaceAll(/\s+/g, " ")).toContain("A: ExclusiveUnion<{ lock: null; } | { unlock: null; }>;");
  expect(text.startsWith("// header\n")).toBe(true);
});

test("an open object of one property, or one with two, is not", async () => {
  expect(await types({ ...oneKey, additionalProperties: true, properties: { a: { type: "null" }, b: { type: "null" } } })).not.toContain(
    "ExclusiveUnion",
  );
  expect(await types({ ...oneKey, maxProperties: 2, properties: { a: { type: "null" }, b: { type: "null" } } })).not.toContain(
    "ExclusiveUnion",
  );
});

test("an object that allows nothing is typed as nothing, one that allows anything as anything", async () => {
  expect(await types({ type: ["object", "null"], additionalProperties: false })).toContain("A: Record<string, never> | null;");
  expect(await types({ type: "object" })).toContain("A: Record<string, unknown>;");
});

test("a member with a default stays optional", async () => {
  expect(await types({ type: "object", properties: { mode: { type: "string", default: "SOFT" } } })).toContain("mode?: string;");
});

/** The shim that stands in for the libraries of Ajv's standalone code does what they do, and imports none. */
import { globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { countCharacters, isEqual, requireHelper } from "../../mock/compiled/helpers.ts";
import { ROOT } from "../../scripts/root.ts";

const load = createRequire(import.meta.url);
const ajvLength: (text: string) => number = load("ajv/dist/runtime/ucs2length").default;
const ajvEqual: (one: unknown, other: unknown) => boolean = load("ajv/dist/runtime/equal").default;

const settings = { seed: 20250919, numRuns: 500 };

test("characters are counted as Ajv counts them", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom("\ud800", "\udc00", "a", "\u{1f512}") }), (one, other) => {
      for (const text of [one, other, one + other]) expect(countCharacters(text)).toBe(ajvLength(text));
    }),
    settings,
  );
  expect(["", "a", "\u{1f512}", "\ud800", "\ud800\ud800\udc00"].map(countCharacters)).toEqual([0, 1, 1, 1, 2]);
});

test("values are compared as Ajv compares them", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      expect(isEqual(one, structuredClone(one))).toBe(true);
      expect(isEqual(one, other)).toBe(ajvEqual(one, other));
      expect(isEqual([one], { 0: one })).toBe(false);
    }),
    settings,
  );
  expect(isEqual({ a: undefined }, { b: undefined })).toBe(false);
  expect(isEqual({ toString: 1 }, {})).toBe(false);
});

test("an unknown helper is an error", () => {
  expect(() => requireHelper("ajv/dist/runtime/re2")).toThrow("run npm run generate");
  expect(() => requireHelper("toString")).toThrow("run npm run generate");
});

test("mock/compiled runs in a browser under a strict policy", () => {
  const files = globSync("mock/compiled/*.ts", { cwd: ROOT });
  expect(files.length).toBeGreaterThan(15);
  for (const file of files) {
    const text = readFileSync(join(ROOT, file), "utf8");
    const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, target]) => target);
    expect(
      imports.filter((target) => !/^(\.\/|\.\.\/(text|types|state\/random)\.ts|\.\.\/\.\.\/scripts\/document\.ts)/.test(target ?? "")),
    ).toEqual([]);
    expect(text).not.toMatch(/\beval\(|new Function|\bprocess\.|\bBuffer\b/);
  }
});

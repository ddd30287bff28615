/** The walk that all checks rely on: what it does not find, no rule looks at. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { parse } from "yaml";
import { expect, test } from "vitest";
import { nodes } from "../../lint/_shared/nodes.js";
import { isObject } from "../../scripts/document.ts";

const FILE = join(import.meta.dirname, "fixtures/everywhere.yaml");
const text = readFileSync(FILE, "utf8");
const parsed: unknown = parse(text);
const document = isObject(parsed) ? parsed : {};

test("the document of the test is valid OpenAPI 3.1", async () => {
  const config = await createConfig({ rules: { struct: "error" } });
  const problems = await lintFromString({ source: text, absoluteRef: FILE, config });
  expect(problems.map(({ message }) => message)).toEqual([]);
});

test("every object is found, and known for what it is", () => {
  const found = nodes(document);
  expect(found.map(({ kind }) => kind)).toEqual(found.map(({ value }) => value["x-is"]));
  const said = [...text.matchAll(/\bx-is: ([A-Z]\w*)/g)].map(([, kind]) => kind);
  expect(found.map(({ kind }) => kind).sort()).toEqual(said.sort());
});

test("each knows where it stands and what holds it", () => {
  for (const { path, value, parent } of nodes(document)) {
    let there: unknown = document;
    for (const step of path) there = Object(there)[step];
    expect(there).toBe(value);
    if (parent) expect(path.slice(0, parent.path.length)).toEqual(parent.path);
    else expect(path).toEqual([]);
  }
});

/** A released version does not change: the fingerprint of each contract is pinned in frozen.json. */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isObject, objectAt, type Obj } from "../../scripts/document.ts";
import { contracts } from "./support/contracts.ts";
import { fingerprint } from "./support/fingerprint.ts";

const FILE = join(import.meta.dirname, "frozen.json");
const COMMAND = "UPDATE_FROZEN=1 npm test -- test/conformance/frozen";
const current = Object.fromEntries(contracts.map(({ key, document }) => [key, fingerprint(document)]));

if (process.env["UPDATE_FROZEN"] === "1") {
  // A run that breaks off leaves the old file.
  writeFileSync(`${FILE}.new`, `${JSON.stringify(current, null, 2)}\n`);
  renameSync(`${FILE}.new`, FILE);
}

const pinned: unknown = JSON.parse(readFileSync(FILE, "utf8"));

test("every contract is pinned, and nothing else", () => {
  const what = `frozen.json lists other contracts than redocly.yaml: pin a new one, or drop a removed one, with ${COMMAND}`;
  expect(Object.keys(isObject(pinned) ? pinned : {}).toSorted(), what).toEqual(Object.keys(current).toSorted());
});

test.each(contracts.map(({ key }) => key))("%s is as it was released", (key) => {
  const what =
    `The surface of ${key} changed. A released version does not change: make a new version (CONTRIBUTING, "add a version"). ` +
    `If it is not released yet, pin the new surface with ${COMMAND}`;
  expect(current[key], what).toBe(isObject(pinned) ? pinned[key] : undefined);
});

/** A copy of a bundle in which every object that has `key` is changed; fails when there is none. */
function edited(document: Obj, key: string, change: (node: Obj) => void): Obj {
  const copy = structuredClone(document);
  let count = 0;
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(walk);
    if (!isObject(node)) return;
    Object.values(node).forEach(walk);
    if (typeof node[key] !== "string") return;
    change(node);
    count++;
  };
  walk({ paths: copy["paths"], components: copy["components"] });
  expect(count).toBeGreaterThan(0);
  return copy;
}

describe.each(contracts.map(({ key, document }) => ({ key, document })))("the fingerprint of $key", ({ key, document }) => {
  test("stays when prose is edited", () => {
    const prose = edited(document, "description", (node) => (node["description"] = "Said otherwise."));
    expect(fingerprint(edited(prose, "x-basis", (node) => (node["x-basis"] = "observed")))).toBe(current[key]);
  });

  test("stays when keys change places", () => {
    const paths = Object.fromEntries(Object.entries(objectAt(document, "paths")).toReversed());
    expect(fingerprint({ ...document, paths })).toBe(current[key]);
  });

  test("changes with one maxLength, one status, one permission and the security", () => {
    const [name = "", schema] = Object.entries(objectAt(objectAt(document, "components"), "schemas"))[0] ?? [];
    const components = objectAt(document, "components");
    const schemas = { ...objectAt(components, "schemas"), [name]: { ...(isObject(schema) ? schema : {}), maxLength: 17 } };
    const changed = [
      { ...document, components: { ...components, schemas } },
      edited(document, "operationId", (node) => (node["responses"] = { ...objectAt(node, "responses"), "418": { description: "" } })),
      edited(document, "operationId", (node) => (node["x-permissions"] = { main: "other:than:before" })),
      { ...document, security: [] },
    ].map(fingerprint);
    expect(new Set([current[key], ...changed]).size).toBe(changed.length + 1);
  });
});

test("a field of a body that is called like prose is no prose", () => {
  const schema = (properties: Obj): Obj => ({ components: { schemas: { Fault: { type: "object", properties } } } });
  const string = { type: "string" };
  const prints = [schema({ title: string }), schema({ title: string, tags: string }), schema({ examples: string })].map(fingerprint);
  expect(new Set(prints).size).toBe(3);
});

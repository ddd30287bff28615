/** The document itself: linted, generated, equal to what the handler does, and no contract. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROUTES } from "../../mock/control/routes.ts";
import { bundleContract } from "../../scripts/bundle.ts";
import { CONTROL, generateControl } from "../../scripts/control.ts";
import { objectAt, resolveObject } from "../../scripts/document.ts";
import { lintContract } from "../../scripts/lint.ts";
import { readRegistry } from "../../scripts/registry.ts";
import { ROOT } from "../../scripts/root.ts";
import { openSources } from "../../scripts/sources.ts";
import { openRoom } from "./room.ts";
import { control, operations } from "./schemas.ts";

const sources = await openSources(ROOT);

/** House rules about facts of a vendor, and two that are otherwise here. */
const NOT_FOR_US: Record<string, string> = {
  "lifecycle-present": "no vendor gives it a life",
  "basis-present": "the source of every statement is the handler beside it",
  "permissions-present": "whoever reaches the mock may do everything",
  "response-schema-open": "the answers are ours: a member that the document does not know is a mistake",
  "call-id-verb-noun": "the verbs set, reset and advance are no vendor's",
};

test("Redocly's strict rules find nothing", async () => {
  expect(await sources.lint(CONTROL)).toEqual([]);
});

test("the house rules find nothing but what is not for this API", async () => {
  const findings = await lintContract(ROOT, await bundleContract(ROOT, sources, CONTROL));
  expect(findings.filter(({ rule }) => !(rule in NOT_FOR_US))).toEqual([]);
  expect([...new Set(findings.map(({ rule }) => rule))].toSorted()).toEqual(Object.keys(NOT_FOR_US).toSorted());
  const verbs = findings.filter(({ rule }) => rule === "call-id-verb-noun").map(({ message }) => message.split(" ")[0]);
  expect(verbs.every((id) => /^(set|reset|advance)[A-Z]/.test(id ?? ""))).toBe(true);
});

test("what is generated is what the sources give", async () => {
  const files = await generateControl(ROOT, sources);
  expect([...files.keys()].map((path) => path.slice(CONTROL.out.length + 1))).toEqual([
    "openapi.yaml",
    "document.ts",
    "types.ts",
    "client.ts",
  ]);
  for (const [path, text] of files)
    expect(readFileSync(join(ROOT, path), "utf8") === text, `${path} is not fresh: run npm run generate`).toBe(true);
});

test("a repository without a control API gets none", async () => {
  expect((await generateControl(join(ROOT, "openapi"), sources)).size).toBe(0);
});

test("it is no contract", () => {
  expect(readRegistry(ROOT).map(({ api }) => api)).not.toContain(CONTROL.api);
});

test("the handler has the operations of the document, and no others", () => {
  const handled = ROUTES.flatMap(({ template, operations: own }) => [...own.keys()].map((method) => `${method} ${template}`));
  expect(handled.toSorted()).toEqual([...operations.keys()].toSorted());
});

test("whatever takes a body says how large it may be, and says 413 and 415", () => {
  for (const { template, operations: own } of ROUTES) {
    for (const [method, { takes }] of own) {
      const call = operations.get(`${method} ${template}`);
      const taken = takes !== undefined;
      expect([call?.requestMediaTypes.length === 1, call?.statuses.includes("413"), call?.statuses.includes("415")]).toEqual([
        taken,
        taken,
        taken,
      ]);
    }
  }
});

const requests = [...operations].flatMap(([line, { operation, id }]) => {
  const examples = objectAt(
    objectAt(objectAt(resolveObject(control, operation["requestBody"]), "content"), "application/json"),
    "examples",
  );
  return Object.entries(examples).map(([name, example]) => ({ id, name, line, value: resolveObject(control, example)["value"] }));
});

test.each(requests)("$id takes its example $name", async ({ line, value }) => {
  const path = line.replace("{space}", "huawei").replace("{id}", "89c312bb-285a-4026-a237-d441908c2f9e");
  expect(await openRoom().ask(path, value)).toMatchObject({ status: expect.toSatisfy((status: number) => status < 300), detail: "" });
});

test("the document is served with the name of the header and the address of this server", async () => {
  const own = await openRoom({ header: "X-Team" }).ask("GET /openapi.json");
  const parameters = objectAt(objectAt(control, "components"), "parameters");
  const World = { ...objectAt(parameters, "World"), name: "X-Team" };
  expect(own.json).toEqual({
    ...control,
    servers: [{ url: "/", description: expect.any(String) }],
    components: { ...objectAt(control, "components"), parameters: { ...parameters, World } },
  });
});

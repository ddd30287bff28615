/** The layout is a promise too: a name is an address, references stay home, files stay small. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { isObject, objectAt, stringAt } from "../../scripts/document.ts";
import { readRegistry } from "../../scripts/registry.ts";
import { ROOT } from "../../scripts/root.ts";

const openapi = join(ROOT, "openapi");
const sources = readdirSync(openapi, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".yaml"))
  .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1));
const roots = readRegistry(ROOT).filter(({ overlay }) => !overlay);

/** `/{project_id}/servers/{server_id}/action` → `servers.id.action.yaml` */
function fileOf(url: string): string {
  const steps = url
    .replace(/^\/\{project_id\}/, "")
    .split("/")
    .filter(Boolean)
    .map((step) => (/^\{.+\}$/.test(step) ? "id" : step));
  return `${steps.join(".") || "index"}.yaml`;
}

function* refsIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* refsIn(item);
  if (!isObject(value)) return;
  const ref = stringAt(value, "$ref");
  if (ref !== undefined) yield ref;
  for (const item of Object.values(value)) yield* refsIn(item);
}

const load = (file: string): unknown => parse(readFileSync(join(ROOT, file), "utf8"));

test.each(roots.map(({ root }) => root))("%s names the file of every URL by the URL, and has at most 60 lines", (root) => {
  const urls = Object.entries(objectAt(load(root), "paths"));
  expect(urls.length).toBeGreaterThan(0);
  for (const [url, item] of urls) expect(basename(stringAt(item, "$ref") ?? "no $ref"), url).toBe(fileOf(url));
  expect(readFileSync(join(ROOT, root), "utf8").trimEnd().split("\n").length).toBeLessThanOrEqual(60);
});

describe("references stay home", () => {
  test.each(sources)("%s", (file) => {
    const api = file.split("/").slice(0, 2).join("/");
    for (const ref of refsIn(load(file))) {
      expect(ref, "no pointer into a document").not.toContain("#");
      expect(ref.split("/").filter((step) => step === "..").length, ref).toBeLessThanOrEqual(2);
      expect(normalize(join(dirname(file), ref)).startsWith(`${api}/`), ref).toBe(true);
    }
  });
});

test("every API has a README, and every folder under openapi/ is an API of redocly.yaml", () => {
  const apis = [...new Set(readRegistry(ROOT).map(({ api }) => api))].toSorted();
  expect(readdirSync(openapi).toSorted()).toEqual(apis);
  for (const api of apis) expect(existsSync(join(openapi, api, "README.md")), api).toBe(true);
});

test.each([...new Set(readRegistry(ROOT).map(({ api }) => api))])("the README of %s has at most 45 lines of text", (api) => {
  // Tables of questions and of a source's defects are as long as what they list.
  const lines = readFileSync(join(openapi, api, "README.md"), "utf8").split("\n");
  expect(lines.filter((line) => line.trim() !== "" && !line.startsWith("|")).length).toBeLessThanOrEqual(45);
});

test("a file in since-…/ differs from the one it replaces, or refers to one that does", () => {
  const newer = sources.filter((file) => file.includes("/since-"));
  expect(newer.length).toBeGreaterThan(0);
  const refersToNewer = (file: string): boolean =>
    [...refsIn(load(file))].some((ref) => newer.includes(normalize(join(dirname(file), ref))));
  for (const file of newer) {
    const older = file.replace(/since-[\d.]+\//, "");
    if (!existsSync(join(ROOT, older)) || refersToNewer(file)) continue;
    expect(readFileSync(join(ROOT, file), "utf8"), file).not.toBe(readFileSync(join(ROOT, older), "utf8"));
  }
});

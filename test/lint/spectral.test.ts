/** The loader: what it accepts, and what it says about a ruleset that it cannot load. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { lintBundle, loadRuleset } from "../../scripts/spectral.ts";

const folder = mkdtempSync(join(tmpdir(), "latch-ruleset-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const rule = (id: string, more = "resolved: false"): string => `
functionsDir: .
functions: [check]
rules:
  ${id}: { description: Something., message: "{{error}}", severity: error, given: $, ${more}, then: { function: check, functionOptions: [7] } }
`;

write("titled/rule.yaml", rule("titled"));
write(
  "titled/check.js",
  "export default function* check(document, [most]) { if (document.title.length > most) yield { message: 'Long: cut it.', path: ['title'] }; }",
);

const LONG = "first: 1\ntitle: much too long\n";

test("a finding says where it is, 1-based", async () => {
  const ruleset = await loadRuleset(write("plain.yaml", "extends: [./titled/rule.yaml]"));
  expect(await lintBundle(LONG, ruleset)).toEqual([
    { rule: "titled", severity: "error", message: "Long: cut it.", path: ["title"], line: 2, column: 8 },
  ]);
  expect(await lintBundle("title: short", ruleset)).toEqual([]);
});

test("a rule can be overridden, for all bundles or for some", async () => {
  const all = await loadRuleset(write("all.yaml", "extends: [./titled/rule.yaml]\nrules: { titled: warn }"));
  expect(await lintBundle(LONG, all)).toMatchObject([{ severity: "warn" }]);
  const text = 'extends: [./titled/rule.yaml]\noverrides: [{ files: ["generated/**"], rules: { titled: off } }]';
  const some = await loadRuleset(write("some.yaml", text));
  expect(await lintBundle(LONG, some, join(folder, "generated/a/openapi.yaml"))).toEqual([]);
  expect(await lintBundle(LONG, some, join(folder, "other/openapi.yaml"))).toHaveLength(1);
});

test("a document that is not YAML gives a finding, not an exception", async () => {
  const findings = await lintBundle("a: [", await loadRuleset());
  expect(findings.map(({ rule: id }) => id)).toContain("parser");
});

test.each([
  ["names a folder that is not there", "extends: [./missing/rule.yaml]", /There is no ruleset .*missing\/rule\.yaml/],
  ["has a rule on the resolved document", "extends: [./resolved/rule.yaml]", /The rule slow cannot be linked/],
  ["is no mapping", "- extends", /The ruleset is not a mapping/],
])("a ruleset that %s is refused in a sentence", async (name, text, message) => {
  write("resolved/rule.yaml", rule("slow", "resolved: true"));
  write("resolved/check.js", "export default function* check() {}");
  await expect(loadRuleset(write(`${name.replaceAll(" ", "-")}.yaml`, text))).rejects.toThrow(message);
});

test.each([
  ["rules: { titeld: error }", 2, "There is no rule titeld"],
  ["rules: { titled: eror }", 2, "rules.titled must be equal to one of the allowed values"],
  [
    "rules:\n  titled: { severity: eror }",
    3,
    'rules.titled.severity the value has to be one of, 0, 1, 2, 3 or "error", "warn", "info", "hint", "off"',
  ],
  ['overrides: [{ files: ["*"], rules: { titeld: off } }]', 2, "There is no rule titeld"],
  ['overrides:\n  - files: ["*"]\n    rules: { titled: eror }', 4, "overrides.0.rules.titled must be equal to one of the allowed values"],
  ['overrides:\n  - file: ["*"]\n    rules: { titled: off }', 3, "overrides.0 must have required property 'files'"],
  ["rule: { titled: warn }", 2, "A ruleset of ours has no rule"],
  ["rules: [", 3, "This is not YAML, Flow sequence"],
  ["extends: [./titled/rule.yaml]", 2, "This is not YAML, Map keys must be unique"],
])("a setting that Spectral does not know has its line: %s", async (more, line, message) => {
  const path = write("settings.yaml", `extends: [./titled/rule.yaml]\n${more}\n`);
  await expect(loadRuleset(path)).rejects.toMatchObject({
    name: "LatchError",
    message: expect.stringContaining(message),
    place: { file: "settings.yaml", line },
  });
});

test.each(["extends: ./titled/rule.yaml", "extends: []", "rules: {}"])("no list of rules is no ruleset: %s", async (text) => {
  await expect(loadRuleset(write("none.yaml", text))).rejects.toThrow("The ruleset extends no list of rules");
});

test("a rule that is not there is looked for where it is named", async () => {
  const named = loadRuleset(write("named.yaml", "# Ours\nextends:\n  - ./titled/rule.yaml\n  - ./titeld/rule.yaml\n"));
  await expect(named).rejects.toMatchObject({ place: { line: 4 } });
});

/** The stock Spectral command line reads the same files, and finds the same. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROOT } from "../../scripts/root.ts";
import { lintBundle, loadRuleset, type Finding } from "../../scripts/spectral.ts";
import { RULES, fixturesOf } from "./folders.ts";

interface Diagnostic {
  code: string;
  severity: number;
  message: string;
  path: string[];
  range: { start: { line: number; character: number } };
  source: string;
}

const cases = RULES.flatMap((rule) => fixturesOf(rule, "fail").map(({ name, text }) => ({ file: `${rule}-${name}`, text })));

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "latch-lint-"));
  for (const { file, text } of cases) writeFileSync(join(folder, file), text);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** One start for all cases: the command line takes a second to load its rules. */
function runCommandLine(): Diagnostic[] {
  const cli = join(ROOT, "node_modules/@stoplight/spectral-cli/dist/index.js");
  const ruleset = join(ROOT, ".spectral.yaml");
  const files = cases.map(({ file }) => join(folder, file));
  const { stdout } = spawnSync(process.execPath, [cli, "lint", "--quiet", "--format=json", `--ruleset=${ruleset}`, ...files], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, SCARF_ANALYTICS: "false" },
  });
  return JSON.parse(stdout);
}

const text = ({ rule, severity, path, line, column, message }: Finding): string =>
  `${line}:${column} ${severity} ${rule} ${path.join("/")} ${message}`;

test("every case gives the same findings on the command line and in process", async () => {
  const ruleset = await loadRuleset();
  const there = runCommandLine().map(({ code, severity, path, range, message, source }) => {
    const place = { line: range.start.line + 1, column: range.start.character + 1 };
    const word = (["error", "warn", "info", "hint"] as const)[severity] ?? "error";
    return `${basename(source)} ${text({ rule: code, severity: word, message, path, ...place })}`;
  });
  const here: string[] = [];
  for (const { file, text: document } of cases) {
    for (const finding of await lintBundle(document, ruleset)) here.push(`${file} ${text(finding)}`);
  }
  expect(here.length).toBeGreaterThan(cases.length);
  expect(there.sort()).toEqual(here.sort());
});

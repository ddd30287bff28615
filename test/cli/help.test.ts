/** The help is the manual: every command says in a sentence what it does, and every option what it changes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../scripts/root.ts";
import { runLatch, runNode } from "./run.ts";

/** Wrapped lines joined, so that a test does not depend on the width of the help. */
const flat = (text: string): string => text.replaceAll(/\s+/g, " ");

test("latch --help names every command and shows examples that run", async () => {
  const { code, stdout, stderr } = await runLatch(["--help"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const text = flat(stdout);
  expect(text).toContain("Usage: latch [options] [command]");
  expect(text).toContain("Contracts, typed clients, documentation and a mock for the APIs that lock things.");
  for (const command of ["list", "generate", "lint", "mock", "start"]) expect(stdout).toMatch(new RegExp(`^  ${command} .*\\[`, "m"));
  const examples = stdout.split("Examples:\n")[1]?.trim().split(/\n\s*/) ?? [];
  expect(examples).toContain("latch list --now 2026-08-01");
  const listed = await runLatch(examples[0]?.split(" ").slice(1) ?? []);
  expect(listed.code).toBe(0);
});

test.each([
  ["list", ["print the contracts with their versions, states and dates", "--now <date>", "--json"]],
  ["generate", ["write bundles, types, clients and pages to generated/", "--check write nothing;", "--force"]],
  ["lint", ["Redocly on the sources, the house rules on the bundles", "[contract...]", '(choices: "stylish", "json", "github-actions"']],
  ["mock", ["serve the contracts as a stateful mock", "0 takes a free port (default: 4010, env: PORT)", "--host <host>", "-q, --quiet"]],
  ["worker", ["service worker"]],
  ["start", ["generate what has changed, then serve it like mock", "0 takes a free port (default: 4010, env: PORT)"]],
])("latch %s --help", async (command, sentences) => {
  const { code, stdout, stderr } = await runLatch([command, "--help"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain(`Usage: latch ${command} [options]`);
  for (const sentence of sentences) expect(flat(stdout)).toContain(sentence);
});

test("--version is the package's", async () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  expect(await runLatch(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});

test("help loads none of the tools: it answers where they are not installed", async () => {
  const watch = `data:text/javascript,${encodeURIComponent(`
    import { registerHooks } from "node:module";
    registerHooks({ load(url, context, next) {
      if (url.includes("/node_modules/")) process.stderr.write(url.split("/node_modules/").at(-1).split("/")[0] + "\\n");
      return next(url, context);
    } });`)}`;
  const { stderr } = await runNode(["--import", watch, join(ROOT, "scripts/latch.ts"), "--help"]);
  expect([...new Set(stderr.trim().split("\n"))]).toEqual(["commander"]);
});

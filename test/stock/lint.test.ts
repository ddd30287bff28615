/** Both linters' own command lines find nothing in the bundles: not with Redocly's strict rules, not with the house rules. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { objectAt } from "../../scripts/document.ts";
import { ROOT } from "../../scripts/root.ts";
import { BUNDLES, runTool } from "./tools.ts";

const paths = BUNDLES.map(({ path }) => path);

test("redocly lint, with the rules of redocly.yaml: 0 errors, 0 warnings", async () => {
  const { code, stdout, stderr } = await runTool("redocly", ["lint", "--config", join(ROOT, "redocly.yaml"), "--format", "json", ...paths]);
  // One JSON document per bundle, one after the other.
  const results: object[] = JSON.parse(`[${stdout.trim().replaceAll(/^\}\s*\{/gm, "},{")}]`);
  expect(results, stderr).toHaveLength(BUNDLES.length);
  expect(results.flatMap((result) => ("problems" in result ? result.problems : "no problems field"))).toEqual([]);
  for (const result of results) expect(objectAt(result, "totals")).toMatchObject({ errors: 0, warnings: 0 });
  expect(code).toBe(0);
});

test("spectral lint, with .spectral.yaml: 0 results", async () => {
  const options = ["--ruleset", join(ROOT, ".spectral.yaml"), "--format", "json", "--fail-severity", "hint", "--quiet"];
  const { code, stdout, stderr } = await runTool("spectral", ["lint", ...options, ...paths], ROOT);
  expect(JSON.parse(stdout), stderr).toEqual([]);
  expect(code).toBe(0);
});

test("the house rules do run: a bundle with a mistake is found by the same command", async () => {
  const options = ["--ruleset", join(ROOT, ".spectral.yaml"), "--format", "json"];
  const { code, stdout } = await runTool("spectral", ["lint", ...options, join(ROOT, "lint/no-discriminator/fail.yaml")], ROOT);
  expect(code).toBe(1);
  expect(stdout).toContain("no-discriminator");
});

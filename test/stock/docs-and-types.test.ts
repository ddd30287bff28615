/** A bundle is all that a stock tool needs: Redocly renders it, openapi-typescript types it, with no configuration of ours in sight. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { callsOf } from "../../scripts/calls.ts";
import { objectAt } from "../../scripts/document.ts";
import { BUNDLES, neutralFolder, runTool } from "./tools.ts";

test.each(BUNDLES)("redocly build-docs writes a page of $key", async ({ path, document }) => {
  const folder = neutralFolder();
  const { code, stderr } = await runTool("redocly", ["build-docs", path, "--output", "page.html"], folder);
  expect(code, stderr).toBe(0);
  const page = readFileSync(join(folder, "page.html"), "utf8");
  expect(page).toMatch(/^<!DOCTYPE html>/i);
  const operations = new Set(callsOf(document).map(({ operationId }) => operationId));
  for (const id of operations) expect(page).toContain(id);
});

test.each(BUNDLES)("openapi-typescript writes types of $key", async ({ path, document }) => {
  const folder = neutralFolder();
  const { code, stderr } = await runTool("openapi-typescript", [path, "--output", "types.ts"], folder);
  expect(code, stderr).toBe(0);
  const types = readFileSync(join(folder, "types.ts"), "utf8");
  for (const url of Object.keys(objectAt(document, "paths"))) expect(types).toContain(`    ${JSON.stringify(url)}: {\n`);
  for (const { operationId } of callsOf(document)) expect(types).toContain(`    ${operationId}: {\n`);
});

/** How easily a program can use the contract, as Redocly measures it. The best public document measured has 82.6. */
import { expect, test } from "vitest";
import { BUNDLES, runTool } from "./tools.ts";

test.each(BUNDLES)("redocly score of $key is at least 90", async ({ key, path }) => {
  const { stdout, stderr } = await runTool("redocly", ["score", path, "--format", "json"]);
  const { agentReadiness, subscores } = JSON.parse(stdout.slice(stdout.indexOf("{")));
  console.log(`${key}: ${agentReadiness}`);
  expect(agentReadiness, `${JSON.stringify(subscores)} ${stderr}`).toBeGreaterThanOrEqual(90);
});

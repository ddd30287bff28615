/** The cases prove the checks: whatever is broken in a check, some case gives another finding. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

test("no check can be broken unnoticed", () => {
  const output = execFileSync(process.execPath, [join(import.meta.dirname, "mutate.ts")], { encoding: "utf8" });
  const result: { broken: number; unnoticed: string[] } = JSON.parse(output);
  expect(result.unnoticed).toEqual([]);
  expect(result.broken).toBeGreaterThan(500);
});

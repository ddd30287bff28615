/** All checks over all cases and some thousand hostile documents: every branch is reached, and nothing is thrown. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { ROOT } from "../../scripts/root.ts";
import { LINT, RULES } from "./folders.ts";

interface Script {
  url: string;
  functions: { functionName: string; ranges: { startOffset: number; endOffset: number; count: number }[] }[];
}

interface Exercise {
  hostile: number;
  thrown: Record<string, string>;
  /** What V8 counted, for the modules under lint/. */
  scripts: Script[];
}

function exercise(): Exercise {
  const folder = mkdtempSync(join(tmpdir(), "latch-lint-"));
  try {
    const env = { ...process.env, NODE_V8_COVERAGE: folder };
    const output = execFileSync(process.execPath, [join(import.meta.dirname, "exercise.ts")], { env, encoding: "utf8" });
    const scripts = readdirSync(folder).flatMap((name) => {
      const report: { result: Script[] } = JSON.parse(readFileSync(join(folder, name), "utf8"));
      return report.result.filter(({ url }) => url.startsWith(`file://${LINT}/`));
    });
    return { ...JSON.parse(output), scripts };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const { hostile, thrown, scripts } = exercise();

/** The first line of each stretch of code that nothing executed. */
function missedIn({ url, functions }: Script): string[] {
  const file = fileURLToPath(url);
  const text = readFileSync(file, "utf8");
  const idle = functions.flatMap(({ ranges }) => ranges.filter(({ count }) => count === 0));
  return idle.map(({ startOffset, endOffset }) => {
    const line = text.slice(0, startOffset).split("\n").length;
    return `${relative(ROOT, file)}:${line}: ${text.slice(startOffset, endOffset).trim().split("\n")[0]}`;
  });
}

test("every branch of the checks is reached", () => {
  expect(scripts.length).toBeGreaterThan(RULES.length);
  expect(scripts.flatMap(missedIn)).toEqual([]);
});

test("no check throws on a document of the wrong shape", () => {
  expect(hostile).toBeGreaterThan(2000);
  expect(thrown).toEqual({});
});

/** What goes into a browser brings nothing with it that only Node, or only `generate`, has: every file that is reached, and what it imports. */
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { ROOT } from "../../scripts/root.ts";

const known = new Map<string, string[]>();

/** Imports that are there at run time, types left out; a dynamic one counts, because a bundle has it too. */
function importsOf(file: string): string[] {
  const found = known.get(file) ?? readImports(file);
  known.set(file, found);
  return found;
}

function readImports(file: string): string[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  const options = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true };
  const { outputText } = ts.transpileModule(text, { compilerOptions: options, fileName: file });
  return ts.preProcessFile(outputText, true, true).importedFiles.map(({ fileName }) => fileName);
}

/** @returns files reached, and the packages they import */
function reach(entry: string): { files: string[]; packages: string[] } {
  const files = new Set([entry]);
  const packages = new Set<string>();
  for (const file of files) {
    for (const target of importsOf(file)) {
      if (target.startsWith(".")) files.add(relative(ROOT, join(ROOT, dirname(file), target)));
      else packages.add(target);
    }
  }
  return { files: [...files].toSorted(), packages: [...packages].toSorted() };
}

/** Pure, and for both sides. */
const SHARED = ["scripts/calls.ts", "scripts/document.ts"];

test.each([
  ["mock/fetch.ts", ["rou3", "saxes"]],
  ["mock/msw.ts", ["msw", "rou3", "saxes"]],
  ["mock/browser/worker.ts", ["rou3", "saxes"]],
  ["mock/browser/page.ts", []],
])("%s", (entry, expected) => {
  const { files, packages } = reach(entry);
  expect(packages).toEqual(expected);
  expect(files.filter((file) => !/^(mock|runtime|generated)\//.test(file) && !SHARED.includes(file))).toEqual([]);
  expect(files.filter((file) => ["mock/http.ts", "mock/load.ts", "mock/store/redis.ts", "mock/prism.ts"].includes(file))).toEqual([]);
});

test("the reach is real: it goes through several files to the end", () => {
  expect(reach("mock/fetch.ts").files.length).toBeGreaterThan(50);
  expect(reach("mock/browser/page.ts").files.length).toBeLessThan(10);
  expect(reach("mock/http.ts").packages).toContain("node:http");
  expect(reach("scripts/validators.ts").packages.some((name) => name.startsWith("ajv"))).toBe(true);
});

/** A mistake on the command line: one sentence that says what to do, no stack, exit code 1. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runLatch } from "./run.ts";

const empty = mkdtempSync(join(tmpdir(), "latch-empty-"));
const bare = mkdtempSync(join(tmpdir(), "latch-bare-"));
writeFileSync(join(bare, "redocly.yaml"), "apis:\n  safe@v1:\n    root: openapi/safe/v1.yaml\n");
const half = mkdtempSync(join(tmpdir(), "latch-half-"));
const odd = mkdtempSync(join(tmpdir(), "latch-odd-"));
const listed = JSON.stringify([{ key: "safe@v1", api: "safe", version: "v1", out: "generated/safe/v1" }]);
for (const [folder, text] of [[half, listed] as const, [odd, '[{ "key": "safe@v1" }]'] as const]) {
  mkdirSync(join(folder, "generated"));
  writeFileSync(join(folder, "generated/contracts.json"), text);
}
const bomb = Array.from(
  { length: 10 },
  (_, n) => `  b${n}: &b${n} [${Array.from({ length: 10 }, () => (n === 0 ? "x" : `*b${n - 1}`)).join(", ")}]`,
);
writeFileSync(join(empty, "bomb.yaml"), ["callers:", ...bomb, ""].join("\n"));
writeFileSync(join(empty, "twins.yaml"), "callers:\n  a: { user: u }\n  b: { user: u }\n");
afterAll(() => [empty, bare, half, odd].forEach((folder) => rmSync(folder, { recursive: true })));

describe("what latch itself refuses", () => {
  test.each([
    [
      "an unknown contract",
      ["lint", "huawei"],
      /^There is no contract huawei: choose from huawei-ecs-native@v2, .*, oracle-ecb@v1\.1(, \S+)*\.$/,
    ],
    ["an unknown contract to serve", ["mock", "oracle-ecb@v9", "--port", "0"], /^There is no contract oracle-ecb@v9: choose from /],
    ["a folder without contracts", ["-C", empty, "list"], /redocly\.yaml/],
    ["a folder that does not exist", ["-C", join(empty, "nowhere"), "generate"], /redocly\.yaml/],
    ["bundles that were never generated", ["-C", bare, "list"], /^generated\/safe\/v1\/openapi\.yaml: .*npm run generate\.$/],
    [
      "contracts to serve that were never generated",
      ["-C", bare, "mock", "--port", "0"],
      /^generated\/contracts\.json: The list of generated contracts is not there: run npm run generate, or name .*--directory\.$/,
    ],
    [
      "a contract to serve whose files have gone",
      ["-C", half, "mock", "--port", "0"],
      /^generated\/safe\/v1\/mock\.js: .*npm run generate\.$/,
    ],
    [
      "a list of contracts that somebody edited",
      ["-C", odd, "mock", "--port", "0"],
      /^generated\/contracts\.json: The list of generated contracts is not what generate writes: run npm run generate/,
    ],
    [
      "a seed file whose aliases stand for too much",
      ["mock", "--port", "0", "--seed-file", join(empty, "bomb.yaml")],
      /^\/.*\/bomb\.yaml:3: The aliases of this file stand for too much, or for themselves: write out what they stand for\.$/,
    ],
    [
      "a mistake in a seed file",
      ["mock", "--port", "0", "--seed-file", join(empty, "twins.yaml")],
      /^\/.*\/twins\.yaml:3: The callers a and b have the same user: give each its own\.$/,
    ],
    ["a folder for a seed file", ["mock", "--port", "0", "--seed-file", empty], /^\/.*: This is a directory: give --seed-file a YAML file/],
    [
      "a seed file that is not there",
      ["mock", "--port", "0", "--seed-file", "nowhere.yaml"],
      /^nowhere\.yaml: This file does not exist: give/,
    ],
  ])("%s", async (_, args, sentence) => {
    const { code, stdout, stderr } = await runLatch(args, { timeout: 30_000 });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr.trimEnd().split("\n"), stderr).toHaveLength(1);
    expect(stderr.trimEnd()).toMatch(sentence);
    expect(stderr.trimEnd()).toMatch(/\.$/);
  });
});

describe("what the arguments themselves cannot be", () => {
  test.each([
    ["an unknown option", ["list", "--bogus"], "error: unknown option '--bogus'"],
    ["an unknown command", ["frobnicate"], "error: unknown command 'frobnicate'"],
    ["a port that is a word", ["mock", "--port", "http"], "Give a whole number from 0 to 65535; 0 takes a free port."],
    ["a port that is too high", ["mock", "--port", "65536"], "Give a whole number from 0 to 65535; 0 takes a free port."],
    ["a port that is negative", ["start", "--port=-1"], "Give a whole number from 0 to 65535; 0 takes a free port."],
    ["an empty port", ["mock", "--port="], "Give a whole number from 0 to 65535; 0 takes a free port."],
    ["a date that is none", ["list", "--now", "yesterday"], "Give an ISO date such as 2026-08-01 or 2026-08-01T12:00:00Z."],
    ["a format nobody writes", ["lint", "--format", "xml"], "Allowed choices are stylish, json, github-actions."],
    ["a world header that is none", ["mock", "--world-header", "bad,header"], "Give the name of a header that carries no credential"],
    [
      "a world header that is a credential",
      ["mock", "--world-header", "authorization"],
      "Give the name of a header that carries no credential",
    ],
    ["one argument too many", ["list", "huawei-ecs"], "error: too many arguments"],
  ])("%s", async (_, args, sentence) => {
    const { code, stdout, stderr } = await runLatch(args, { timeout: 30_000 });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(sentence);
    expect(stderr).toContain("Run latch --help to see the commands.");
    expect(stderr).not.toMatch(/^ +at /m);
  });

  test("a port in the environment", async () => {
    const { code, stderr } = await runLatch(["mock"], { env: { PORT: "http" }, timeout: 30_000 });
    expect(code).toBe(1);
    expect(stderr).toContain("Give a whole number from 0 to 65535; 0 takes a free port.");
  });
});

test("no command at all shows the help", async () => {
  const { code, stderr } = await runLatch([]);
  expect(code).toBe(1);
  expect(stderr).toContain("Usage: latch [options] [command]");
});

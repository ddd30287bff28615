/** Findings, written for a terminal, a program and GitHub. */
import { describe, expect, test } from "vitest";
import { formatFindings, unique } from "../../scripts/format.ts";
import type { Finding } from "../../scripts/redocly.ts";
import { runLatch } from "./run.ts";

const finding = (own: Partial<Finding> = {}): Finding => ({
  rule: "call-summary",
  severity: "error",
  message: "The summary ends in a full stop: take it away.",
  place: { file: "openapi/safe/v1.yaml", line: 12, column: 3 },
  ...own,
});

describe("stylish", () => {
  test("a line per finding that an editor can follow, and a sum", () => {
    const findings = [finding(), finding({ severity: "warn", rule: "basis-present", place: { file: "redocly.yaml" } })];
    expect(formatFindings(findings, "stylish").split("\n")).toEqual([
      "openapi/safe/v1.yaml:12:3  error  The summary ends in a full stop: take it away.  [call-summary]",
      "redocly.yaml  warn  The summary ends in a full stop: take it away.  [basis-present]",
      "1 error, 1 warning",
    ]);
  });

  test("counts in words that agree", () => {
    expect(formatFindings([], "stylish")).toBe("0 errors, 0 warnings");
    expect(formatFindings([finding(), finding()], "stylish")).toMatch(/\n2 errors, 0 warnings$/);
  });
});

test("json is the findings", () => {
  expect(JSON.parse(formatFindings([finding()], "json"))).toEqual([finding()]);
  expect(formatFindings([], "json")).toBe("[]");
});

describe("github-actions", () => {
  const one = (own: Partial<Finding>): string => formatFindings([finding(own)], "github-actions");

  test("an annotation at the line", () => {
    expect(one({})).toBe(
      "::error file=openapi/safe/v1.yaml,line=12,col=3,title=call-summary::The summary ends in a full stop: take it away.",
    );
    expect(one({ severity: "warn", place: { file: "redocly.yaml" } })).toMatch(/^::warning file=redocly\.yaml,title=call-summary::/);
  });

  test("nothing is printed when nothing was found", () => {
    expect(formatFindings([], "github-actions")).toBe("");
  });

  test("a message cannot break out of its line: % and line ends are escaped, : and , are not", () => {
    expect(one({ message: "100 % of a:b,c\r\n::error::owned" })).toMatch(/::100 %25 of a:b,c%0D%0A::error::owned$/);
    expect(one({ message: "%0A" })).toMatch(/::%250A$/);
  });

  test("a property cannot become another: : and , are escaped too", () => {
    const line = one({ rule: "a:b,c%\n", place: { file: "openapi/a,line=1:2%.yaml", line: 7 } });
    expect(line).toMatch(/^::error file=openapi\/a%2Cline=1%3A2%25\.yaml,line=7,title=a%3Ab%2Cc%25%0A::/);
    expect(line.split("\n")).toHaveLength(1);
  });
});

test("a file that several versions share is reported once", () => {
  const twice = [finding(), finding(), finding({ place: { file: "openapi/safe/v1.yaml", line: 13, column: 3 } })];
  expect(unique(twice)).toHaveLength(2);
});

test("latch lint finds nothing in the repository, and says so in the format that was asked for", async () => {
  expect(await runLatch(["lint", "samsung-virtualserver@v1.0", "--format", "json"])).toEqual({ code: 0, stdout: "[]\n", stderr: "" });
  expect(await runLatch(["lint", "oracle-ecb"])).toEqual({ code: 0, stdout: "0 errors, 0 warnings\n", stderr: "" });
});

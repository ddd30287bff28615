/** Redocly lints the sources and the house rules lint the bundles: no matter is watched twice. */
import { join } from "node:path";
import { createConfig, getLineColLocation, lintFromString, loadConfig } from "@redocly/openapi-core";
import { describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/root.ts";
import { RULES, fixturesOf, type Fixture } from "./folders.ts";

/** These complain about every document that is kept as small as a case is. */
const ABOUT_SMALLNESS = ["info-license", "no-empty-servers", "no-unused-components", "security-defined", "operation-tag-defined"];

type Config = Awaited<ReturnType<typeof loadConfig>>;

async function problemsIn({ name, text }: Fixture, config: Config): Promise<{ rule: string; line: number; text: string }[]> {
  const problems = await lintFromString({ source: text, absoluteRef: join(ROOT, name), config });
  return problems.map(({ ruleId, message, location }) => {
    const line = location[0] ? getLineColLocation(location[0]).start.line : 0;
    return { rule: ruleId, line, text: `${line}: ${ruleId}: ${message}` };
  });
}

const ours = await loadConfig({ configPath: join(ROOT, "redocly.yaml") });
const specification = await createConfig({
  rules: {
    struct: "error",
    "no-unresolved-refs": "error",
    "no-invalid-media-type-examples": "error",
    "no-invalid-parameter-examples": "error",
    "no-invalid-schema-examples": "error",
  },
});

test("no rule of ours has the id of one of Redocly's", () => {
  expect(RULES.filter((rule) => rule in (ours.rules?.oas3_1 ?? {}))).toEqual([]);
});

describe.each(RULES)("%s", (rule) => {
  test.each(fixturesOf(rule, "pass"))("$name is valid OpenAPI 3.1", async (fixture) => {
    expect((await problemsIn(fixture, specification)).map(({ text }) => text)).toEqual([]);
  });

  test("Redocly does not see it", async () => {
    const seen: string[] = [];
    for (const fixture of fixturesOf(rule, "fail")) {
      const problems = await problemsIn(fixture, ours);
      const doubled = problems.filter((problem) => fixture.marked.includes(problem.line) && !ABOUT_SMALLNESS.includes(problem.rule));
      seen.push(...doubled.map(({ text }) => text));
    }
    expect(seen).toEqual([]);
  });
});

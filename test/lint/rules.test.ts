/** Every folder under lint/ is a rule with cases: `pass*.yaml` raise nothing at all, `fail*.yaml` this rule and only on the marked lines. */
import { describe, expect, test } from "vitest";
import { Ruleset } from "@stoplight/spectral-core";
import { lintBundle, loadRuleset, type Finding } from "../../scripts/spectral.ts";
import { RULES, fixturesOf } from "./folders.ts";

const ruleset = await loadRuleset();

/** The house rules with one of them blind: what is found without it was not found by it. */
function blinded(rule: string): Ruleset {
  const rules = Object.fromEntries(
    Object.entries(ruleset.rules).map(([id, { definition }]) => [
      id,
      id === rule ? { ...definition, then: { function: (): void => undefined } } : definition,
    ]),
  );
  return new Ruleset({ rules });
}

const text = ({ rule, line, message }: Finding): string => `${line}: ${rule}: ${message}`;

describe.each(RULES)("%s", (rule) => {
  test.each(fixturesOf(rule, "pass"))("$name raises nothing", async (fixture) => {
    expect(fixture.marked).toEqual([]);
    expect((await lintBundle(fixture.text, ruleset)).map(text)).toEqual([]);
  });

  test.each(fixturesOf(rule, "fail"))("$name raises it on the marked lines", async (fixture) => {
    const findings = await lintBundle(fixture.text, ruleset);
    const others = findings.filter((finding) => finding.rule !== rule);
    expect(others.map(text)).toEqual([]);
    expect(fixture.marked).not.toEqual([]);
    expect([...new Set(findings.map(({ line }) => line))], findings.map(text).join("\n")).toEqual(fixture.marked);
  });

  test.each(fixturesOf(rule, "fail"))("$name says what is wrong and what to do", async (fixture) => {
    for (const { message } of await lintBundle(fixture.text, ruleset)) {
      expect(message).toMatch(/^["\w$][^\n]*: [a-z][^\n]*[^.]\.$/);
    }
  });

  test("the cases notice when the rule does nothing", async () => {
    const blind = blinded(rule);
    for (const fixture of fixturesOf(rule, "fail")) expect(await lintBundle(fixture.text, blind)).toEqual([]);
  });
});

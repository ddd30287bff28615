/** The rule folders of lint/, read the same way by every test here. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { objectAt, type Obj } from "../../scripts/document.ts";
import { ROOT } from "../../scripts/root.ts";

export const LINT = join(ROOT, "lint");

/** Ids of the rules: an underscore marks machinery that rules share. */
export const RULES = readdirSync(LINT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith("_"))
  .map((entry) => entry.name);

export interface Fixture {
  /** `fail-current.yaml` */
  name: string;
  text: string;
  /** Lines that end in `# <- why`: there, and nowhere else, the rule must fire. */
  marked: number[];
}

/** `pass.yaml` and `fail.yaml` are the rule's page; `pass-*.yaml` and `fail-*.yaml` are further cases. */
export function fixturesOf(rule: string, verdict: "pass" | "fail"): Fixture[] {
  const names = readdirSync(join(LINT, rule)).filter((name) => new RegExp(`^${verdict}(-[a-z0-9-]+)?\\.yaml$`).test(name));
  return names.map((name) => {
    const text = readFileSync(join(LINT, rule, name), "utf8");
    const marked = text.split("\n").flatMap((line, i) => (/# <- \S/.test(line) ? [i + 1] : []));
    return { name, text, marked };
  });
}

export const readYaml = (path: string): unknown => parse(readFileSync(path, "utf8"));

/** What rule.yaml says about its rules, by id. */
export const declaredIn = (rule: string): Obj => objectAt(readYaml(join(LINT, rule, "rule.yaml")), "rules");

export const houseRules = (): unknown => readYaml(join(ROOT, ".spectral.yaml"));

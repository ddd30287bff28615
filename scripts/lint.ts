/** Both linters: Redocly on sources, the house rules on bundles. No rule is on in both. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Contract } from "./bundle.ts";
import { LatchError } from "./errors.ts";
import { locate } from "./locate.ts";
import { unknownQuestions } from "./questions.ts";
import type { Finding } from "./redocly.ts";
import type { Sources } from "./sources.ts";
import { lintBundle, loadRuleset } from "./spectral.ts";

let ruleset: ReturnType<typeof loadRuleset> | undefined;

/** What the house rules find in a bundle, at the source line that has to change. */
export async function lintContract(root: string, { entry, text, files }: Contract): Promise<Finding[]> {
  ruleset ??= loadRuleset();
  const findings = await lintBundle(text, await ruleset, join(root, entry.out, "openapi.yaml"));
  // A misspelt field is also a missing one: the finding that names the misspelling comes first.
  const ordered = findings.toSorted((a, b) => Number(b.rule.startsWith("known-")) - Number(a.rule.startsWith("known-")));
  const placed = ordered.map(({ rule, severity, message, path }): Finding => ({
    rule,
    severity: severity === "error" ? "error" : "warn",
    message,
    place: locate(root, files, path),
  }));
  return [...placed, ...unknownQuestions(root, entry, files)];
}

/** Tables beside the contracts: what reads them says what is wrong with them. */
const TABLES = /^openapi\/[^/]+\/behaviour\.yaml$/;

/** YAML files under `openapi/` that no contract reaches. */
export function findOrphans(root: string, contracts: Contract[]): Finding[] {
  const used = new Set(contracts.flatMap(({ files }) => files));
  return readdirSync(join(root, "openapi"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".yaml"))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((file) => !used.has(file) && !TABLES.test(file))
    .map((file) => ({
      rule: "no-orphan-file",
      severity: "error",
      message: "No contract refers to this file: refer to it or remove it.",
      place: { file, line: 1 },
    }));
}

/** What both linters find in one contract, Redocly's first. */
export async function lintAll(root: string, sources: Sources, contract: Contract): Promise<Finding[]> {
  return [...(await sources.lint(contract.entry)), ...(await lintContract(root, contract))];
}

/** The first error as an exception, with how many more there are. */
export function refuse(findings: Finding[]): void {
  const errors = findings.filter(({ severity }) => severity === "error");
  const first = errors[0];
  if (!first) return;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more, see npm run lint)` : "";
  const [what = first.message, ...rest] = first.message.split(/:\s(?=[a-z])/);
  const fix = rest.join(": ") || `see the rule ${first.rule}`;
  throw new LatchError(`${what} [${first.rule}]`, `${fix.replace(/\.$/, "")}${more}`, first.place);
}

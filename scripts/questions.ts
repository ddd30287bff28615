/** Whether the questions that a contract names stand in the README of its API, where the reading that was chosen is explained. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isPair, isScalar, visit } from "yaml";
import { questionsOf } from "./behaviour-sources.ts";
import type { Finding } from "./redocly.ts";
import type { Entry } from "./registry.ts";
import { readYaml } from "./yaml.ts";

/** Inside our own fields (x-permissions, x-lifecycle, the entries of x-faults) it is said without the prefix. */
const isOurs = (step: unknown): boolean => isPair(step) && isScalar(step.key) && String(step.key.value).startsWith("x-");

/**
 * @param root absolute path of the repository
 * @param files the source files of the contract
 */
export function unknownQuestions(root: string, { api }: Pick<Entry, "api">, files: string[]): Finding[] {
  const readme = `openapi/${api}/README.md`;
  const known = questionsOf(root, readme);
  const findings: Finding[] = [];
  // Few files name a question, and parsing all of them again would take a second.
  for (const file of files.filter((name) => readFileSync(join(root, name), "utf8").includes("question"))) {
    const { document, at } = readYaml(root, file, "create it");
    visit(document, {
      Pair(_, { key, value }, path) {
        if (!isScalar(key) || !isScalar(value)) return;
        const named = key.value === "x-question" || (key.value === "question" && path.some(isOurs));
        const question = String(value.value);
        if (!named || known.has(question)) return;
        findings.push({
          rule: "known-question",
          severity: "error",
          message: `${readme} has no question ${question}: add a row to its table of questions, or name one that is there.`,
          place: { file, ...at(value) },
        });
      },
    });
  }
  return findings;
}

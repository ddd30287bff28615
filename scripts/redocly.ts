/** What Redocly says, as findings with a place and with something to do. */
import { relative } from "node:path";
import { YamlParseError, getLineColLocation, type NormalizedProblem } from "@redocly/openapi-core";
import { LatchError, type Place } from "./errors.ts";
import { plainMessage } from "./yaml.ts";

/** One thing a linter found. */
export interface Finding {
  rule: string;
  severity: "error" | "warn";
  message: string;
  place: Place;
}

/** Redocly's messages say what is wrong; this is what to do about it. */
const FIXES: Record<string, string> = {
  "no-unresolved-refs": "correct the reference, or create the file it names",
  "operation-operationId-unique": "choose another operationId",
  "no-invalid-media-type-examples": "correct the example, or the schema",
  "no-invalid-parameter-examples": "correct the example, or the schema",
  "no-invalid-schema-examples": "correct the example, or the schema",
  struct: "correct the word or the value by OpenAPI 3.1, or remove it",
  "no-unused-components": "refer to it, or remove it",
  "operation-tag-defined": "add the tag to the root, or correct its name",
  "path-parameters-defined": "add the parameter, or correct the path",
  "configuration struct": "correct the name or the value, or remove it",
  "security-defined": "add the scheme to the root, or correct its name",
};

export function findingOf(root: string, problem: NormalizedProblem): Finding {
  const location = problem.location[0];
  const at = location ? getLineColLocation(location) : undefined;
  const what = (problem.message.split("\n")[0] ?? "").trim().replaceAll(`${root}/`, "").replace(/\.$/, "");
  const hint = problem.suggest.length > 0 ? ` (did you mean ${problem.suggest[0]}?)` : "";
  return {
    rule: problem.ruleId,
    severity: problem.severity,
    message: `${what}${hint}: ${FIXES[problem.ruleId] ?? "correct it"}.`,
    place: {
      file: location ? relative(root, location.source.absoluteRef) : "redocly.yaml",
      ...(at?.start && { line: at.start.line, column: at.start.col }),
    },
  };
}

/** A problem that stopped the bundler, for the person who wrote the file. */
export function explainProblem(root: string, problem: NormalizedProblem): LatchError {
  const { place } = findingOf(root, problem);
  const missing = /ENOENT.*'(.+)'/.exec(problem.message)?.[1];
  if (missing) {
    const what = `The reference names a file that does not exist, ${relative(root, missing)}`;
    return new LatchError(what, "correct the path, or create the file", place);
  }
  const unparsed = /^Failed to parse: (.+)/.exec(problem.message)?.[1];
  if (unparsed) return new LatchError(`This is not YAML, ${plainMessage(unparsed)}`, "mend the YAML", place);
  const hint = problem.suggest[0] === undefined ? "" : ` (did you mean ${problem.suggest[0]}?)`;
  const fix = FIXES[problem.ruleId] ?? FIXES["no-unresolved-refs"] ?? "";
  return new LatchError(plainMessage(problem.message) + hint, fix, place);
}

/** An exception of Redocly's, for the person who wrote the file; anything that is not about a file comes back as it is. */
export function explainException(root: string, error: unknown): unknown {
  if (!(error instanceof YamlParseError)) return error;
  const file = relative(root, error.source.absoluteRef);
  return new LatchError(`This is not YAML, ${plainMessage(error.message)}`, "mend the YAML", { file, line: error.line, column: error.col });
}

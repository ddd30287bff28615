/** Run by cover.test.ts in a process of its own, so that V8 counts what is executed in lint/ by the cases and by hostile documents. */
import { parse } from "yaml";
import { readChecks } from "./checks.ts";
import { RULES, fixturesOf } from "./folders.ts";
import { hostileDocuments } from "./hostile.ts";

const checks = await readChecks();
for (const { text } of RULES.flatMap((rule) => [...fixturesOf(rule, "pass"), ...fixturesOf(rule, "fail")])) {
  const document = parse(text);
  for (const { run } of checks) run(document);
}

let hostile = 0;
const thrown: Record<string, string> = {};
for (const document of hostileDocuments()) {
  hostile++;
  for (const { rule, run } of checks) {
    try {
      run(document);
    } catch (error) {
      thrown[rule] = `${String(error)} in ${JSON.stringify(document)}`;
    }
  }
}
process.stdout.write(JSON.stringify({ hostile, thrown }));

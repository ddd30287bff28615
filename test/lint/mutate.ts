/**
 * Run by mutation.test.ts in a process of its own: breaks each check in one place after the other, and prints the places where no case
 * of the rules notices. Nothing is written; a broken check is imported from a data: URL.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "yaml";
import type { Check } from "../../lint/_shared/types.ts";
import { isObject, objectAt, type Obj } from "../../scripts/document.ts";
import { LINT, RULES, declaredIn, fixturesOf } from "./folders.ts";

/** What is broken, and into what. Texts, strings inside messages included, are not touched unless they look like a keyword. */
const BREAKS: [RegExp, string][] = [
  [/===/g, "!=="],
  [/!==/g, "==="],
  [/&&/g, "||"],
  [/\|\|/g, "&&"],
  [/ <= /g, " < "],
  [/ < /g, " <= "],
  [/ >= /g, " > "],
  [/ > /g, " >= "],
  [/\btrue\b/g, "false"],
  [/\bfalse\b/g, "true"],
  [/\b(continue|return);/g, ";"],
  [/\.some\(/g, ".every("],
  [/\.every\(/g, ".some("],
  [/if \(!/g, "if ("],
  [/if \((?!!)/g, "if (!"],
  [/(?<=[ [(])\d+(?=[\],; )])/g, "9"],
  [/"[a-z][A-Za-z]+"/g, '"broken"'],
  [/yield\* /g, "void "],
];

/** Comments and imports have no behaviour, and the wording of a message is for people to judge. */
const SPARED = /^\s*(\*|\/\*|\/\/|import)/;
const WORDING = /message|sentence|const (what|hint|fix|is|advice)\b/;

interface Case {
  own: boolean;
  document: Obj;
}

const documents = RULES.flatMap((rule) =>
  [...fixturesOf(rule, "pass"), ...fixturesOf(rule, "fail")].map(({ text }) => ({ rule, document: parse(text) as unknown })),
);

/** A module that can be imported from anywhere. */
function portable(source: string, rule: string): string {
  const absolute = source.replace(/(?<=^import [^\n]* from )"([^"]+)"/gm, (_, name: string) => {
    const url = name.startsWith(".") ? new URL(name, pathToFileURL(join(LINT, rule, "check.js"))).href : import.meta.resolve(name);
    return JSON.stringify(url);
  });
  return `data:text/javascript,${encodeURIComponent(absolute)}`;
}

async function load(source: string, rule: string): Promise<Check<unknown> | undefined> {
  try {
    const { default: check }: { default: Check<unknown> } = await import(portable(source, rule));
    return check;
  } catch {
    return undefined;
  }
}

function findings(check: Check<unknown>, document: Obj, options: unknown): string {
  try {
    return JSON.stringify([...check(document, options)]);
  } catch {
    return "thrown";
  }
}

/** Every way to break the source once. */
function* broken(source: string): Iterable<{ source: string; what: string }> {
  const lines = source.split("\n");
  for (const [pattern, replacement] of BREAKS) {
    for (const { 0: found, index } of source.matchAll(pattern)) {
      const number = source.slice(0, index).split("\n").length;
      const line = lines[number - 1] ?? "";
      if (SPARED.test(line) || (found.startsWith('"') && WORDING.test(line))) continue;
      const changed = source.slice(0, index) + replacement + source.slice(index + found.length);
      yield { source: changed, what: `${number}: ${found.trim()} for ${replacement.trim()} in ${line.trim()}` };
    }
  }
}

const result = { broken: 0, unnoticed: [] as string[] };
for (const rule of RULES) {
  const source = readFileSync(join(LINT, rule, "check.js"), "utf8");
  const options = objectAt(objectAt(declaredIn(rule), rule), "then")["functionOptions"] ?? null;
  const sound = await load(source, rule);
  if (!sound) throw new Error(`The check of ${rule} cannot be imported.`);
  // The rule's own cases first: they notice nearly everything.
  const cases: Case[] = documents.flatMap(({ rule: owner, document }) => (isObject(document) ? [{ own: owner === rule, document }] : []));
  const ordered = [...cases.filter(({ own }) => own), ...cases.filter(({ own }) => !own)];
  const expected = ordered.map(({ document }) => findings(sound, document, options));
  for (const mutant of broken(source)) {
    result.broken++;
    const check = await load(mutant.source, rule);
    const noticed = !check || ordered.some(({ document }, i) => findings(check, document, options) !== expected[i]);
    if (!noticed) result.unnoticed.push(`lint/${rule}/check.js:${mutant.what}`);
  }
}
process.stdout.write(JSON.stringify(result));

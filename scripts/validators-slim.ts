/**
 * Ajv's standalone code carries more than the mock reads: where in the schema a rule stands, and a copy of every schema whether it is
 * looked at or not. Without them it is about half as long. Written line by line (`code.lines`), so that lines can be told apart.
 * And it goes on however much it has found: what a stranger sends must not decide how long that takes.
 */

/** Text of the schema is JSON in the source, so a quotation mark inside it is escaped and cannot be taken for one of these. */
const SCHEMA_PATH = /schemaPath:"(?:[^"\\]|\\.)*",/g;

/** Five lines that begin a list or add to it. */
const PUSH = /if\(vErrors === null\)\{\nvErrors = \[(err\d+)\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}/g;

/** Two lines that add what another validator found. They copy the list each time: for a list of bad items that takes its length squared. */
const COPY = /vErrors = vErrors === null \? (validate\d+)\.errors : vErrors\.concat\(\1\.errors\);\nerrors = vErrors\.length;/g;

/** A loop and not `push(...found)`: a call takes only so many arguments. */
const APPEND = "for(const found of $1.errors){(vErrors ??= []).push(found);errors++;}";

/** Findings of one list or map after which its other members are not looked at: people read three of them. */
const MOST = 1000;

/** The members of a map; the items of a list, but for `contains`, where an item that does not fit is not wrong: there `_errs` comes first. */
const LOOP = /for\((?:const (key\d+) in data\d*\)\{|let (i\d+)=0; \2<len\d+; \2\+\+\)\{(?=\n(?!(?:let data\d+ = .*\n)?const _errs)))/g;

/** A schema, kept for `enum` and the like. */
const SCHEMA = /^const (schema\d+) = .*;\n/gm;

const bounded = (loop: string, key?: string, index?: string): string => {
  const most = `most_${key ?? index}`;
  return `const ${most} = errors + ${MOST};\n${loop}\nif(errors >= ${most})break;`;
};

/**
 * @param source of Ajv's standalone code, with lines
 * @returns code that decides the same, without `schemaPath` in what it reports, and with an end to what it reports of one list or map
 */
export function slimSource(source: string): string {
  const short = source
    .replace('"use strict";\n', "")
    .replace(SCHEMA_PATH, "")
    .replace(PUSH, "(vErrors ??= []).push($1);")
    .replace(COPY, APPEND)
    .replace(LOOP, bounded);
  const uses = (name: string): number => short.split(new RegExp(`\\b${name}\\b`)).length - 1;
  return short.replace(SCHEMA, (line, name: string) => (uses(name) > 1 ? line : ""));
}

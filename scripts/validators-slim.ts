/**
 * Ajv's standalone code carries more than the mock reads: where in the schema a rule stands, and a copy of every schema whether it is
 * looked at or not. Without them it is about half as long. Written line by line (`code.lines`), so that lines can be told apart.
 */

/** Text of the schema is JSON in the source, so a quotation mark inside it is escaped and cannot be taken for one of these. */
const SCHEMA_PATH = /schemaPath:"(?:[^"\\]|\\.)*",/g;

/** Five lines that begin a list or add to it. */
const PUSH = /if\(vErrors === null\)\{\nvErrors = \[(err\d+)\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}/g;

/** A schema, kept for `enum` and the like. */
const SCHEMA = /^const (schema\d+) = .*;\n/gm;

/**
 * @param source of Ajv's standalone code, with lines
 * @returns code that does the same, without `schemaPath` in what it reports
 */
export function slimSource(source: string): string {
  const short = source.replace('"use strict";\n', "").replace(SCHEMA_PATH, "").replace(PUSH, "(vErrors ??= []).push($1);");
  const uses = (name: string): number => short.split(new RegExp(`\\b${name}\\b`)).length - 1;
  return short.replace(SCHEMA, (line, name: string) => (uses(name) > 1 ? line : ""));
}

/** Reading one YAML file with its lines, and saying for people what is wrong with it. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { LineCounter, parseDocument, visit, type Document, type Node } from "yaml";
import { LatchError } from "./errors.ts";

export interface YamlFile {
  document: Document.Parsed;
  /**
   * What the file says, as JSON.
   * @throws LatchError where its aliases are too many, or lead to themselves
   */
  value(): unknown;
  /** 1-based line and column of a node; of the file's start where there is none. */
  at(node: Node | undefined): { line: number; column: number };
}

/** A parser's message without the place, which we print ourselves, and without the snippet below it. */
export const plainMessage = (message: string): string =>
  (message.split("\n")[0] ?? "")
    .replace(/\s+at line \d+, column \d+:?$/, "")
    .replace(/\s*\(\d+:\d+\)$/, "")
    .replace(/\s+in "?\/[^\s"]+"?/, "")
    .replaceAll(": ", ", ")
    .replace(/[:.]$/, "");

function firstAlias(document: Document.Parsed): Node | undefined {
  let found: Node | undefined;
  visit(document, {
    Alias(_, alias) {
      found = alias;
      return visit.BREAK;
    },
  });
  return found;
}

/** A few lines of aliases can stand for gigabytes, and one that stands in its own anchor for no end of them. */
function expand({ document, at }: Omit<YamlFile, "value">, file: string): unknown {
  try {
    const value: unknown = document.toJS();
    if (firstAlias(document)) JSON.stringify(value);
    return value;
  } catch {
    const what = "The aliases of this file stand for too much, or for themselves";
    throw new LatchError(what, "write out what they stand for", { file, line: at(firstAlias(document)).line });
  }
}

/**
 * @param root absolute path of the repository
 * @param file path relative to it, or absolute
 * @param missing what to do when the file does not exist
 * @throws LatchError when the file is missing or is not YAML
 */
export function readYaml(root: string, file: string, missing: string): YamlFile {
  return parseYaml(readText(resolve(root, file), file, missing), file);
}

function readText(path: string, file: string, missing: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const absent = code === "ENOENT" || code === "ENOTDIR";
    const what = absent
      ? "This file does not exist"
      : code === "EISDIR"
        ? "This is a directory"
        : `This file cannot be read (${String(code)})`;
    throw new LatchError(what, missing, { file });
  }
}

/** @throws LatchError when it is not YAML */
export function parseYaml(text: string, file: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const broken = document.errors[0];
  if (broken) {
    const { line, col } = broken.linePos?.[0] ?? { line: 1, col: 1 };
    throw new LatchError(`This is not YAML, ${plainMessage(broken.message)}`, "mend the YAML", { file, line, column: col });
  }
  const at: YamlFile["at"] = (node) => {
    const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
    return { line, column: col };
  };
  return { document, at, value: () => expand({ document, at }, file) };
}

/** Reading one YAML file with its lines, and saying for people what is wrong with it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LineCounter, parseDocument, type Document, type Node } from "yaml";
import { LatchError } from "./errors.ts";

export interface YamlFile {
  document: Document.Parsed;
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

/**
 * @param root absolute path of the repository
 * @param file path relative to it
 * @param missing what to do when the file does not exist
 * @throws LatchError when the file is missing or is not YAML
 */
export function readYaml(root: string, file: string, missing: string): YamlFile {
  let text: string;
  try {
    text = readFileSync(join(root, file), "utf8");
  } catch {
    throw new LatchError("This file does not exist", missing, { file });
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const broken = document.errors[0];
  if (broken) {
    const { line, col } = broken.linePos?.[0] ?? { line: 1, col: 1 };
    throw new LatchError(`This is not YAML, ${plainMessage(broken.message)}`, "mend the YAML", { file, line, column: col });
  }
  return {
    document,
    at(node) {
      const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
      return { line, column: col };
    },
  };
}

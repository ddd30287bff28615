/** A repository of our own to break: one API of the real one, with what was generated from it. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { parseDocument } from "yaml";
import { readRegistry } from "../../scripts/registry.ts";
import { ROOT } from "../../scripts/root.ts";
import { runLatch, type Ran } from "../cli/run.ts";

export interface Repository {
  root: string;
  read(file: string): string;
  write(file: string, text: string): void;
  /** Replace a text that stands in the file exactly once. */
  edit(file: string, from: string, to: string): void;
  /** 1-based line of a text that stands in the file exactly once. */
  lineOf(file: string, text: string): number;
  /** Every file under generated/ with its bytes. */
  generated(): Record<string, string>;
  /** The real command line, on this repository. */
  generate(...options: string[]): Promise<Ran>;
}

function only(text: string, part: string): number {
  const at = text.indexOf(part);
  if (at < 0 || text.indexOf(part, at + 1) >= 0) throw new Error(`The text does not stand there exactly once: ${part}`);
  return at;
}

/** @param api copied with all of its versions; the table of contents lists nothing else */
export function copyRepository(api: string): Repository {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "latch-generate-")));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const copy = (path: string): void => {
    const from = join(ROOT, path);
    if (existsSync(from)) cpSync(from, join(root, path), { recursive: true, filter: (name) => !name.endsWith(".html") });
  };
  for (const path of [`openapi/${api}`, `generated/${api}`, "lint", ".spectral.yaml"]) copy(path);
  const registry = parseDocument(readFileSync(join(ROOT, "redocly.yaml"), "utf8"));
  for (const entry of readRegistry(ROOT)) if (entry.api !== api) registry.deleteIn(["apis", entry.key]);
  writeFileSync(join(root, "redocly.yaml"), registry.toString());

  const read = (file: string): string => readFileSync(join(root, file), "utf8");
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  return {
    root,
    read,
    write,
    edit: (file, from, to) => {
      const text = read(file);
      const at = only(text, from);
      write(file, text.slice(0, at) + to + text.slice(at + from.length));
    },
    lineOf: (file, text) =>
      read(file)
        .slice(0, only(read(file), text))
        .split("\n").length,
    generated: () =>
      Object.fromEntries(
        readdirSync(join(root, "generated"), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .map((path) => [path.slice(root.length + 1), readFileSync(path, "utf8")]),
      ),
    generate: (...options) => runLatch(["-C", root, "generate", ...options]),
  };
}

/** The stock tools as anybody runs them on a bundle: their command line, in a folder without our configuration. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { parse } from "yaml";
import { isObject, type Obj } from "../../scripts/document.ts";
import { readRegistry } from "../../scripts/registry.ts";
import { ROOT } from "../../scripts/root.ts";
import { runNode, type Ran } from "../cli/run.ts";

export interface Bundle {
  key: string;
  api: string;
  version: string;
  /** Absolute, as generated and unchanged. */
  path: string;
  document: Obj;
}

export const BUNDLES: Bundle[] = readRegistry(ROOT).map(({ key, api, version, out }) => {
  const path = join(ROOT, out, "openapi.yaml");
  const document: unknown = parse(readFileSync(path, "utf8"));
  if (!isObject(document)) throw new Error(`${path} is no object`);
  return { key, api, version, path, document };
});

const BIN = {
  redocly: "@redocly/cli/bin/cli.js",
  spectral: "@stoplight/spectral-cli/dist/index.js",
  "openapi-typescript": "openapi-typescript/bin/cli.js",
  prism: "@stoplight/prism-cli/dist/index.js",
} as const;

export const binOf = (tool: keyof typeof BIN): string => join(ROOT, "node_modules", BIN[tool]);

/** A folder with nothing in it: a tool that looks for a configuration there finds none. */
export function neutralFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "latch-stock-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

export const runTool = (tool: keyof typeof BIN, args: string[], cwd: string = neutralFolder()): Promise<Ran> =>
  runNode([binOf(tool), ...args], { cwd });

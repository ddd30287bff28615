/** `generate`: lint → bundle → stamp → types → client → mock → docs for every contract, in one process. Nothing is written until all of it worked. */
import type { Behaviour } from "../mock/state/types.ts";
import { compileBehaviour } from "./behaviour.ts";
import { bundleContract, generatedFrom, type Contract } from "./bundle.ts";
import { generateClient } from "./client.ts";
import { generateMock, generateMockTypes } from "./compile.ts";
import { generateControl } from "./control.ts";
import { renderPage } from "./docs.ts";
import { stateDiagrams } from "./diagram.ts";
import { compare, emit, type Files } from "./emit.ts";
import { LatchError } from "./errors.ts";
import { recordRun } from "./fresh.ts";
import { findOrphans, lintContract, refuse } from "./lint.ts";
import { lockTable } from "./lock-table.ts";
import { INDEX_FILE, indexOf, pageFile } from "./pages.ts";
import { contractList } from "./contract-list.ts";
import { readRegistry } from "./registry.ts";
import { openSources } from "./sources.ts";
import { generateTypes } from "./types.ts";

export type Step = "lint" | "bundle" | "rules" | "types" | "client" | "mock" | "docs";
export type Report = (key: string, step: Step, milliseconds: number) => void;

/** The pages are rebuilt by `npm start` and not committed. */
const isPage = (path: string): boolean => path.endsWith(".html");

/** Everything that is generated, as text; nothing is written. */
export async function generate(root: string, report: Report = () => {}): Promise<Files> {
  const files: Files = new Map();
  const contracts: Contract[] = [];
  const sources = await openSources(root);
  for (const entry of readRegistry(root)) {
    const timed = async <T>(step: Step, work: () => T | Promise<T>): Promise<T> => {
      const start = performance.now();
      const result = await work();
      report(entry.key, step, performance.now() - start);
      return result;
    };
    // Bundling first: it explains bad YAML and dangling references better than a linter that trips over them.
    const contract = await timed("bundle", () => bundleContract(root, sources, entry));
    refuse(await timed("lint", () => sources.lint(entry)));
    refuse(await timed("rules", () => lintContract(root, contract)));
    contracts.push(contract);
    const { document, text } = contract;
    const header = generatedFrom(entry, "//");
    files.set(`${entry.out}/openapi.yaml`, text);
    files.set(`${entry.out}/types.ts`, await timed("types", () => generateTypes(document, header)));
    files.set(pageFile(entry.key), await timed("docs", () => renderPage(document, entry.key)));
  }
  refuse(findOrphans(root, contracts));
  const tables: Behaviour[] = [];
  // A table is for all versions of an API, and a client may speak several of them: both are made when all are there.
  for (const { entry, document } of contracts) {
    let start = performance.now();
    const siblings = contracts
      .filter((other) => other.entry.api === entry.api)
      .map((other) => ({ version: other.entry.version, document: other.document }));
    files.set(`${entry.out}/client.ts`, generateClient(document, entry, generatedFrom(entry, "//"), siblings));
    report(entry.key, "client", performance.now() - start);
    start = performance.now();
    const behaviour = compileBehaviour(root, entry, document, siblings);
    files.set(`${entry.out}/mock.js`, generateMock(document, entry, behaviour, generatedFrom(entry, "//")));
    files.set(`${entry.out}/mock.d.ts`, generateMockTypes(entry, generatedFrom(entry, "//")));
    if (behaviour) tables.push(behaviour);
    report(entry.key, "mock", performance.now() - start);
  }
  const source = (api: string): string => `%% Generated from openapi/${api}/behaviour.yaml; do not edit.`;
  for (const [api, text] of stateDiagrams(tables, source)) files.set(`generated/${api}/states.mmd`, text);
  for (const [path, text] of await generateControl(root, sources)) files.set(path, text);
  for (const [path, text] of lockTable(contracts.map(({ entry }) => entry.api))) files.set(path, text);
  files.set(...contractList(contracts.map(({ entry }) => entry)));
  return files.set(INDEX_FILE, indexOf(contracts.map(({ entry, document }) => ({ key: entry.key, document }))));
}

/**
 * Generate and write.
 * @returns paths that changed
 */
export async function writeGenerated(root: string, report?: Report): Promise<string[]> {
  const files = await generate(root, report);
  const changed = await emit(root, files, "generated", () => false);
  recordRun(root, files);
  return changed;
}

/**
 * Generate and compare: what is committed must be what the sources give.
 * @throws LatchError naming the first file that is not fresh
 */
export async function checkGenerated(root: string, report?: Report): Promise<void> {
  const files = await generate(root, report);
  for (const path of [...files.keys()].filter(isPage)) files.delete(path);
  const different = await compare(root, files, "generated", isPage);
  const first = different[0];
  if (first === undefined) return;
  const more = different.length > 1 ? ` (and ${different.length - 1} more)` : "";
  throw new LatchError(`This file is not what openapi/ gives${more}`, "run npm run generate and commit the result", { file: first });
}

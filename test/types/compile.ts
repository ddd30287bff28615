/** Compile a folder with the `tsc` a consumer would have, and read what it says. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { onTestFinished } from "vitest";
import { readRegistry } from "../../scripts/registry.ts";
import { ROOT } from "../../scripts/root.ts";
import { runNode } from "../cli/run.ts";

export const CONSUMER = join(ROOT, "test/types/fixtures/consumer");

/** The compilers of package.json, by the folder they are installed under. */
export const COMPILERS = { "5.9.3": "typescript", "7.0.2": "typescript7" } as const;

/** Two ways a consumer resolves imports: Node's own, and a bundler's. */
export const RESOLUTIONS = {
  nodenext: { module: "NodeNext", moduleResolution: "NodeNext" },
  bundler: { module: "ESNext", moduleResolution: "Bundler" },
} as const;

const STRICT = {
  target: "ES2023",
  lib: ["ES2023", "DOM", "DOM.Iterable", "DOM.AsyncIterable"],
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  verbatimModuleSyntax: true,
  skipLibCheck: false,
  noEmit: true,
};

/** `latch/…` as the repository has it; an installed package needs no such mapping. */
export const FROM_SOURCES = { allowImportingTsExtensions: true, paths: { "latch/*": [join(ROOT, "generated/*/client.ts")] } };

export interface Diagnostic {
  file: string;
  line: number;
  code: string;
}

/**
 * @param folder compiled whole; its files are TypeScript and import `latch/<api>/<version>`
 * @returns what the compiler reports, sorted; `output` is its text, for a failing test to show
 */
export async function compile(
  folder: string,
  compiler: keyof typeof COMPILERS,
  resolution: keyof typeof RESOLUTIONS,
  options: object = FROM_SOURCES,
): Promise<{ diagnostics: Diagnostic[]; output: string }> {
  const project = join(folder, `tsconfig.${compiler}.${resolution}.json`);
  writeFileSync(project, JSON.stringify({ compilerOptions: { ...STRICT, ...RESOLUTIONS[resolution], ...options }, include: ["*.ts"] }));
  const tsc = join(ROOT, "node_modules", COMPILERS[compiler], "bin/tsc");
  const { stdout, stderr, code } = await runNode([tsc, "-p", project, "--pretty", "false"], { cwd: folder });
  const found = [...stdout.matchAll(/^(\S[^(\n]*)\((\d+),\d+\): error (TS\d+)/gm)];
  const diagnostics = found.map(([, file = "", line, id = ""]) => ({ file: basename(file), line: Number(line), code: id }));
  if (code !== 0 && found.length === 0) throw new Error(`tsc ${compiler} failed: ${stdout}${stderr}`);
  return { diagnostics: diagnostics.toSorted(byPlace), output: stdout };
}

const byPlace = (a: Diagnostic, b: Diagnostic): number => a.file.localeCompare(b.file) || a.line - b.line;

/** A consumer of every contract of the registry: a new one is compiled without anybody writing its import down. */
function everyContract(): string {
  const names = readRegistry(ROOT).map(({ api, version }, index) => ({ name: `c${index}`, from: `latch/${api}/${version}` }));
  const imports = names.map(({ name, from }) => `import * as ${name} from "${from}";`);
  const uses = names.map(({ name }) => `  ${name}.createClient satisfies (...options: never[]) => { GET: unknown },`);
  return [...imports, "export const clients = [", ...uses, "];", ""].join("\n");
}

/** A copy of a consumer's files in a folder of its own, with `type: module`. */
export function copyConsumer(from = CONSUMER): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "latch-types-")));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(from, folder, { recursive: true });
  writeFileSync(join(folder, "every-contract.ts"), everyContract());
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  return folder;
}

const EXPECTED = /^ *\/\/ @ts-expect-error (TS\d+)(?:\/(TS\d+))? \S/;

/** Every line marked as an error, with its code; of `TS1/TS2` the second is what TypeScript 7 calls it (it picks another overload). */
export function markedErrors(folder: string, compiler: keyof typeof COMPILERS): Diagnostic[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  return files
    .flatMap((file) =>
      readFileSync(join(folder, file), "utf8")
        .split("\n")
        .flatMap((text, index) => {
          const [, first, second] = EXPECTED.exec(text) ?? [];
          const code = compiler === "7.0.2" ? (second ?? first) : first;
          return code === undefined ? [] : [{ file, line: index + 2, code }];
        }),
    )
    .toSorted(byPlace);
}

/** Take the marks away without moving a line, so that the compiler reports what they hid. */
export function unmark(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".ts"))) {
    const path = join(folder, file);
    writeFileSync(path, readFileSync(path, "utf8").replaceAll("// @ts-expect-error", "// marked as"));
  }
}

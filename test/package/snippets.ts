/** Programs as the README shows them, compiled and run in the folder where the package is installed. */
import { cpSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/root.ts";
import { run } from "../cli/run.ts";
import { compile, type Diagnostic } from "../types/compile.ts";

const SNIPPETS = join(ROOT, "test/package/fixtures/snippets");

export const NAMES = readdirSync(SNIPPETS).map((file) => file.replace(/\.ts$/, ""));

/** What a snippet says it prints, `// prints: …`, in its order. */
export const promisedBy = (name: string): string[] =>
  [...readFileSync(join(SNIPPETS, `${name}.ts`), "utf8").matchAll(/\/\/ prints: (.+)$/gm)].map(([, text = ""]) => text);

/**
 * @param folder where latch is installed
 * @param compiler compiles all snippets, strictly, into `snippets/out`
 * @returns what it complains about
 */
export async function compileSnippets(
  folder: string,
  compiler: Parameters<typeof compile>[1],
): Promise<{ diagnostics: Diagnostic[]; output: string }> {
  const place = join(folder, "snippets");
  rmSync(place, { recursive: true, force: true });
  cpSync(SNIPPETS, place, { recursive: true });
  return compile(place, compiler, "nodenext", { noEmit: false, outDir: "out", rootDir: "." });
}

/** @param node an executable @returns the lines that a snippet printed, and what went wrong */
export async function runSnippet(
  folder: string,
  name: string,
  node: string,
): Promise<{ code: number | null; stderr: string; lines: string[] }> {
  const { code, stderr, stdout } = await run(node, [join(folder, "snippets/out", `${name}.js`)], { cwd: folder });
  return { code, stderr, lines: stdout.trimEnd().split("\n") };
}

/** The package as a consumer gets it: packed from a copy of the repository, installed in an empty folder. */
import { cpSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { ROOT } from "../../scripts/root.ts";
import { run, type Ran } from "../cli/run.ts";

const LEFT_OUT = new Set(["node_modules", ".git", ".cache", "dist", join("bench", "peers", "node_modules")]);

export interface Packed {
  tarball: string;
  unpackedSize: number;
  files: string[];
}

function must({ code, stdout, stderr }: Ran, what: string): string {
  if (code !== 0) throw new Error(`${what} failed:\n${stdout}\n${stderr}`);
  return stdout;
}

const temporary = (name: string): string => realpathSync(mkdtempSync(join(tmpdir(), `latch-${name}-`)));

/** `npm pack`, which builds dist/: in a copy, so that two test runs do not build over each other. */
export async function pack(): Promise<Packed> {
  const copy = temporary("pack");
  cpSync(ROOT, copy, { recursive: true, filter: (path) => !LEFT_OUT.has(relative(ROOT, path)) && !path.endsWith(".tgz") });
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  const [packed] = JSON.parse(must(await run("npm", ["pack", "--json", "--foreground-scripts=false"], { cwd: copy }), "npm pack"));
  const files: string[] = packed.files.map(({ path }: { path: string }) => path);
  return { tarball: join(copy, basename(packed.filename)), unpackedSize: packed.unpackedSize, files };
}

/** A plain project, `type: module`, with nothing in it but the package. */
export async function install(tarball: string): Promise<string> {
  const folder = temporary("consumer");
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  must(await run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", tarball], { cwd: folder }), "npm install");
  return folder;
}

/** The machine's own Node, not the one that npm scripts put first; undefined where there is none. */
export async function machineNode(): Promise<{ path: string; version: string } | undefined> {
  for (const folder of ["/usr/local/bin", ...(process.env["PATH"] ?? "").split(":").filter((path) => !path.includes("node_modules"))]) {
    const path = join(folder, "node");
    const { code, stdout } = await run(path, ["--version"]);
    if (code === 0) return { path, version: stdout.trim() };
  }
  return undefined;
}

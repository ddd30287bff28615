/**
 * Whether anything `generate` reads or writes has changed since it last ran. Compares content, not dates, so a fresh checkout,
 * a `git switch` or a touched file never fools it. Imports nothing heavy: this is the whole of a second run.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What the result depends on: contracts, rules, the machines, and the versions of the tools. */
const INPUTS = ["openapi", "lint", "scripts", "runtime", "mock", "redocly.yaml", ".spectral.yaml", "package-lock.json"];
const RECORD = ".cache/generate.json";

interface Record {
  inputs: string;
  outputs: { [path: string]: string };
}

const digest = (data: string | Buffer): string => createHash("sha256").update(data).digest("base64url");

function filesUnder(root: string, path: string): string[] {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stat) return [];
  if (stat.isFile()) return [path];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .toSorted();
}

/** One digest over names and contents of everything `generate` reads. */
export function digestInputs(root: string): string {
  const hash = createHash("sha256").update(process.version);
  for (const path of INPUTS.flatMap((input) => filesUnder(root, input))) {
    hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  }
  return hash.digest("base64url");
}

/** Whether `generated/` is what the last run wrote from these very inputs. */
export function isFresh(root: string): boolean {
  let record: Record;
  try {
    record = JSON.parse(readFileSync(join(root, RECORD), "utf8"));
  } catch {
    return false; // No record, or not ours: generate and write one.
  }
  const paths = Object.entries(record.outputs);
  const present = filesUnder(root, "generated");
  if (record.inputs !== digestInputs(root) || present.length !== paths.length) return false;
  return paths.every(
    ([path, expected]) =>
      statSync(join(root, path), { throwIfNoEntry: false })?.isFile() && digest(readFileSync(join(root, path))) === expected,
  );
}

/** Remember what was written from which inputs. */
export function recordRun(root: string, outputs: Iterable<[path: string, content: string]>): void {
  const record: Record = { inputs: digestInputs(root), outputs: {} };
  for (const [path, content] of outputs) record.outputs[path] = digest(content);
  const target = join(root, RECORD);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(`${target}.${process.pid}.tmp`, JSON.stringify(record));
  renameSync(`${target}.${process.pid}.tmp`, target);
}

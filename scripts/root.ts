/** Where the repository (or the installed package) stands, whether this file runs from `scripts/` or from `dist/scripts/`. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

function findRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "redocly.yaml"))) return folder;
    if (folder === dirname(folder)) throw new Error(`No redocly.yaml at or above ${from}.`);
  }
}

/** Absolute path of the folder that holds `redocly.yaml`. */
export const ROOT = findRoot(dirname(fileURLToPath(import.meta.url)));

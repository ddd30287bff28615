/** The source documents, which stand beside the repository where it is worked on and are not part of it. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../../scripts/root.ts";

const FOLDER = join(ROOT, "../shared/documents");

const missed = new Set<string>();

/** The text of a document; undefined, with the reason on the console, where it is not at hand. */
export function sourceDocument(name: string): string | undefined {
  const file = join(FOLDER, name);
  if (existsSync(file)) return readFileSync(file, "utf8");
  if (!missed.has(name)) console.log(`samples: ${file} is not there, so that its samples stand in it is not proven in this run`);
  missed.add(name);
  return undefined;
}

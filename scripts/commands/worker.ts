/** `latch worker`: what a person sees of it. */
import { statSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { emit } from "../emit.ts";
import { LatchError } from "../errors.ts";
import { sizeOf, takeWorker, WORKER_FILE } from "../worker.ts";

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000)} kB`;

function checkFolder(folder: string): void {
  const found = statSync(resolve(folder), { throwIfNoEntry: false });
  const fix = "name the one that your pages are served from, such as public";
  if (!found) throw new LatchError(`There is no folder ${folder}`, `create it, or ${fix}`);
  if (!found.isDirectory()) throw new LatchError(`${folder} is not a folder`, fix);
}

async function copy(folder: string, name: string, text: string): Promise<void> {
  try {
    // Nothing else in the folder is ours, so nothing else is looked at.
    await emit(resolve(folder), new Map([[name, text]]), name, () => true);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    throw new LatchError(`${join(folder, name)} cannot be written (${code})`, "see that you may write to the folder");
  }
}

/**
 * @param root absolute path of the repository, or of the installed package
 * @param folder where the worker is to stand; none: it is only built
 * @throws LatchError when there is no such folder, it cannot be written to, or there is no worker to copy
 */
export async function runWorker(root: string, folder: string | undefined): Promise<void> {
  if (folder !== undefined) checkFolder(folder);
  const text = await takeWorker(root);
  const { raw, gzip } = sizeOf(text);
  const name = basename(WORKER_FILE);
  if (folder !== undefined) await copy(folder, name, text);
  const place = folder === undefined ? join(root, WORKER_FILE) : join(folder, name);
  console.log(`${folder === undefined ? relative(process.cwd(), place) : place}: ${kilobytes(raw)}, ${kilobytes(gzip)} with gzip`);
}

/** The only module that writes: everything to a temporary name first, then moved, so that bad input loses nothing. */
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Path relative to the repository → content. */
export type Files = Map<string, string>;

const isMissing = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOENT";

const read = (path: string): Promise<string | undefined> =>
  readFile(path, "utf8").catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });

/**
 * What differs between `files` and what stands on disk.
 * @param room folder whose other files count as stale, e.g. `generated`
 * @param keep whether a file found in the room may stay although it is not in `files`
 * @returns paths that are missing, different or stale, sorted
 */
export async function compare(root: string, files: Files, room: string, keep: (path: string) => boolean): Promise<string[]> {
  const different: string[] = [];
  for (const [path, content] of files) if ((await read(join(root, path))) !== content) different.push(path);
  const found = await readdir(join(root, room), { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of found.filter((item) => item.isFile())) {
    const path = join(entry.parentPath, entry.name).slice(root.length + 1);
    if (!files.has(path) && !keep(path)) different.push(path);
  }
  return different.toSorted();
}

/**
 * Write `files`, and remove what is stale in the room.
 * @returns paths that changed
 */
export async function emit(root: string, files: Files, room: string, keep: (path: string) => boolean): Promise<string[]> {
  const changed = await compare(root, files, room, keep);
  const moves: [from: string, to: string][] = [];
  for (const path of changed) {
    const content = files.get(path);
    if (content === undefined) continue;
    const target = join(root, path);
    const temporary = `${target}.${process.pid}.tmp`;
    await mkdir(dirname(target), { recursive: true });
    await writeFile(temporary, content);
    moves.push([temporary, target]);
  }
  for (const [from, to] of moves) await rename(from, to);
  for (const path of changed) if (!files.has(path)) await rm(join(root, path));
  return changed;
}

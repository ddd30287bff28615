/**
 * From an element of a bundle back to the line somebody wrote. The name is the address: a component's key names its file,
 * a URL's file stands in the root's `paths`, so no source map is needed.
 */
import { basename, dirname, join } from "node:path";
import { isMap, isNode, isPair, isScalar, isSeq, type Node } from "yaml";
import { objectAt, stringAt } from "./document.ts";
import type { Place } from "./errors.ts";
import { readYaml } from "./yaml.ts";

export type Step = string | number;

/** The rooms a component kind may stand in. */
const ROOMS: Record<string, string[]> = { schemas: ["schemas", "actions"] };

/** 1-based line and column of the deepest element of `steps` that the file has. */
export function locateIn(root: string, file: string, steps: Step[]): Place {
  const { document, at } = readYaml(root, file, "create it");
  let node: Node | null = document.contents;
  let found: Node | undefined = node ?? undefined;
  for (const step of steps) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step));
      if (!pair) break;
      found = isNode(pair.key) ? pair.key : found;
      node = isNode(pair.value) ? pair.value : null;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(step)];
      if (!isNode(item)) break;
      found = item;
      node = item;
    } else break;
  }
  return { file, ...at(found) };
}

/** The file a path item was written in, from the root's `paths`. */
function pathFile(root: string, files: string[], url: string): string | undefined {
  for (const file of files.filter((name) => /\/v[\d.]+\.yaml$/.test(name))) {
    const ref = stringAt(objectAt(objectAt(readYaml(root, file, "create it").value(), "paths"), url), "$ref");
    if (ref) return join(dirname(file), ref);
  }
  return undefined;
}

/**
 * @param root absolute path of the repository
 * @param files the files the bundle was made from, its root first
 * @param steps where in the bundle, e.g. `["components", "schemas", "lock", "description"]`
 * @returns the source file and line; the root's first line where nothing closer is known
 */
export function locate(root: string, files: string[], steps: Step[]): Place {
  const [first, kind, name] = steps.map(String);
  if (first === "components" && kind !== undefined && name !== undefined) {
    const rooms = ROOMS[kind] ?? [kind];
    const file = files.find((path) => basename(path, ".yaml") === name && rooms.includes(basename(dirname(path))));
    if (file) return locateIn(root, file, steps.slice(3));
  }
  if (first === "paths" && kind !== undefined) {
    const file = pathFile(root, files, kind);
    if (file) return locateIn(root, file, steps.slice(2));
  }
  return locateIn(root, files[0] ?? "redocly.yaml", steps);
}

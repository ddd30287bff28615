/**
 * `generated/contracts.json`: which contracts were generated, and where. Who only serves them need not read `redocly.yaml`, and so waits
 * for no YAML parser.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isObject } from "./document.ts";
import { LatchError } from "./errors.ts";

const FILE = "generated/contracts.json";

/** A contract as it was generated. */
export interface Generated {
  /** `samsung-virtualserver@v1.2` */
  key: string;
  api: string;
  version: string;
  /** Folder of what was generated, relative to the repository. */
  out: string;
}

const isGenerated = (value: unknown): value is Generated =>
  isObject(value) && ["key", "api", "version", "out"].every((name) => typeof value[name] === "string");

/** The file, with its path. @param entries in the order of `redocly.yaml` */
export function contractList(entries: Generated[]): [path: string, text: string] {
  const list = entries.map(({ key, api, version, out }) => ({ key, api, version, out }));
  return [FILE, `${JSON.stringify(list, null, 2)}\n`];
}

/**
 * The contracts of a repository as they were generated last, in the order of its `redocly.yaml`.
 * @param root absolute path of the repository
 * @throws LatchError where nothing was generated
 */
export function readContractList(root: string): Generated[] {
  const fix = "run npm run generate, or name a repository of contracts with --directory";
  let list: unknown;
  try {
    list = JSON.parse(readFileSync(join(root, FILE), "utf8"));
  } catch (error) {
    const absent = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw new LatchError(`The list of generated contracts ${absent ? "is not there" : "cannot be read"}`, fix, { file: FILE });
  }
  if (Array.isArray(list) && list.every(isGenerated)) return list;
  throw new LatchError("The list of generated contracts is not what generate writes", fix, { file: FILE });
}

/**
 * The entries a user named: `huawei-ecs@v1`, or `huawei-ecs` for all of its versions; all entries when nothing is named.
 * @throws LatchError when a name fits no entry
 */
export function selectEntries<Entry extends Pick<Generated, "key" | "api">>(entries: Entry[], names: string[]): Entry[] {
  for (const name of names) {
    if (!entries.some((entry) => entry.key === name || entry.api === name)) {
      throw new LatchError(`There is no contract ${name}`, `choose from ${entries.map((entry) => entry.key).join(", ")}`);
    }
  }
  return names.length === 0 ? entries : entries.filter((entry) => names.includes(entry.key) || names.includes(entry.api));
}

/** The table of contents: `redocly.yaml` lists every contract, and nothing else does. */
import { isMap, isScalar } from "yaml";
import { objectAt, stringAt } from "./document.ts";
import { LatchError } from "./errors.ts";
import { readYaml } from "./yaml.ts";

export interface Entry {
  /** `samsung-virtualserver@v1.2` */
  key: string;
  api: string;
  version: string;
  /** Path of the root (or overlay) relative to the repository. */
  root: string;
  /** Whether the root is an overlay on another version. */
  overlay: boolean;
  /** Line of the entry in `redocly.yaml`. */
  line: number;
  /** Folder of what is generated from it, relative to the repository. */
  out: string;
}

const KEY = /^([a-z][a-z0-9-]*)@(v\d+(?:\.\d+)*)$/;

/**
 * The contracts of a repository, in the order of its `redocly.yaml`.
 * @param root absolute path of the repository
 * @throws LatchError when an entry is not `api@version` with a `root`
 */
export function readRegistry(root: string): Entry[] {
  const file = "redocly.yaml";
  const { document, at, value } = readYaml(root, file, "run latch in a repository of contracts, or name one with --directory");
  const map = document.get("apis");
  const keys = isMap(map) ? map.items.map(({ key }) => key).filter((key) => isScalar(key)) : [];
  return Object.entries(objectAt(value(), "apis")).map(([key, entry]) => {
    const node = keys.find((scalar) => String(scalar.value) === key);
    const place = { file, line: at(node).line };
    const [, api, version] = KEY.exec(key) ?? [];
    if (!api || !version) throw new LatchError(`The entry ${key} is not api@version`, "name it like huawei-ecs@v1.1", place);
    const source = stringAt(entry, "root");
    if (!source) throw new LatchError(`The entry ${key} has no root`, "add root: openapi/<api>/<version>.yaml", place);
    const overlay = source.endsWith(".overlay.yaml");
    return { key, api, version, root: source, overlay, line: place.line, out: `generated/${api}/${version}` };
  });
}

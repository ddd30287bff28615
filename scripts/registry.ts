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

const holdsEntries = (node: unknown): boolean => isMap(node) && node.items.some(({ key }) => isScalar(key) && KEY.test(String(key.value)));

/**
 * The contracts of a repository, in the order of its `redocly.yaml`.
 * @param root absolute path of the repository
 * @throws LatchError when there is no entry, or one is not `api@version` with a `root`
 */
export function readRegistry(root: string): Entry[] {
  const file = "redocly.yaml";
  const { document, at, value } = readYaml(root, file, "run latch in a repository of contracts, or name one with --directory");
  const entries = objectAt(value(), "apis");
  if (Object.keys(entries).length === 0) {
    // The entries are often there, and the word above them is misspelt.
    const pairs = isMap(document.contents) ? document.contents.items : [];
    const above = pairs.find((pair) => isScalar(pair.key) && (pair.key.value === "apis" || holdsEntries(pair.value)))?.key;
    const [what, fix] =
      isScalar(above) && above.value !== "apis"
        ? [`The contracts stand below ${String(above.value)}`, "write apis"]
        : ["The table of contents lists no contract", "add api@version with its root below apis"];
    throw new LatchError(what, fix, { file, line: at(isScalar(above) ? above : undefined).line });
  }
  const map = document.get("apis");
  const keys = isMap(map) ? map.items.map(({ key }) => key).filter((key) => isScalar(key)) : [];
  return Object.entries(entries).map(([key, entry]) => {
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

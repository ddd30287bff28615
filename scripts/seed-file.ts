/** A seed file from disk: YAML, with the line of whatever is wrong in it. */
import { isNode } from "yaml";
import { SeedError } from "../mock/seed-error.ts";
import { readSeed, type SeedInput } from "../mock/seed-file.ts";
import type { Contract } from "../mock/types.ts";
import { isObject } from "./document.ts";
import { LatchError } from "./errors.ts";
import { readYaml } from "./yaml.ts";

/**
 * @param path of the file, from the working directory
 * @param contracts that will be served: only their servers can be named
 * @throws LatchError with the line, when it is not a seed file
 */
export function readSeedFile(path: string, contracts: Contract[]): SeedInput {
  const { document, at, value } = readYaml(".", path, "give --seed-file a YAML file with callers, tokens and servers");
  const input = value();
  try {
    readSeed(input, contracts);
  } catch (error) {
    if (!(error instanceof SeedError)) throw error;
    // The deepest node there is: a member that should not be there has a line too.
    const node = error.path.map((_, index) => document.getIn(error.path.slice(0, error.path.length - index), true)).find(isNode);
    throw new LatchError(error.what, error.fix, { file: path, line: at(node).line });
  }
  return isObject(input) ? input : {};
}

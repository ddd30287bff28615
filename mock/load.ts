/** The contracts of the repository, as `generate` left them. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { isObject, type Obj } from "../scripts/document.ts";
import { LatchError } from "../scripts/errors.ts";
import { readRegistry, type Entry } from "../scripts/registry.ts";
import { once } from "./once.ts";
import type { Contract } from "./types.ts";

/**
 * A contract over the text of its bundle. The text is parsed when somebody first looks: ten bundles cost more than a client that
 * calls one API should wait for.
 */
export function contractOf(names: Pick<Contract, "key" | "api" | "version">, text: string, file = names.key): Contract {
  const parsed = once((): Obj => {
    const document: unknown = parse(text);
    if (isObject(document)) return document;
    throw new LatchError("The bundle is not an object", "run npm run generate", { file });
  });
  return {
    ...names,
    get document() {
      return parsed();
    },
  };
}

async function load(root: string, { key, api, version, out }: Entry): Promise<Contract> {
  const file = `${out}/openapi.yaml`;
  const text = await readFile(join(root, file), "utf8").catch(() => {
    throw new LatchError(`The bundle of ${key} is not there`, "run npm run generate", { file });
  });
  return contractOf({ key, api, version }, text, file);
}

/**
 * @param root the repository: the folder with redocly.yaml
 * @returns its contracts, in the order of redocly.yaml
 * @throws LatchError when a bundle is missing
 */
export function loadContracts(root: URL | string): Promise<Contract[]> {
  const folder = root instanceof URL || root.startsWith("file:") ? fileURLToPath(root) : root;
  return Promise.all(readRegistry(folder).map((entry) => load(folder, entry)));
}

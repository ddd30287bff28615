/** The contracts of the repository, as `generate` left them. */
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isObject } from "../scripts/document.ts";
import { LatchError } from "../scripts/errors.ts";
import { readContractList, type Generated } from "../scripts/contract-list.ts";
import { contractFrom, type ContractModule } from "./contract.ts";
import type { Contract } from "./types.ts";

const isModule = (value: unknown): value is ContractModule =>
  isObject(value) &&
  ["document", "behaviour", "validators"].every((name) => typeof value[name] === "function") &&
  typeof value["key"] === "string";

async function load(root: string, { key, out }: Generated): Promise<Contract> {
  const file = `${out}/mock.js`;
  const module: unknown = await import(pathToFileURL(join(root, file)).href).catch((error: unknown) => {
    const absent = error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
    throw new LatchError(`The compiled contract ${key} ${absent ? "is not there" : "cannot be read"}`, "run npm run generate", { file });
  });
  if (isObject(module) && isModule(module["default"])) return contractFrom(module["default"]);
  throw new LatchError(`The compiled contract ${key} is not what generate writes`, "run npm run generate", { file });
}

/**
 * @param root the repository: the folder with generated/
 * @param entries which of its contracts; all when absent
 * @returns its contracts, in the order of redocly.yaml
 * @throws LatchError when one was not generated
 */
export function loadContracts(root: URL | string, entries?: Generated[]): Promise<Contract[]> {
  const folder = root instanceof URL || root.startsWith("file:") ? fileURLToPath(root) : root;
  return Promise.all((entries ?? readContractList(folder)).map((entry) => load(folder, entry)));
}

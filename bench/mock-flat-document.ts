/** Contracts of any size: the four actions of Samsung's server, over as many kinds of resource as it takes. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { generateMock } from "../scripts/compile.ts";
import { isObject, objectAt, type Obj } from "../scripts/document.ts";
import { contractList } from "../scripts/contract-list.ts";
import { readRegistry } from "../scripts/registry.ts";

const TEMPLATE = "generated/samsung-virtualserver/v1.3/openapi.yaml";
const ACTIONS = ["lock", "unlock", "start", "stop"];

export interface FlatContract {
  /** The paths of its operations, all of them POST; `{server_id}` is to be filled in. */
  paths: string[];
  /** A repository that holds nothing but this contract, as `generate` would leave it. */
  folder: string;
  /** Absolute path of the bundle. */
  document: string;
}

/** Schemas, parameters, answers and credentials are the template's: only the number of operations differs. */
function documentOf(template: Obj, operations: number): Obj {
  const paths = Array.from({ length: operations }, (_, index) => {
    const action = ACTIONS[index % ACTIONS.length] ?? "";
    const kind = `kind${String(Math.floor(index / ACTIONS.length)).padStart(4, "0")}`;
    const item = objectAt(objectAt(template, "paths"), `/v1/servers/{server_id}/${action}`);
    const post = { ...objectAt(item, "post"), operationId: `${action}${kind}` };
    return [`/v1/${kind}/{server_id}/${action}`, { ...item, post }] as const;
  });
  return { ...template, paths: Object.fromEntries(paths) };
}

/**
 * Write a contract of so many operations below a folder. `latch generate` would do the same, but lints it first, which takes minutes.
 * @param root the repository, for the template
 * @param folder where the repository of the contract is made
 */
export function writeFlat(root: string, folder: string, operations: number): FlatContract {
  const template: unknown = parse(readFileSync(join(root, TEMPLATE), "utf8"));
  if (!isObject(template)) throw new Error(`${TEMPLATE} is not an object: run npm run generate.`);
  const document = documentOf(template, operations);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "redocly.yaml"), "apis:\n  flat@v1:\n    root: openapi/flat/v1.yaml\n");
  const [entry] = readRegistry(folder);
  if (entry === undefined) throw new Error("The registry of the synthetic repository is empty.");
  const out = join(folder, entry.out);
  mkdirSync(out, { recursive: true });
  const [list, text] = contractList([entry]);
  writeFileSync(join(folder, list), text);
  writeFileSync(join(out, "openapi.yaml"), stringify(document, { aliasDuplicateObjects: false }));
  writeFileSync(join(out, "mock.js"), generateMock(document, entry, undefined, "// Synthetic, for a bench."));
  return { paths: Object.keys(objectAt(document, "paths")), folder, document: join(out, "openapi.yaml") };
}

/** The contracts of the registry with their calls: what the tests of this folder are generic over. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Contract } from "../../../mock/types.ts";
import { callsOf, type Call } from "../../../scripts/calls.ts";
import { isObject } from "../../../scripts/document.ts";
import { readRegistry } from "../../../scripts/registry.ts";
import { ROOT } from "../../../scripts/root.ts";

export interface Subject extends Contract {
  calls: Call[];
}

/** From the bundles, prose and all: what the mock has of them is tested against these. */
export const contracts: Subject[] = readRegistry(ROOT).map(({ key, api, version, out }) => {
  const document: unknown = parse(readFileSync(join(ROOT, out, "openapi.yaml"), "utf8"));
  if (!isObject(document)) throw new Error(`${out}/openapi.yaml is not an object: run npm run generate.`);
  return { key, api, version, document, calls: callsOf(document) };
});

/** @throws Error when the registry has no such contract */
export function contractNamed(key: string): Subject {
  const found = contracts.find((contract) => contract.key === key);
  if (!found) throw new Error(`There is no contract ${key}: choose from ${contracts.map((contract) => contract.key).join(", ")}.`);
  return found;
}

/** @throws Error when the contract has no such call */
export function callNamed(contract: Subject, id: string): Call {
  const found = contract.calls.find((call) => call.id === id);
  if (!found) throw new Error(`${contract.key} has no call ${id}: choose from ${contract.calls.map((call) => call.id).join(", ")}.`);
  return found;
}

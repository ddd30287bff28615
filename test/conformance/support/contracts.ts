/** The contracts of the registry with their calls: what the tests of this folder are generic over. */
import { loadContracts } from "../../../mock/load.ts";
import type { Contract } from "../../../mock/types.ts";
import { callsOf, type Call } from "../../../scripts/calls.ts";
import { ROOT } from "../../../scripts/root.ts";

export interface Subject extends Contract {
  calls: Call[];
}

export const contracts: Subject[] = (await loadContracts(ROOT)).map(({ key, api, version, document }) => ({
  key,
  api,
  version,
  document,
  calls: callsOf(document),
}));

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

/** What the contracts document, for whoever names a contract, a call, a status or an example of it. */
import { callsOf, type Call } from "../../scripts/calls.ts";
import { once } from "../once.ts";
import type { Contract } from "../types.ts";

export interface Catalogue {
  /** Names of APIs, then keys of contracts. */
  names: string[];
  /** The calls of the contracts that a name means; all without one, none where nothing has the name. */
  calls(name: string | undefined): Call[];
}

const distinct = (texts: string[]): string[] => [...new Set(texts)];

export function catalogueOf(contracts: Contract[]): Catalogue {
  const known = contracts.map(({ key, api, document }) => ({ key, api, calls: once(() => callsOf(document)) }));
  return {
    names: distinct([...contracts.map(({ api }) => api), ...contracts.map(({ key }) => key)]),
    calls: (name) => known.filter(({ key, api }) => name === undefined || key === name || api === name).flatMap(({ calls }) => calls()),
  };
}

/** Ids of calls, each once. */
export const idsOf = (calls: Call[]): string[] => distinct(calls.map(({ id }) => id));

/** Every status that one of the calls documents, in order. */
export const statusesOf = (calls: Call[]): string[] => distinct(calls.flatMap(({ statuses }) => statuses)).toSorted();

/** The keys of the examples that one of the calls documents at a status. */
export const examplesOf = (calls: Call[], status: string): string[] =>
  distinct(calls.flatMap(({ answers }) => (Object.hasOwn(answers, status) ? (answers[status]?.examples ?? []) : [])));

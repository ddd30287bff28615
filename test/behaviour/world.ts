/** A mock for one run of a model: the whole engine with a clock that only the run moves, and every row that decided. */
import { createEngine, type MockEngine } from "../../mock/engine.ts";
import { loadContracts } from "../../mock/load.ts";
import { ROOT } from "../../scripts/root.ts";
import type { CallStep, Model, ModelAnswer } from "./model.ts";

/** Before any of the four Samsung versions ends. */
export const START = Date.parse("2025-06-01T08:00:00Z");

const contracts = await loadContracts(ROOT);

export interface Run {
  engine: MockEngine;
  now: number;
  seen: string[];
}

/** @param rows gets `<api> <row>` for every row that decides */
export function startRun<S>({ seed, strict = false }: Model<S>, rows: Set<string>): Run {
  const run: Run = {
    now: START,
    seen: [],
    engine: createEngine(contracts, {
      now: () => run.now,
      seed: "model",
      seedFile: seed,
      strict,
      onRow: (contract, row) => rows.add(`${contract.split("@")[0] ?? ""} ${row}`),
    }),
  };
  return run;
}

export async function send<S>(run: Run, model: Model<S>, step: CallStep): Promise<ModelAnswer> {
  const { method, url, headers, body } = model.request(step, run.seen);
  const bytes = body === undefined ? undefined : new TextEncoder().encode(body);
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const answer = await run.engine.respond({ method, url, headers: lower, origin: "http://127.0.0.1", ...(bytes && { body: bytes }) });
  const text = typeof answer.body === "string" ? answer.body : new TextDecoder().decode(answer.body);
  return { status: answer.status, headers: answer.headers, body: text };
}

/** Every row of the tables behind some contracts, as `<api> <row>`. */
export function rowsOf(keys: string[]): string[] {
  const behind = contracts.filter(({ key }) => keys.includes(key));
  const ids = behind.flatMap(({ api, behaviour }) =>
    Object.values(behaviour?.calls ?? {}).flatMap(({ rows }) => rows.map(({ id }) => `${api} ${id}`)),
  );
  return [...new Set(ids)].toSorted();
}

/** The tables of some contracts, for the texts that stand for something of the request. */
export const samplesOf = (key: string): string[] =>
  Object.keys(contracts.find((contract) => contract.key === key)?.behaviour?.samples ?? {});

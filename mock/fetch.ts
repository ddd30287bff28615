/** The `fetch` door: `(Request) => Promise<Response>`, for unit tests. No socket, no server. */
import { contractsOf, type ContractModule } from "./contract.ts";
import { createEngine, type EngineOptions, type MockEngine } from "./engine.ts";
import { respondTo, type Wait } from "./respond.ts";
import type { Contract } from "./types.ts";

export type { ContractModule } from "./contract.ts";
export type { SeedInput } from "./seed-file.ts";

export interface FetchMockOptions extends EngineOptions {
  /** How a delay is waited for; `setTimeout` when absent. */
  wait?: Wait | undefined;
}

export interface FetchMock {
  /** Answers like the vendor; rejects with a TypeError, as `fetch` does, where a fault breaks the connection. */
  (request: Request): Promise<Response>;
  readonly engine: MockEngine;
}

const broken = (): never => {
  throw new TypeError("fetch failed: the mock broke the connection, as it was told to");
};

/**
 * A mock as a function. One contract (or the versions of one API) stands at the root of any host, as at the vendor's; several stand under `/<api>`.
 * @param contracts what `latch/<api>/<version>/mock` exports, one or several
 */
export function createMock(
  contracts: Contract | ContractModule | (Contract | ContractModule)[],
  { wait, ...options }: FetchMockOptions = {},
): FetchMock {
  const list = contractsOf(contracts);
  const apis = [...new Set(list.map(({ api }) => api))];
  const engine = createEngine(list, { ...(apis.length === 1 && { alone: apis[0] }), ...options });
  return Object.assign((request: Request) => respondTo(engine, request, { wait, dropped: broken }), { engine });
}

/** The `fetch` door: `(Request) => Promise<Response>`, for unit tests. No socket, no server. */
import { contractsOf, type ContractModule } from "./contract.ts";
import { createEngine, type EngineOptions, type MockEngine } from "./engine.ts";
import { checkOptions, ENGINE, wait as waiting } from "./option-forms.ts";
import { respondTo, type Wait } from "./respond.ts";
import type { Contract } from "./types.ts";

export type { ContractModule } from "./contract.ts";
export type { SeedInput } from "./seed-file.ts";

export interface FetchMockOptions extends EngineOptions {
  /** How a delay is waited for; `setTimeout` when absent. */
  wait?: Wait | undefined;
}

export interface FetchMock {
  /** Called like `fetch`. Answers like the vendor; rejects with a TypeError, as `fetch` does, where a fault breaks the connection. */
  (input: Request | URL | string, init?: RequestInit): Promise<Response>;
  readonly engine: MockEngine;
}

const broken = (): never => {
  throw new TypeError("fetch failed: the mock broke the connection, as it was told to");
};

/** Not by its class: a Request may come from another realm, or another library. */
const isRequest = (input: Request | URL | string): input is Request => typeof input === "object" && "method" in input;

/**
 * A mock as a function. One contract (or the versions of one API) stands at the root of any host, as at the vendor's; several stand under `/<api>`.
 * @param contracts what `latch/<api>/<version>/mock` exports, one or several
 * @throws TypeError for what is no contract or no option, SeedError when the seed file is wrong
 */
export function createMock(contracts: Contract | ContractModule | (Contract | ContractModule)[], given: FetchMockOptions = {}): FetchMock {
  checkOptions(given, { ...ENGINE, wait: waiting });
  const { wait, ...options } = given;
  const list = contractsOf(contracts);
  const apis = [...new Set(list.map(({ api }) => api))];
  const engine = createEngine(list, { ...options, alone: options.alone ?? (apis.length === 1 ? apis[0] : undefined) });
  const answer = (request: Request): Promise<Response> => respondTo(engine, request, { wait, dropped: broken });
  // What is no request is refused as `fetch` refuses it: later, not at once.
  const ask = async (input: Request | URL | string, init?: RequestInit): Promise<Response> => answer(new Request(input, init));
  return Object.assign(
    (input: Request | URL | string, init?: RequestInit) => (init === undefined && isRequest(input) ? answer(input) : ask(input, init)),
    { engine },
  );
}

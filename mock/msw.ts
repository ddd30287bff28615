/** The door of Mock Service Worker (`msw` 3): request handlers for `setupServer` in Node and `setupWorker` in a browser. */
import { http, type HttpHandler } from "msw";
import { contractsOf, type ContractModule } from "./contract.ts";
import { createEngine, type EngineOptions, type MockEngine } from "./engine.ts";
import * as forms from "./option-forms.ts";
import { createPlacement } from "./place.ts";
import { respondTo, type Wait } from "./respond.ts";
import { DEFAULT_WORLD } from "./worlds.ts";
import type { Contract } from "./types.ts";
import type { ServerVariables } from "./vendors.ts";

export type { ContractModule } from "./contract.ts";
export type { SeedInput } from "./seed-file.ts";

export interface MockHandlersOptions extends Omit<EngineOptions, "alone"> {
  /**
   * An address of the mock's own, such as `http://localhost:4010`: below it the APIs stand under `/<api>`, one API alone at its root, and the
   * control API under `/_latch/`.
   */
  baseUrl?: string | URL | undefined;
  /**
   * Whether requests to the vendors' own hosts are answered, which they are unless this is false. An object says what variables of
   * `servers[].url` stand for (`{ host: "ecb.lab.example" }`); the others stand for anything.
   */
  vendors?: boolean | ServerVariables | undefined;
  /** How a delay is waited for; `setTimeout` when absent. */
  wait?: Wait | undefined;
}

export interface MockHandlers extends Array<HttpHandler> {
  readonly engine: MockEngine;
  /** Forgets all that a world remembers, its clock and faults included: what a test does when it is over. */
  reset(world?: string): Promise<void>;
}

const address: forms.Form = {
  form: "an address such as http://localhost:4010",
  takes: (value) => typeof value === "string" || value instanceof URL,
};
const OPTIONS: { [Name in keyof MockHandlersOptions]-?: forms.Form } = {
  ...forms.ENGINE,
  baseUrl: address,
  vendors: forms.vendors,
  wait: forms.wait,
};

/** @throws TypeError when it is no absolute address of the web */
function baseOf(text: string | URL): URL {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol) && url.search === "" && url.hash === "") return url;
  throw new TypeError(`${String(text)} is no baseUrl: give one such as http://localhost:4010.`);
}

/**
 * Request handlers that share one store, one clock and one set of worlds. What is not for them they leave to the handlers behind, and to the
 * network. A broken connection is a network error, and a delay is waited for.
 * @param contracts what `latch/<api>/<version>/mock` exports, one or several
 * @throws TypeError for a baseUrl that is none, SeedError when the seed file is wrong
 */
export function mockHandlers(
  contracts: Contract | ContractModule | (Contract | ContractModule)[],
  given: MockHandlersOptions = {},
): MockHandlers {
  forms.checkOptions(given, OPTIONS);
  const { baseUrl, vendors = true, wait, ...options } = given;
  const list = contractsOf(contracts);
  const engine = createEngine(list, options);
  const place = createPlacement(list, { base: baseUrl === undefined ? undefined : baseOf(baseUrl), vendors });
  const pathOf = ({ url }: Request): string | undefined => place(new URL(url));

  const handler = http.all(
    ({ request }) => pathOf(request) !== undefined,
    async ({ request }) => {
      const url = pathOf(request);
      if (url === undefined) return undefined;
      try {
        return await respondTo(engine, request, { url, wait, dropped: () => Response.error() });
      } catch (error) {
        // Whoever asked has gone, and hears of it from the signal; thrown here it would be reported as a failure of the handler.
        if (request.signal.aborted) return Response.error();
        throw error;
      }
    },
  );
  const reset = async (world = DEFAULT_WORLD): Promise<void> => engine.worlds.store.replace(world);
  return Object.assign([handler], { engine, reset });
}

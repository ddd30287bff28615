/** What a contract is taken apart into before it answers its first request. */
import { callsOf } from "../scripts/calls.ts";
import { arrayAt, type Obj } from "../scripts/document.ts";
import { echoOf } from "./echo.ts";
import { createFaults, type Faults } from "./faults.ts";
import { pinOf, type Pin } from "./pin.ts";
import { createRenderer, type Renderer } from "./renderer.ts";
import { routesOf, type Route } from "./routes.ts";
import { serverPaths } from "./servers.ts";
import type { Behaviour } from "./state/types.ts";
import type { StateLayer } from "./stateful.ts";
import { chain, type Maybe } from "./store/types.ts";
import type { Backend, Contract } from "./types.ts";

export interface Parts {
  document: Obj;
  routes: Route[];
  /** The server paths of the document itself, as segments. */
  bases: string[][];
  backend: Backend;
  faults: Faults;
  renderer: Renderer;
  pin: Pin | undefined;
  state: StateLayer | undefined;
  /** Whether a header (in lower case) that does not fit the contract is looked at all the same. */
  heeds(name: string, value: string | undefined): boolean;
}

export interface ContractOptions {
  backend(contract: Contract): Backend;
  /** The state layer of the contract, or nothing: every request then gets its success answer. */
  state(contract: Contract): StateLayer | undefined;
  /** Refuse plain HTTP where the contract says how. */
  requireHttps: boolean;
  /** The share of requests, from 0 to 1, that get a status of trouble. */
  faultRate: number;
  /** Counts a use of a fault that is there for some uses only. @returns whether there was one left */
  spend(world: string, fault: string): Maybe<boolean>;
  onRow: ((contract: string, row: string) => void) | undefined;
}

/** A version that does not look at a header does not answer with it either, although the shared paths list it. */
function withoutHeaders(backend: Backend, ignores: ReadonlySet<string>): Backend {
  if (ignores.size === 0) return backend;
  const kept = (headers: Record<string, string>): Record<string, string> =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => !ignores.has(name)));
  return {
    check: (operation, request) => backend.check(operation, request),
    render: (operation, wish) => chain(backend.render(operation, wish), ({ headers, body }) => ({ headers: kept(headers), body })),
  };
}

/**
 * Some headers this version never looks at. Others the table takes a word from, if they have the form for it: one for another service
 * (`OpenStack-API-Version: identity 3.0`) is none of its business.
 */
function heedsOf(ignores: ReadonlySet<string>, request: Behaviour["request"]): Parts["heeds"] {
  const forms = new Map<string, RegExp>();
  for (const { from } of Object.values(request)) {
    for (const { header, pattern } of from) if (pattern !== undefined) forms.set(header.toLowerCase(), new RegExp(pattern));
  }
  return (name, value) => !ignores.has(name) && (value === undefined || (forms.get(name)?.test(value) ?? true));
}

/** @throws Error when the contract cannot be read */
export function partsOf(contract: Contract, options: ContractOptions): Parts {
  const document = contract.document;
  const calls = callsOf(document);
  const state = options.state(contract);
  const ignores = new Set(state ? contract.behaviour?.ignores : []);
  const backend = withoutHeaders(options.backend(contract), ignores);
  return {
    document,
    routes: routesOf(document, calls),
    bases: serverPaths(arrayAt(document, "servers")),
    backend,
    faults: createFaults(document, calls, backend, state && contract.behaviour && echoOf(document, calls, contract.behaviour)),
    renderer: createRenderer(contract, backend),
    pin: pinOf(document, calls),
    state,
    heeds: heedsOf(ignores, (state && contract.behaviour?.request) ?? {}),
  };
}

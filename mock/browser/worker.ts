/**
 * The service worker: answers a page's own requests for the mock, in the browser, without a server and without msw. What it is told stands in
 * the query of its address (options.ts).
 */
import { contractsOf, type ContractModule } from "../contract.ts";
import { createEngine, type MockEngine } from "../engine.ts";
import { once } from "../once.ts";
import { createPlacement } from "../place.ts";
import { problem } from "../problem.ts";
import { respondTo, responseOf } from "../respond.ts";
import { createMemoryStore } from "../store/memory.ts";
import type { Contract } from "../types.ts";
import { openDatabase } from "./database.ts";
import { createIndexedDbStore } from "./indexeddb-store.ts";
import { messageOf, type Reply } from "./messages.ts";
import { createNotes } from "./notes.ts";
import { readOptions } from "./options.ts";

export type { ContractModule } from "../contract.ts";

interface Waiting {
  waitUntil(work: Promise<unknown>): void;
}

interface Fetching {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

interface Told extends Waiting {
  readonly data: unknown;
  readonly ports: readonly MessagePort[];
}

/** What we use of a `ServiceWorkerGlobalScope`. */
export interface WorkerScope {
  readonly location: { readonly search: string };
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listen: (event: Waiting) => void): void;
  addEventListener(type: "fetch", listen: (event: Fetching) => void): void;
  addEventListener(type: "message", listen: (event: Told) => void): void;
}

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Makes this worker the mock. To be called while the worker's script is first run: a browser takes no listeners later.
 * @param scope `self`
 * @param contracts what `latch/<api>/<version>/mock` exports; one API alone stands at the base, several under `/<api>`
 * @param version of latch, for `/_latch/health`
 * @throws TypeError for an option that is none
 */
export function serveContracts(scope: WorkerScope, contracts: (Contract | ContractModule)[], version?: string): void {
  const { base = "mock/", vendors = false, state = "indexeddb", now, ...options } = readOptions(scope.location.search);
  const list = contractsOf(contracts);
  const database = openDatabase(`latch ${scope.registration.scope}`);
  const notes = createNotes(database);
  const place = createPlacement(list, { base: new URL(base, scope.registration.scope), vendors });

  const engine = once(async (): Promise<MockEngine> => {
    const store = state === "memory" ? createMemoryStore() : createIndexedDbStore(database);
    return createEngine(list, { ...options, store, version, now: await notes.sourceFrom(now) });
  });

  async function respond(request: Request, url: string): Promise<Response> {
    if (await notes.isOff()) return fetch(request);
    const ready = await engine().catch((error: unknown) => problem(500, `The mock cannot start: ${sentenceOf(error)}`));
    return "worlds" in ready ? respondTo(ready, request, { url, dropped: () => Response.error() }) : responseOf(ready, request.method);
  }

  async function obey(message: "start" | "stop"): Promise<Reply> {
    await notes.setOff(message === "stop");
    if (message === "stop") return {};
    try {
      await engine();
    } catch (error) {
      return { wrong: sentenceOf(error) };
    }
    // A page that was loaded without the worker, or before there was one.
    await scope.clients.claim();
    return {};
  }

  // The first page shall not have to be loaded again.
  scope.addEventListener("install", (event) => event.waitUntil(Promise.all([scope.skipWaiting(), notes.setOff(false)])));
  scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));
  scope.addEventListener("fetch", (event) => {
    const url = place(new URL(event.request.url));
    if (url !== undefined) event.respondWith(respond(event.request, url));
  });
  scope.addEventListener("message", (event) => {
    const message = messageOf(event.data);
    if (message) event.waitUntil(obey(message).then((reply) => event.ports[0]?.postMessage(reply)));
  });
}

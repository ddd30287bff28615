/** The `node:http` door: one port for the contracts, the control API and, where a site is given, the documentation. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { watchConnections } from "./closing.ts";
import { createEngine, type EngineOptions, type MockEngine } from "./engine.ts";
import { createExchanges } from "./exchange.ts";
import { refuseUnparsable } from "./outgoing.ts";
import { problem } from "./problem.ts";
import { parseTarget } from "./target.ts";
import type { Contract, MockAnswer, MockRequest } from "./types.ts";

/** A page of the documentation. */
export interface Page {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

export interface ServerOptions extends EngineOptions {
  contracts: Contract[];
  /** Answers the paths that belong to no contract; gets decoded-safe paths only (no dot segments, no control characters). */
  site?: ((path: string) => Promise<Page | undefined>) | undefined;
  /** Gets one line per request. */
  log?: ((line: string) => void) | undefined;
  logFormat?: "pretty" | "json" | undefined;
  /** Milliseconds a client may take for its headers, and for the whole request. */
  headersTimeout?: number | undefined;
  requestTimeout?: number | undefined;
  /** Milliseconds that a closing server gives a client for the rest of its request, or for taking the rest of its answer. */
  closeTimeout?: number | undefined;
}

export interface Listening {
  /** `http://127.0.0.1:4010`, without a slash at the end. */
  url: string;
  port: number;
  /** How many requests are being answered. */
  busy(): number;
  /** Stops listening, lets running requests finish, however long their answers wait, then resolves. */
  close(): Promise<void>;
}

export interface MockServer {
  readonly engine: MockEngine;
  listen(port?: number, host?: string): Promise<Listening>;
}

const CLOSE_MS = 5000;
/** A client that sends its headers drop by drop holds a connection, not a thread; it still has to end. */
const HEADERS_MS = 20_000;
const REQUEST_MS = 60_000;

function elsewhereOf({ site, contracts }: ServerOptions): (request: MockRequest) => Promise<MockAnswer> {
  return async (request) => {
    const { path, broken } = parseTarget(request.url);
    if (broken !== undefined) return problem(400, broken);
    const reading = request.method === "GET" || request.method === "HEAD";
    const page = reading ? await site?.(path) : undefined;
    const apis = [...new Set(contracts.map(({ api }) => `/${api}`))];
    if (page) return { ...page };
    return problem(404, `Nothing is served at ${path}: the APIs are ${apis.join(", ")}`);
  };
}

/** The HTTP server of the mock. It does nothing until it is told to listen. */
export function createMockServer(options: ServerOptions): MockServer {
  const engine = createEngine(options.contracts, options);
  const { log, logFormat = "pretty" } = options;
  const handle = createExchanges({ engine, elsewhere: elsewhereOf(options), log, logFormat });

  return {
    engine,
    listen(port = 0, host = "127.0.0.1") {
      const server: Server = createServer({
        headersTimeout: options.headersTimeout ?? HEADERS_MS,
        requestTimeout: options.requestTimeout ?? REQUEST_MS,
        connectionsCheckingInterval: Math.min(1000, options.headersTimeout ?? HEADERS_MS),
      });
      const connections = watchConnections(server);
      const handler = (request: IncomingMessage, response: ServerResponse): void => {
        connections.serve(request.socket, response);
        handle(request, response, server);
      };
      server
        .on("request", handler)
        .on("checkContinue", handler)
        .on("clientError", (error, socket) => refuseUnparsable(error, socket as Socket));
      return new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, host, () => {
          server.off("error", reject);
          const bound = (server.address() as AddressInfo).port;
          const name = ["0.0.0.0", "::"].includes(host) ? "localhost" : host.includes(":") ? `[${host}]` : host;
          const stop = (): Promise<void> => {
            engine.drain();
            return connections.close(options.closeTimeout ?? CLOSE_MS);
          };
          resolve({ url: `http://${name}:${bound}`, port: bound, busy: () => connections.busy(), close: stop });
        });
      });
    },
  };
}

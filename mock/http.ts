/** The `node:http` door: one port for the contracts, the control paths and, where a site is given, the documentation. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createMock, type Mock, type MockOptions } from "./contract-router.ts";
import { preflight, withCors } from "./cors.ts";
import { hasBody, headOf, readBytes } from "./incoming.ts";
import { logLine } from "./log.ts";
import { refuseUnparsable, send, sendEarly } from "./outgoing.ts";
import { problem } from "./problem.ts";
import { parseTarget } from "./target.ts";
import type { Contract, MockAnswer, MockRequest } from "./types.ts";

/** A page of the documentation. */
export interface Page {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

export interface ServerOptions extends MockOptions {
  contracts: Contract[];
  /** Answers the paths that belong to no contract; gets decoded-safe paths only (no dot segments, no control characters). */
  site?: ((path: string) => Promise<Page | undefined>) | undefined;
  /** Gets one line per request. */
  log?: ((line: string) => void) | undefined;
}

export interface Listening {
  /** `http://127.0.0.1:4010`, without a slash at the end. */
  url: string;
  port: number;
  /** Stops listening, lets running requests finish, then resolves. */
  close(): Promise<void>;
}

export interface MockServer {
  listen(port?: number, host?: string): Promise<Listening>;
}

const CLOSE_MS = 5000;

async function answerElsewhere(request: MockRequest, options: ServerOptions): Promise<MockAnswer> {
  const { path, broken } = parseTarget(request.url);
  if (broken !== undefined) return problem(400, broken);
  const reading = request.method === "GET" || request.method === "HEAD";
  if (path === "/_latch/health" && reading) {
    const body = JSON.stringify({ status: "ok", contracts: options.contracts.map(({ key }) => key) });
    return { status: 200, headers: { "content-type": "application/json", "cache-control": "no-store" }, body };
  }
  const page = reading && !path.startsWith("/_latch/") ? await options.site?.(path) : undefined;
  return (
    page ??
    problem(404, `Nothing is served at ${path}: the APIs are ${[...new Set(options.contracts.map(({ api }) => `/${api}`))].join(", ")}`)
  );
}

/** Everything a request can become; a defect of ours becomes a 500 that says so and nothing more. */
async function answer(request: MockRequest, mock: Mock, options: ServerOptions): Promise<MockAnswer> {
  try {
    if (request.method === "OPTIONS") return preflight(request);
    const control = parseTarget(request.url).segments[0] === "_latch";
    const plain = !control && mock.serves(request.url) ? await mock.respond(request) : await answerElsewhere(request, options);
    return withCors(request, plain);
  } catch (error) {
    const failed = problem(500, "The mock itself failed: this is a defect of latch, its log has the details");
    return withCors(request, {
      ...failed,
      note: { reason: `defect: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` },
    });
  }
}

/** A contract that cannot be read has no limit; the answer then says what is wrong with it. */
function limitFor(head: MockRequest, mock: Mock): number {
  try {
    return mock.bodyLimit(head);
  } catch {
    return 0;
  }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  mock: Mock,
  options: ServerOptions,
  listening: () => boolean,
): Promise<void> {
  const head = headOf(request);
  const limit = hasBody(head) ? limitFor(head, mock) : 0;
  const waits = head.headers["expect"] === "100-continue";
  if (waits && Number(head.headers["content-length"] ?? 0) <= limit) response.writeContinue();
  const body = hasBody(head) ? await readBytes(request, limit) : new Uint8Array();
  const full: MockRequest = body ? { ...head, body } : { ...head, overLimit: limit };
  const given = await answer(full, mock, options);
  options.log?.(logLine(full, given));
  // While the server closes, a connection that stays open for a next request would hold it up.
  if (!listening()) response.shouldKeepAlive = false;
  if (body) send(response, given, head.method === "HEAD");
  else sendEarly(request, response, given);
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });

/** The HTTP server of the mock. It does nothing until it is told to listen. */
export function createMockServer(options: ServerOptions): MockServer {
  const mock = createMock(options.contracts, options);
  return {
    listen(port = 0, host = "127.0.0.1") {
      const handle = (request: IncomingMessage, response: ServerResponse): void => {
        // The only thing that throws here is a client that went away: there is nobody left to answer.
        serve(request, response, mock, options, () => server.listening).catch(() => response.destroy());
      };
      const server: Server = createServer(handle)
        .on("checkContinue", handle)
        .on("clientError", (error, socket) => refuseUnparsable(error, socket as Socket));
      return new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, host, () => {
          server.off("error", reject);
          const bound = (server.address() as AddressInfo).port;
          const name = ["0.0.0.0", "::"].includes(host) ? "localhost" : host.includes(":") ? `[${host}]` : host;
          resolve({ url: `http://${name}:${bound}`, port: bound, close: () => close(server) });
        });
      });
    },
  };
}

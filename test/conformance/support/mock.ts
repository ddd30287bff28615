/** One mock server per test file, and a client that sends exactly what it is told: `fetch` would repair paths and add headers. */
import { Agent, request, type IncomingHttpHeaders } from "node:http";
import { afterAll, beforeAll } from "vitest";
import { createMockServer, type Listening } from "../../../mock/http.ts";
import { loadContracts } from "../../../mock/load.ts";
import { ROOT } from "../../../scripts/root.ts";

/** Longer than any answer takes on a busy machine: only a hang gets here. */
const HANG_MS = 30_000;

export interface Outgoing {
  method: string;
  /** As it goes into the request line. */
  path: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
}

export interface Incoming {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

function send(agent: Agent, port: number, outgoing: Outgoing): Promise<Incoming> {
  const { method, path, headers, body } = outgoing;
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(HANG_MS);
    // Node states the length of a body only for methods that usually have one.
    const sized = body === undefined ? headers : { ...headers, "Content-Length": String(Buffer.byteLength(body)) };
    const asking = request({ host: "127.0.0.1", port, method, path, headers: sized, agent, signal }, (answer) => {
      const chunks: Buffer[] = [];
      answer
        .on("data", (chunk: Buffer) => chunks.push(chunk))
        .on("error", reject)
        .on("end", () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString("utf8") }),
        );
    });
    asking
      .on("error", (error: NodeJS.ErrnoException) => {
        // A test that kept this process busy for longer than a connection is kept finds it closed: nothing was answered on it.
        if (asking.reusedSocket && error.code === "ECONNRESET") resolve(send(agent, port, outgoing));
        else reject(error);
      })
      .end(body);
  });
}

export interface MockUnderTest {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** What the mock logged, a line per answer. */
  readonly log: string[];
  send(outgoing: Outgoing): Promise<Incoming>;
}

/** Before any of the four Samsung versions ends. */
const NOW = "2025-06-01";

/** Starts the mock of all contracts, without state, before the tests of the calling file and stops it after them. */
export function useMock(): MockUnderTest {
  const agent = new Agent({ keepAlive: true });
  const log: string[] = [];
  let listening: Listening | undefined;
  const running = (): Listening => {
    if (!listening) throw new Error("The mock runs only while tests run.");
    return listening;
  };
  beforeAll(async () => {
    listening = await createMockServer({
      contracts: await loadContracts(ROOT),
      stateless: true,
      now: NOW,
      log: (line) => log.push(line),
    }).listen(0);
  });
  afterAll(async () => {
    agent.destroy();
    await listening?.close();
  });
  return {
    get url() {
      return running().url;
    },
    log,
    send: (outgoing) => send(agent, running().port, outgoing),
  };
}

/** The media type of an answer, without parameters; empty where it states none. */
export const mediaTypeOf = ({ headers }: Incoming): string => headers["content-type"]?.split(";")[0]?.trim() ?? "";

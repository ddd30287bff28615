/** Starts test/hostile/server.ts and talks to it: bytes over a socket, and questions about its memory. */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { isObject } from "../../scripts/document.ts";

/** Longer than any answer takes on a busy machine: only a hang gets here. */
const HANG_MS = 60_000;

export interface Victim {
  port: number;
  /** Whether the process still runs. */
  alive(): boolean;
  /** Bytes held after a collection. */
  memory(): Promise<number>;
  /** Sends bytes as they are and gives everything that comes back until the connection ends. */
  raw(bytes: string | Uint8Array, then?: (write: (more: string) => void) => void): Promise<string>;
  stop(): Promise<number | null>;
}

async function told(child: ChildProcess, member: string): Promise<Record<string, unknown>> {
  for (;;) {
    const [message] = await once(child, "message", { signal: AbortSignal.timeout(HANG_MS) });
    if (isObject(message) && member in message) return message;
  }
}

/** @param headersTimeout milliseconds that a client may take for its headers */
export async function startVictim(headersTimeout = 20_000): Promise<Victim> {
  const child = fork(fileURLToPath(new URL("server.ts", import.meta.url)), [String(headersTimeout)], { execArgv: ["--expose-gc"] });
  const port = Number((await told(child, "port"))["port"]);
  const memory = async (): Promise<number> => {
    child.send("memory");
    const { heap, external } = await told(child, "heap");
    return Number(heap) + Number(external);
  };
  return {
    port,
    alive: () => child.exitCode === null && child.signalCode === null,
    memory,
    raw: (bytes, then) =>
      new Promise((resolve, reject) => {
        const socket = connect(port, "127.0.0.1");
        let text = "";
        socket
          .setTimeout(HANG_MS, () => socket.destroy(new Error("The mock did not answer.")))
          .on("connect", () => {
            socket.write(bytes);
            then?.((more) => void (socket.writable && socket.write(more)));
          })
          .on("data", (chunk: Buffer) => (text += chunk.toString("latin1")))
          .on("error", (error: Error & { code?: string }) =>
            error.code === "EPIPE" || error.code === "ECONNRESET" ? resolve(text) : reject(error),
          )
          .on("close", () => resolve(text));
      }),
    async stop() {
      const ended = once(child, "exit");
      child.send("stop");
      const [code] = await ended;
      return typeof code === "number" ? code : null;
    },
  };
}

/** A connection on which nothing is said. */
export async function open(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1").on("error", () => {});
  await once(socket, "connect");
  return socket;
}

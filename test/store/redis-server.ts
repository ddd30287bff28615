/** Debian's redis-server on a free port of the loopback, with nothing written to disk. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { createInterface } from "node:readline";

/** Why no Redis can be started here; undefined where one can. */
export const MISSING = spawnSync("redis-server", ["--version"]).error && "there is no redis-server: apt-get install redis-server";
if (MISSING) console.log(`The store in Redis is not tested: ${MISSING}.`);

export interface RedisServer {
  /** `redis://127.0.0.1:<port>`, `rediss:` with TLS. */
  url: string;
  port: number;
  child: ChildProcess;
  /** Kills it; nothing is left of what it held. */
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("The system gave no port.");
  return address.port;
}

/** Whether it says that it takes connections before it ends. */
async function comesUp(child: ChildProcess): Promise<boolean> {
  if (!child.stdout) return false;
  for await (const line of createInterface(child.stdout)) if (/ready to accept connections/i.test(line)) return true;
  return false;
}

export interface RedisOptions {
  /** A free one where it is absent. */
  port?: number;
  /** Further options, e.g. `["--requirepass", "secret"]`. */
  args?: string[];
  /** Files of a certificate and its key: it then speaks TLS and nothing else. */
  tls?: { cert: string; key: string };
}

const tlsArgs = (port: number, { cert, key }: { cert: string; key: string }): string[] => [
  "--port",
  "0",
  "--tls-port",
  String(port),
  "--tls-cert-file",
  cert,
  "--tls-key-file",
  key,
  "--tls-auth-clients",
  "no",
];

/**
 * @returns once it takes connections
 */
export async function startRedis({ port, args = [], tls }: RedisOptions = {}): Promise<RedisServer> {
  // Somebody else may take the free port before Redis does; a port that was asked for may still be about to become free.
  for (let left = 10; left > 0; left--) {
    const chosen = port ?? (await freePort());
    const listen = tls ? tlsArgs(chosen, tls) : ["--port", String(chosen)];
    const options = [...listen, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", tmpdir(), ...args];
    const child = spawn("redis-server", options, { stdio: ["ignore", "pipe", "inherit"] });
    const kill = (): boolean => child.kill("SIGKILL");
    process.once("exit", kill);
    const ended = once(child, "exit").then(() => process.off("exit", kill));
    if (await comesUp(child)) {
      child.stdout.resume();
      const stop = async (): Promise<void> => {
        kill();
        await ended;
      };
      return { url: `redis${tls ? "s" : ""}://127.0.0.1:${chosen}`, port: chosen, child, stop };
    }
    await ended;
  }
  throw new Error(`redis-server does not start${port === undefined ? "" : ` on port ${port}`}: run it by hand to see why.`);
}

/** Servers that are measured: each on the first core, with its load on the second, and gone when its turn is over. */
import { spawn, type ChildProcess } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { join } from "node:path";
import type { Plan, Result, Shot } from "./mock-plan.ts";
import { ask } from "./mock-wire.ts";

const SERVER_CORE = "0";
const LOAD_CORE = "1";
/** Characters that are kept of what a server prints. */
const PRINTED = 1500;
const START_MS = 60_000;
const STOP_MS = 5000;
const pinned = (core: string, command: string[]): string[] => ["-c", core, process.execPath, ...command];

export interface Running {
  pid: number;
  port: number;
  /** Milliseconds from the start of the process to its first right answer. */
  millis: number;
  /** The first that it printed. */
  output(): string;
  stop(): Promise<void>;
}

/** What still runs: it stands outside the terminal's group, so that nobody else would end it with the bench. */
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const { pid } of running) if (pid !== undefined) process.kill(-pid, "SIGKILL");
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return resolve();
    // The process leads a group of its own: what it forked ends with it.
    const group = -child.pid;
    const harder = setTimeout(() => process.kill(group, "SIGKILL"), STOP_MS);
    child.once("exit", () => {
      clearTimeout(harder);
      resolve();
    });
    process.kill(group, "SIGTERM");
  });
}

/**
 * @param command what Node runs: a file and its arguments
 * @param port where it was told to listen; `printed` where it prints an address of its own choice
 * @param probe the request whose right answer says that it serves
 * @throws Error with what it printed, when it ends, answers wrongly, or takes longer than a minute
 */
export async function launch(command: string[], port: number | "printed", probe: Shot, cwd: string): Promise<Running> {
  const begun = performance.now();
  const env = { ...process.env, NODE_ENV: "production", REDOCLY_TELEMETRY: "off", SCARF_ANALYTICS: "false" };
  const child = spawn("taskset", pinned(SERVER_CORE, command), { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  child.once("exit", () => running.delete(child));
  let printed = "";
  const keep = (chunk: Buffer): void => void (printed = (printed + chunk.toString()).slice(0, PRINTED));
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  let last = "";
  while (performance.now() - begun < START_MS && child.exitCode === null && child.signalCode === null) {
    const known = port === "printed" ? Number(/http:\/\/127\.0\.0\.1:(\d+)/.exec(printed)?.[1] ?? 0) : port;
    const answer = known === 0 ? undefined : await ask(known, probe.request).catch(() => undefined);
    if (answer?.status === probe.status && child.pid !== undefined) {
      return { pid: child.pid, port: known, millis: performance.now() - begun, output: () => printed, stop: () => stop(child) };
    }
    if (answer) {
      last = `${answer.status} instead of ${probe.status}: ${answer.body.toString().slice(0, 500)}`;
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await stop(child);
  throw new Error(`It does not serve. ${last}\n${printed}`.trim());
}

/** Put a server under load. @throws Error that names the first answer with a wrong status */
export async function load(plan: Plan): Promise<Result> {
  const child = spawn("taskset", pinned(LOAD_CORE, [join(import.meta.dirname, "mock-load.ts")]), { stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.end(JSON.stringify(plan));
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if ((await ended) !== 0) throw new Error(err.trim());
  return JSON.parse(out) as Result;
}

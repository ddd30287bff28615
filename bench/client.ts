/** What a call costs over raw `fetch` on a loopback server, beside openapi-fetch alone, ky and axios; and what the types cost a compiler. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { benchCompile } from "./client-compile.ts";
import type { Figures } from "./client-run.ts";
import { PATH, SERVER_ID } from "./client-subjects.ts";
import { median } from "./measure.ts";
import { shot } from "./mock-plan.ts";
import { freePort, launch } from "./mock-server.ts";

const CLIENT_CORE = "1";
/** A server as the contract has it, a little shorter. */
const SHOWN = {
  id: SERVER_ID,
  name: "web-1",
  locked: true,
  state: "ACTIVE",
  created_at: "2026-01-01T00:00:00Z",
  metadata: {},
  volumes: [],
};

/** Medians of the turns, and of the ratios turn by turn: a slow minute hits a turn of everybody. */
export function clientTable(title: string, figures: Figures[]): string[] {
  const [reference] = figures;
  const ratio = (values: number[], references: number[] = []): string =>
    median(values.map((value, i) => value / (references[i] ?? Number.NaN))).toFixed(3);
  const line = (cells: string[]): string => cells.map((cell, i) => (i === 0 ? cell.padEnd(32) : cell.padStart(12))).join("");
  return [
    line([title, "µs", "µs of CPU", "x time", "x CPU"]),
    ...figures.map(({ name, time, cpu }) =>
      line([name, median(time).toFixed(0), median(cpu).toFixed(0), ratio(time, reference?.time), ratio(cpu, reference?.cpu)]),
    ),
  ];
}

/** Prints two tables of calls and one of compilations. */
export async function benchClient(root: string, rounds: number, log: (line: string) => void): Promise<void> {
  log(`time of one call over raw fetch, one after the other, server on one core, client on the other, ${rounds * 10} turns of 250 calls`);
  const port = await freePort();
  const recorded = JSON.stringify({ status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(SHOWN), shown: "" });
  const server = await launch([join(root, "bench/peers/bare.ts"), String(port), "", recorded], port, shot("GET", PATH, {}, 200), root);
  try {
    const command = ["-c", CLIENT_CORE, process.execPath, join(root, "bench/client-run.ts"), `http://127.0.0.1:${port}`, String(rounds)];
    const { stdout } = await promisify(execFile)("taskset", command, { cwd: root, maxBuffer: 2 ** 24 });
    const results: { title: string; figures: Figures[] }[] = JSON.parse(stdout);
    for (const { title, figures } of results) for (const line of clientTable(title, figures)) log(line);
  } finally {
    await server.stop();
  }
  await benchCompile(root, rounds, log);
}

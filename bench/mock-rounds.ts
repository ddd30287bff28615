/** Rounds: in each one every server is started, warmed, measured and stopped, in an order drawn anew. */
import { loadavg } from "node:os";
import { launch, load } from "./mock-server.ts";
import type { Result, Shot } from "./mock-plan.ts";
import { busy, perCpuSecond, perSecond, whole } from "./mock-table.ts";

export interface Entrant {
  name: string;
  /** Resolves to what `launch` takes. */
  start(): Promise<{ command: string[]; port: number | "printed" }>;
  probe: Shot;
  tracks: Shot[][];
}

export interface Rounds {
  root: string;
  rounds: number;
  log(line: string): void;
}

/** Seconds of a server's processor time: until it is compiled and its caches are full, and for the figures. */
const WARM = 5;
const MEASURED = 5;

/** Numbers that look random and are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A new array in an order that the generator decides. */
export function shuffle<T>(things: readonly T[], random: () => number): T[] {
  return things
    .map((thing) => ({ thing, key: random() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ thing }) => thing);
}

async function turn({ start, probe, tracks }: Entrant, { root }: Rounds): Promise<Result> {
  const { command, port } = await start();
  const server = await launch(command, port, probe, root);
  try {
    return await load({ port: server.port, pid: server.pid, tracks, warm: WARM, until: { cpu: MEASURED } });
  } finally {
    await server.stop();
  }
}

/** @returns the results of each entrant, one per round; who failed once takes no further part, is printed, and fails the bench */
export async function race(entrants: Entrant[], options: Rounds): Promise<Map<string, Result[]>> {
  const random = seeded(20260921);
  const results = new Map<string, Result[]>(entrants.map(({ name }) => [name, []]));
  for (let round = 1; round <= options.rounds; round++) {
    for (const entrant of shuffle(entrants, random)) {
      const own = results.get(entrant.name);
      if (own === undefined) continue;
      try {
        const result = await turn(entrant, options);
        own.push(result);
        const share = `server ${Math.round(100 * busy(result))} %`;
        const rates = `${whole(perSecond(result)).padStart(7)} req/s  ${whole(perCpuSecond(result)).padStart(7)} req/CPU-s`;
        options.log(`  round ${round}  ${entrant.name.padEnd(26)} ${rates}   ${share}, load ${loadavg()[0]?.toFixed(1)}`);
      } catch (error) {
        results.delete(entrant.name);
        process.exitCode = 1;
        options.log(`  FAILED   ${entrant.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  return results;
}

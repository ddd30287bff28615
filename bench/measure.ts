/** Measuring commands: interleaved rounds, medians and ratios, because absolute figures move with the machine's load. */
import { spawn, type SpawnOptions } from "node:child_process";
import { loadavg } from "node:os";

/** Milliseconds from start to exit. @throws Error with the command's output when it fails */
export function timeCommand(command: string, args: string[], options: SpawnOptions = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0
        ? resolve(performance.now() - start)
        : reject(new Error(`${command} ${args.join(" ")} exited with ${code}:\n${output.slice(-2000)}`)),
    );
  });
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

export interface Subject {
  name: string;
  run(): Promise<number>;
}

/**
 * Run every subject once per round, one after the other, so that a slow minute hits all of them.
 * @returns milliseconds per subject, one per round
 */
export async function interleave(subjects: Subject[], rounds: number, log: (line: string) => void): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const { name, run } of subjects) {
      const time = await run();
      times.get(name)?.push(time);
      log(`  round ${round}  ${name.padEnd(40)} ${seconds(time).padStart(9)}   load ${loadavg()[0]?.toFixed(1)}`);
    }
  }
  return times;
}

export const seconds = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;

/** Medians, and how many times faster each is than the first. */
export function summarise(times: Map<string, number[]>): string[] {
  const medians = [...times].map(([name, values]) => [name, median(values)] as const);
  const reference = medians[0]?.[1] ?? Number.NaN;
  return medians.map(([name, value]) => `${name.padEnd(42)} ${seconds(value).padStart(9)}   ${(reference / value).toFixed(1)} x`);
}

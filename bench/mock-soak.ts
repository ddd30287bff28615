/** A minute at full load: no wrong answer, and memory that does not grow. */
import { heldMegabytes } from "./mock-heap.ts";
import { perSecond, whole } from "./mock-table.ts";
import { SCENARIOS } from "./mock-scenarios.ts";
import { launch, load } from "./mock-server.ts";
import { BUILT, LATCH, latch } from "./mock-subjects.ts";

const SECONDS = 60;
/** Seconds of processor time before: the engine compiles, and every server of the scenario is remembered. */
const WARM = 10;
/** What may be held at the end, beside what was held before: code that is compiled late, no more. */
const FLAT = 1.05;

export async function benchSoak(root: string, _rounds: number, log: (line: string) => void): Promise<void> {
  const scenario = SCENARIOS.find(({ name }) => name === "mixture");
  if (scenario === undefined) throw new Error("The scenario mixture has gone.");
  log(`${SECONDS} seconds at full load: ${scenario.title}`);
  const base = LATCH.base(scenario);
  const server = await launch(["--inspect=127.0.0.1:0", ...latch(BUILT, root)], "printed", scenario.probe(base), root);
  try {
    const plan = { port: server.port, pid: server.pid, tracks: scenario.tracks(base) };
    await load({ ...plan, warm: 0, until: { cpu: WARM } });
    const before = await heldMegabytes(server.output());
    const result = await load({ ...plan, warm: 0, until: { seconds: SECONDS }, every: 1 });
    const after = await heldMegabytes(server.output());
    for (const { at, rss } of result.samples.filter((_, index) => (index + 1) % 10 === 0)) {
      log(`  ${at.toFixed(0).padStart(3)} s  RSS ${whole(rss)} MB`);
    }
    const flat = after <= before * FLAT;
    if (!flat) process.exitCode = 1;
    log(`${whole(result.requests)} requests, ${whole(perSecond(result))} a second, every status as expected`);
    log(`held after a collection: ${before.toFixed(1)} MB before, ${after.toFixed(1)} MB after: ${flat ? "flat" : "NOT FLAT"}`);
  } catch (error) {
    process.exitCode = 1;
    log(`FAILED: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await server.stop();
  }
}

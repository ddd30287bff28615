/** A minute at full load: no wrong answer, and memory that does not grow. */
import { launch, load } from "./mock-server.ts";
import { perSecond, whole } from "./mock-rounds.ts";
import { SCENARIOS } from "./mock-scenarios.ts";
import { LATCH, latch } from "./mock-subjects.ts";

const SECONDS = 60;
/** Seconds of processor time before: the engine compiles, and the heap finds its size. */
const WARM = 10;
/** Growth from then to the end that is still called flat: the collector's own waves. */
const WAVES = 1.1;

export async function benchSoak(root: string, _rounds: number, log: (line: string) => void): Promise<void> {
  const scenario = SCENARIOS.find(({ name }) => name === "mixture");
  if (scenario === undefined) throw new Error("The scenario mixture has gone.");
  log(`${SECONDS} seconds at full load: ${scenario.title}`);
  const base = LATCH.base(scenario);
  const command = latch("scripts/latch.ts", root);
  const server = await launch(command, "printed", scenario.probe(base), root);
  try {
    const plan = { port: server.port, pid: server.pid, tracks: scenario.tracks(base), warm: WARM, until: { seconds: SECONDS }, every: 1 };
    const result = await load(plan);
    for (const { at, rss } of result.samples.filter((_, index) => index % 10 === 0)) {
      log(`  ${at.toFixed(0).padStart(3)} s  RSS ${whole(rss)} MB`);
    }
    const begin = result.samples[0]?.rss ?? Number.NaN;
    // One look may hit the top of a wave: the end is the lowest of the last five.
    const end = Math.min(...result.samples.slice(-5).map(({ rss }) => rss));
    const flat = end <= begin * WAVES;
    if (!flat) process.exitCode = 1;
    log(`${whole(result.requests)} requests, ${whole(perSecond(result))} a second, every status as expected`);
    log(`RSS ${whole(begin)} MB after ${WARM} s of work, ${whole(end)} MB ${SECONDS} s later: ${flat ? "flat" : "NOT FLAT"}`);
  } catch (error) {
    process.exitCode = 1;
    log(`FAILED: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await server.stop();
  }
}

/**
 * `npm run bench [-- --rounds 5] [-- --only lock --only get]`: everything the README says about speed, measured side by side.
 * Names: generate, start, client, lock, mixture, samsung, get, flat, contracts, soak.
 */
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { ROOT } from "../scripts/root.ts";
import { benchClient } from "./client.ts";
import { benchGenerate } from "./generate.ts";
import { benchContracts } from "./mock-contracts.ts";
import { benchFlat } from "./mock-flat.ts";
import { needBuilt, needLinux, needPeers } from "./mock-peers.ts";
import { SCENARIOS } from "./mock-scenarios.ts";
import { benchSoak } from "./mock-soak.ts";
import { benchScenario } from "./mock.ts";
import { benchStart } from "./start.ts";

type Bench = (root: string, rounds: number, log: (line: string) => void) => Promise<void>;

let built = false;

/** A bench of servers, pinned to cores and beside peers. */
const servers =
  (bench: Bench): Bench =>
  async (root, rounds, log) => {
    needLinux();
    needPeers(root, log);
    if (!built) needBuilt(log);
    built = true;
    await bench(root, rounds, log);
  };

const benches: Record<string, Bench> = {
  generate: benchGenerate,
  start: benchStart,
  client: servers(benchClient),
  ...Object.fromEntries(SCENARIOS.map((scenario) => [scenario.name, servers((root, ...rest) => benchScenario(root, scenario, ...rest))])),
  flat: servers(benchFlat),
  contracts: servers(benchContracts),
  soak: servers(benchSoak),
};

const options = { rounds: { type: "string", default: "3" }, only: { type: "string", multiple: true } } as const;
const { values } = parseArgs({ options });
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError("--rounds takes a whole number from 1.");
const wanted = values.only ?? Object.keys(benches);
for (const name of wanted) {
  if (!(name in benches)) throw new RangeError(`There is no bench ${name}: choose from ${Object.keys(benches).join(", ")}.`);
}

console.log(`${cpus().length} cores, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}, ${rounds} rounds, interleaved`);
for (const name of wanted) {
  console.log("");
  await benches[name]?.(ROOT, rounds, console.log);
}

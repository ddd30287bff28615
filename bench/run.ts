/** `npm run bench [-- --rounds 5]`: everything the README says about speed, measured side by side. */
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { ROOT } from "../scripts/root.ts";
import { benchGenerate } from "./generate.ts";
import { benchStart } from "./start.ts";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "3" } } });
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError("--rounds takes a whole number from 1.");

console.log(`${cpus().length} cores, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}, ${rounds} rounds, interleaved`);
await benchGenerate(ROOT, rounds, console.log);
await benchStart(ROOT, rounds, console.log);

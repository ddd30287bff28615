/** Does it matter how large a contract is? The same kind of request over 3 to 2,000 operations, every operation in turn. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "./measure.ts";
import { writeFlat, type FlatContract } from "./mock-flat-document.ts";
import { deal, type Shot } from "./mock-plan.ts";
import { samsungPost, serverIds } from "./mock-requests.ts";
import { perCpuSecond, race, seeded, shuffle, table, type Entrant } from "./mock-rounds.ts";
import { freePort } from "./mock-server.ts";
import { LATCH, PRISM, UNRECORDED, type Subject } from "./mock-subjects.ts";

const SIZES = [3, 100, 500, 2000];
/** Of the rate with the smallest contract, what is left with the largest. */
const WITHIN = 0.9;

/** Where each serves the paths of a contract that is alone in its repository. */
const BASES = new Map([
  [LATCH, "/flat"],
  [PRISM, ""],
]);

const nameOf = (subject: Subject, size: number): string => `${subject.name}, ${size}`;

function shots({ paths }: FlatContract, base: string): Shot[] {
  const ids = serverIds(100);
  const filled = paths.map((path, index) => samsungPost(base + path.replace("{server_id}", ids[index % ids.length] ?? "")));
  return shuffle(filled, seeded(paths.length));
}

function entrant(subject: Subject, size: number, contract: FlatContract): Entrant {
  const asked = shots(contract, BASES.get(subject) ?? "");
  const [probe] = asked;
  if (probe === undefined) throw new Error("A contract without operations.");
  const start = async (): ReturnType<Entrant["start"]> => {
    const port = await freePort();
    const command = subject.command({ root: contract.folder, document: contract.document, port, recorded: UNRECORDED });
    return { command, port: subject.prints ? "printed" : port };
  };
  return { name: nameOf(subject, size), start, probe, tracks: deal(asked) };
}

/** Prints a table; fails the bench where our mock is slower with a large contract. */
export async function benchFlat(root: string, rounds: number, log: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "latch-flat-"));
  try {
    log("Contracts of 3 to 2,000 operations: a POST to each of them in turn");
    const contracts = SIZES.map((size) => ({ size, contract: writeFlat(root, join(folder, String(size)), size) }));
    const entrants = contracts.flatMap(({ size, contract }) => [...BASES.keys()].map((subject) => entrant(subject, size, contract)));
    const results = await race(entrants, { root, rounds, log });
    for (const line of table(results, [nameOf(LATCH, SIZES[0] ?? 0), nameOf(PRISM, SIZES[0] ?? 0)])) log(line);
    const rate = (size: number): number => median((results.get(nameOf(LATCH, size)) ?? []).map(perCpuSecond));
    const left = rate(SIZES.at(-1) ?? 0) / rate(SIZES[0] ?? 0);
    if (!(left >= WITHIN)) process.exitCode = 1;
    log(`latch mock with 2,000 operations: ${(100 * left).toFixed(0)} % of its rate with 3: ${left >= WITHIN ? "flat" : "NOT FLAT"}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

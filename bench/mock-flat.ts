/**
 * Does it matter how large a contract is? Three operations (the first, the middle and the last) of contracts with 3 to 2,000 of them; and
 * for our mock also every operation in turn, which adds what it costs that no operation is still in the processor's cache.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeFlat, type FlatContract } from "./mock-flat-document.ts";
import { deal, type Shot } from "./mock-plan.ts";
import { samsungPost, serverIds } from "./mock-requests.ts";
import { race, seeded, shuffle, type Entrant } from "./mock-rounds.ts";
import { freePort } from "./mock-server.ts";
import { best, table } from "./mock-table.ts";
import { LATCH, PRISM, UNRECORDED, type Subject } from "./mock-subjects.ts";

const SIZES = [3, 100, 500, 2000];
/** Of the rate with the smallest contract, what is left with the largest. */
const WITHIN = 0.9;

/** Where each serves the paths of a contract that is alone in its repository. */
const BASES = new Map([
  [LATCH, "/flat"],
  [PRISM, ""],
]);

const nameOf = (subject: Subject, size: number, all = false): string => `${subject.name}, ${size}${all ? ", in turn" : ""}`;

/** A hundred requests or more, so that who is asked for three operations sees as many servers as who is asked for all. */
function shots(paths: string[], base: string): Shot[] {
  const ids = serverIds(100);
  const asked = Array.from({ length: Math.max(paths.length, ids.length) }, (_, index) =>
    samsungPost(base + (paths[index % paths.length] ?? "").replace("{server_id}", ids[index % ids.length] ?? "")),
  );
  return shuffle(asked, seeded(paths.length));
}

function entrant(subject: Subject, size: number, contract: FlatContract, all = false): Entrant {
  const { paths } = contract;
  const three = [0, Math.floor(paths.length / 2), paths.length - 1].flatMap((index) => paths[index] ?? []);
  const asked = shots(all ? paths : three, BASES.get(subject) ?? "");
  const [probe] = asked;
  if (probe === undefined) throw new Error("A contract without operations.");
  const start = async (): ReturnType<Entrant["start"]> => {
    const port = await freePort();
    const command = subject.command({ root: contract.folder, document: contract.document, port, recorded: UNRECORDED });
    return { command, port: subject.prints ? "printed" : port };
  };
  return { name: nameOf(subject, size, all), start, probe, tracks: deal(asked) };
}

/** Prints a table; fails the bench where our mock is slower with a large contract. */
export async function benchFlat(root: string, rounds: number, log: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "latch-flat-"));
  try {
    log("Contracts of 3 to 2,000 operations: a POST to three of them, or to all of them in turn");
    const contracts = SIZES.map((size) => ({ size, contract: writeFlat(root, join(folder, String(size)), size) }));
    const entrants = contracts.flatMap(({ size, contract }) => [
      ...[...BASES.keys()].map((subject) => entrant(subject, size, contract)),
      ...(size > 3 ? [entrant(LATCH, size, contract, true)] : []),
    ]);
    const results = await race(entrants, { root, rounds, log });
    for (const line of table(results, [nameOf(LATCH, SIZES[0] ?? 0), nameOf(PRISM, SIZES[0] ?? 0)])) log(line);
    const rate = (size: number, all = false): number => best(results.get(nameOf(LATCH, size, all)));
    const [small = 0, large = 0] = [SIZES[0], SIZES.at(-1)];
    const left = rate(large) / rate(small);
    if (!(left >= WITHIN)) process.exitCode = 1;
    log(
      `latch mock with ${large} operations: ${(100 * left).toFixed(0)} % of its rate with ${small}: ${left >= WITHIN ? "flat" : "NOT FLAT"}`,
    );
    log(`asked for all of them in turn: ${((100 * rate(large, true)) / rate(small)).toFixed(0)} %`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

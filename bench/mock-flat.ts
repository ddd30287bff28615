/**
 * Does it matter how large a contract is? Asked are three operations (the first, the middle and the last) of contracts with 3 to 2,000,
 * at a hundred addresses; then at four times as many as the mock remembers; then every operation, so that none is in a processor's cache.
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

type Kind = "few" | "many" | "every";
const KINDS: Record<Kind, { title: string; addresses: number }> = {
  few: { title: "", addresses: 100 },
  many: { title: ", 20,000 addresses", addresses: 20_000 },
  every: { title: ", every operation", addresses: 20_000 },
};

const nameOf = (subject: Subject, size: number, kind: Kind = "few"): string => `${subject.name}, ${size}${KINDS[kind].title}`;

function shots(paths: string[], base: string, addresses: number): Shot[] {
  const asked = serverIds(addresses).map((id, index) => samsungPost(base + (paths[index % paths.length] ?? "").replace("{server_id}", id)));
  return shuffle(asked, seeded(addresses));
}

function entrant(subject: Subject, size: number, contract: FlatContract, kind: Kind): Entrant {
  const { paths } = contract;
  const three = [0, Math.floor(paths.length / 2), paths.length - 1].flatMap((index) => paths[index] ?? []);
  const asked = shots(kind === "every" ? paths : three, BASES.get(subject) ?? "", KINDS[kind].addresses);
  const [probe] = asked;
  if (probe === undefined) throw new Error("A contract without operations.");
  const start = async (): ReturnType<Entrant["start"]> => {
    const port = await freePort();
    const command = subject.command({ root: contract.folder, document: contract.document, port, recorded: UNRECORDED });
    return { command, port: subject.prints ? "printed" : port };
  };
  return { name: nameOf(subject, size, kind), start, probe, tracks: deal(asked) };
}

/** Prints a table; fails the bench where our mock is slower with a large contract. */
export async function benchFlat(root: string, rounds: number, log: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "latch-flat-"));
  try {
    log("Contracts of 3 to 2,000 operations: a POST to three of them, or to every one");
    const contracts = SIZES.map((size) => ({ size, contract: writeFlat(root, join(folder, String(size)), size) }));
    const [small = 0, large = 0] = [SIZES[0], SIZES.at(-1)];
    const entrants = contracts.flatMap(({ size, contract }) => [
      ...[...BASES.keys()].map((subject) => entrant(subject, size, contract, "few")),
      ...(size === small || size === large ? [entrant(LATCH, size, contract, "many")] : []),
      ...(size === large ? [entrant(LATCH, size, contract, "every")] : []),
    ]);
    const results = await race(entrants, { root, rounds, log });
    for (const line of table(results, [nameOf(LATCH, small), nameOf(PRISM, small)])) log(line);
    const left = (of: Kind, beside: Kind): number =>
      best(results.get(nameOf(LATCH, large, of))) / best(results.get(nameOf(LATCH, small, beside)));
    for (const kind of ["few", "many"] as const) {
      const flat = left(kind, kind) >= WITHIN;
      if (!flat) process.exitCode = 1;
      const said = `${(100 * left(kind, kind)).toFixed(0)} % of its rate with ${small}: ${flat ? "flat" : "NOT FLAT"}`;
      log(`best rounds: latch mock with ${large} operations, ${KINDS[kind].addresses.toLocaleString("en")} addresses: ${said}`);
    }
    // Not held against it: the instructions are the same, but what they need is never still in the processor's cache.
    log(`best rounds: every one of ${large} operations, beside ${small}: ${(100 * left("every", "many")).toFixed(0)} %`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** From the start of a server to its first answer and to that of every contract, and the memory it holds then and after 10,000 requests. */
import { join } from "node:path";
import { median, seconds } from "./measure.ts";
import { rssMegabytes } from "./mock-process.ts";
import { everyContract, lockHuawei, locks } from "./mock-requests.ts";
import { seeded, shuffle } from "./mock-rounds.ts";
import { whole } from "./mock-table.ts";
import { SCENARIOS } from "./mock-scenarios.ts";
import { freePort, launch, load } from "./mock-server.ts";
import { latch, LATCH, SUBJECTS, UNRECORDED, type Subject } from "./mock-subjects.ts";
import { ask } from "./mock-wire.ts";

const REQUESTS = 10_000;

interface Start {
  /** Milliseconds to the first answer, and to the last of the ten contracts'. */
  first: number;
  all?: number;
  /** MB after that, and after the load. */
  rss: number;
  loaded: number;
}

interface Starter extends Subject {
  /** It serves all ten contracts, not one document. */
  ten: boolean;
}

/** Any answer of the contract will do, such as that a version has expired: it shows that the contract is there. */
async function askAll(port: number): Promise<void> {
  for (const { request } of everyContract) {
    const { status, body } = await ask(port, request);
    if (status >= 500 || status === 404) throw new Error(`${status} to ${request.split("\r\n")[0]}: ${body.toString().slice(0, 300)}`);
  }
}

async function measure(root: string, starter: Starter): Promise<Start> {
  const port = await freePort();
  const [scenario] = SCENARIOS;
  if (scenario === undefined) throw new Error("There are no scenarios.");
  const base = starter.base(scenario);
  const document = join(root, "generated", scenario.contract, "openapi.yaml");
  const command = starter.command({ root, document, port, recorded: UNRECORDED });
  const server = await launch(command, starter.prints ? "printed" : port, lockHuawei(base), root);
  try {
    const begun = performance.now();
    if (starter.ten) await askAll(server.port);
    const all = server.millis + performance.now() - begun;
    const rss = rssMegabytes(server.pid);
    const plan = { port: server.port, pid: server.pid, tracks: locks(base), warm: 0, until: { requests: REQUESTS } };
    return { first: server.millis, ...(starter.ten && { all }), rss, loaded: (await load(plan)).rss };
  } finally {
    await server.stop();
  }
}

function starters(root: string): Starter[] {
  const built = { ...LATCH, name: "latch mock, ten contracts", ten: true };
  const sources = { ...built, name: "the same, from sources", command: () => latch("scripts/latch.ts", root) };
  const others = SUBJECTS.filter((subject) => !subject.name.startsWith(LATCH.name)).map((subject) => ({ ...subject, ten: false }));
  return [built, sources, ...others];
}

/** Prints a table: latch serves its ten contracts, a peer one document. */
export async function benchContracts(root: string, rounds: number, log: (line: string) => void): Promise<void> {
  log(`Start to the first answer on one core, and memory; latch with ten contracts, the others with huawei-ecs-native@v2.1 alone`);
  const entrants = starters(root);
  const results = new Map<string, Start[]>(entrants.map(({ name }) => [name, []]));
  const random = seeded(10);
  for (let round = 1; round <= rounds; round++) {
    for (const entrant of shuffle(entrants, random)) {
      try {
        results.get(entrant.name)?.push(await measure(root, entrant));
      } catch (error) {
        results.delete(entrant.name);
        process.exitCode = 1;
        log(`  FAILED   ${entrant.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  const line = (name: string, ...cells: string[]): string => [name.padEnd(26), ...cells.map((cell) => cell.padStart(14))].join("");
  log(line("median of the rounds", "first answer", "all ten", "RSS MB", "after 10,000"));
  for (const [name, starts] of results) {
    const middle = (of: (start: Start) => number | undefined): number => median(starts.flatMap((start) => of(start) ?? []));
    const all = middle((start) => start.all);
    const ten = Number.isNaN(all) ? "" : seconds(all);
    log(line(name, seconds(middle(({ first }) => first)), ten, whole(middle(({ rss }) => rss)), whole(middle(({ loaded }) => loaded))));
  }
}

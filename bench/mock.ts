/** The mock beside its peers: the same requests to everybody, one scenario at a time. */
import { join } from "node:path";
import { badRequests, showHuawei, serverIds } from "./mock-requests.ts";
import { race, type Entrant } from "./mock-rounds.ts";
import { table } from "./mock-table.ts";
import type { Scenario } from "./mock-scenarios.ts";
import { freePort, launch, type Running } from "./mock-server.ts";
import { BARE, LATCH, PRISM, SUBJECTS, UNRECORDED, type Subject } from "./mock-subjects.ts";
import type { Recorded } from "./peers/peer.ts";
import { ask, type Answer } from "./mock-wire.ts";

/** Headers of one message or one connection: whoever repeats the answer says them itself. */
const OWN = new Set(["date", "connection", "keep-alive", "content-length", "transfer-encoding"]);

const headersOf = ({ head }: Answer): Record<string, string> =>
  Object.fromEntries(
    head
      .split("\r\n")
      .slice(1)
      .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()] as const)
      .filter(([name]) => !OWN.has(name)),
  );

const begin =
  (root: string, subject: Subject, scenario: Scenario, recorded: Recorded) =>
  async (): Promise<{ command: string[]; port: number | "printed" }> => {
    const port = await freePort();
    const document = join(root, "generated", scenario.contract, "openapi.yaml");
    return { command: subject.command({ root, document, port, recorded }), port: subject.prints ? "printed" : port };
  };

async function start(root: string, subject: Subject, scenario: Scenario, recorded: Recorded): Promise<Running> {
  const { command, port } = await begin(root, subject, scenario, recorded)();
  return launch(command, port, scenario.probe(subject.base(scenario)), root);
}

/** What our mock answers to the scenario's first request: the servers without a document give the same. */
async function record(root: string, scenario: Scenario): Promise<Recorded> {
  const server = await start(root, LATCH, scenario, UNRECORDED);
  try {
    const base = LATCH.base(scenario);
    const answer = await ask(server.port, scenario.probe(base).request);
    const huawei = scenario.contract.startsWith("huawei");
    const shown = huawei ? (await ask(server.port, showHuawei(base, serverIds(1)[0] ?? "").request)).body.toString() : "";
    return { status: answer.status, headers: headersOf(answer), body: answer.body.toString(), shown };
  } finally {
    await server.stop();
  }
}

/** What a server says to requests that the contract forbids: who refuses nothing has less to do. */
async function refusals(root: string, subject: Subject, scenario: Scenario, recorded: Recorded): Promise<string> {
  const server = await start(root, subject, scenario, recorded);
  try {
    const told: string[] = [];
    for (const { kind, request } of badRequests(subject.base(scenario), scenario.contract)) {
      told.push(`${kind} ${(await ask(server.port, request)).status}`);
    }
    return told.join(", ");
  } finally {
    await server.stop();
  }
}

/** Prints a line per measurement and a table. A wrong status anywhere fails the bench. */
export async function benchScenario(root: string, scenario: Scenario, rounds: number, log: (line: string) => void): Promise<void> {
  log(`${scenario.title} (${scenario.contract}), 32 connections, server on one core, load on the other`);
  const recorded = await record(root, scenario);
  const entrants: Entrant[] = [];
  for (const subject of SUBJECTS) {
    const reason = subject.declines?.(scenario);
    if (reason !== undefined) log(`  left out  ${subject.name.padEnd(24)} ${reason}`);
    else {
      const base = subject.base(scenario);
      log(`  checks    ${subject.name.padEnd(24)} ${await refusals(root, subject, scenario, recorded).catch(String)}`);
      const entrant = { name: subject.name, start: begin(root, subject, scenario, recorded) };
      entrants.push({ ...entrant, probe: scenario.probe(base), tracks: scenario.tracks(base) });
    }
  }
  const results = await race(entrants, { root, rounds, log });
  for (const line of table(results, [PRISM.name, BARE.name])) log(line);
}

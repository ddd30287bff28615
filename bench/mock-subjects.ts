/** Who is measured, and how each is started at its best: production mode, no log, validation on where it has one. */
import { join } from "node:path";
import { ROOT } from "../scripts/root.ts";
import type { Recorded } from "./peers/peer.ts";
import type { Scenario } from "./mock-scenarios.ts";

export interface Where {
  /** The repository whose contracts are served. */
  root: string;
  /** Absolute path of the bundle. */
  document: string;
  port: number;
  recorded: Recorded;
}

export interface Subject {
  name: string;
  /** What Node runs: a file and its arguments. */
  command(where: Where): string[];
  /** It chooses a port itself and prints it. */
  prints?: true;
  /** The path in front of the contract's. */
  base(scenario: Scenario): string;
  /** Why it takes no part, where it does not. */
  declines?(scenario: Scenario): string | undefined;
}

const peer = (name: string, { document, port, recorded }: Where, ...more: string[]): string[] => [
  join(ROOT, "bench/peers", `${name}.ts`),
  String(port),
  document,
  JSON.stringify(recorded),
  ...more,
];
const stateless = ({ stateful }: Scenario): string | undefined =>
  stateful ? "it answers from the document and remembers nothing" : undefined;

/** For who does not need an answer of ours. */
export const UNRECORDED: Recorded = { status: 202, headers: {}, body: "", shown: "" };

const atRoot = (): string => "";

/** As a user starts it. @param entry the command line, as it stands in the sources or as `npm run build` leaves it */
export const latch = (entry: string, root: string): string[] => [join(ROOT, entry), "-C", root, "mock", "--port", "0", "--quiet"];

/** What the package ships and `npx latch` runs; `needBuilt` makes it. */
export const BUILT = "dist/scripts/latch.js";

export const LATCH: Subject = {
  name: "latch mock",
  prints: true,
  command: ({ root }) => latch(BUILT, root),
  base: ({ prefix }) => prefix.latch,
};

/** As little as the peers do: every lock is answered, none is remembered. */
const FORGETFUL: Subject = {
  ...LATCH,
  name: "latch mock --stateless",
  command: (where) => [...LATCH.command(where), "--stateless"],
  declines: ({ stateful }) => (stateful ? "it was told to remember nothing" : undefined),
};

export const PRISM: Subject = {
  name: "prism mock",
  // With NODE_ENV=production it would fork a second process for its log, which has to share the core: off.
  command: ({ document, port }) => [
    join(ROOT, "node_modules/@stoplight/prism-cli/dist/index.js"),
    ...["mock", document, "--port", String(port), "--verboseLevel", "silent", "--multiprocess", "false"],
  ],
  base: atRoot,
  declines: stateless,
};

export const BARE: Subject = {
  name: "bare node:http",
  command: (where) => peer("bare", where),
  base: atRoot,
  declines: stateless,
};

export const SUBJECTS: Subject[] = [
  LATCH,
  FORGETFUL,
  PRISM,
  { name: "mockoon", command: (where) => peer("mockoon", where), base: ({ prefix }) => prefix.servers, declines: stateless },
  { name: "scalar mock-server", command: (where) => peer("scalar", where), base: atRoot, declines: stateless },
  { name: "openapi-backend", command: (where) => peer("openapi-backend", where), base: atRoot, declines: stateless },
  { name: "fastify, by hand", command: (where) => peer("fastify", where), base: atRoot, declines: stateless },
  { name: "fastify, by hand, state", command: (where) => peer("fastify", where, "state"), base: atRoot },
  BARE,
];

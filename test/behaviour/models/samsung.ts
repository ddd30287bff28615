/**
 * Samsung Virtual Server, read a second time: from the fact sheet (lock semantics, section 4's states, section 5's errors) and the
 * README's questions, without the table.
 */
import fc from "fast-check";
import type { Json } from "../../../mock/state/types.ts";
import type { CallStep, Model, Prediction, SeedFile, Step } from "../model.ts";

type Word = "ACTIVE" | "SHUTOFF" | "ERROR" | "gone";

interface Server {
  id: string;
  name: string;
  account: string;
  partition: number;
  state: Word;
  locked: boolean;
  /** What was accepted, and what the server is when it is done; a reboot leaves it as it was. */
  pending?: { becomes: Word; at: number };
}

export type SamsungState = Record<string, Server>;

/** Q17: no source times a change. */
const SETTLES_MS = 3000;

/** The first part of the name of each permission; the second is always the same. */
const VERBS: Record<string, string> = {
  showServer: "Show",
  lockServer: "Lock",
  unlockServer: "Unlock",
  startServer: "Start",
  stopServer: "Stop",
  rebootServer: "Reboot",
  deleteServer: "Delete",
};

const permissionOf = (call: string): string | undefined => {
  const verb = VERBS[call];
  return verb === undefined ? undefined : `virtualserver:${verb}VirtualServer`;
};

const SEED = {
  callers: {
    open: { accessKey: "EXAMPLE-KEY-OPEN" },
    visitor: { accessKey: "EXAMPLE-KEY-VISITOR", policy: ["virtualserver:UnlockVirtualServer", "iam:*"] },
    operator: {
      accessKey: "EXAMPLE-KEY-OPERATOR",
      policy: ["virtualserver:Show*", "virtualserver:LockVirtualServer", "*:StopVirtualServer"],
    },
  },
  servers: {
    database: { api: "samsung-virtualserver", id: "2a9be312-5d4b-4bc8-b2ae-35100fa9241f", name: "order-database", partition: 3 },
    web: {
      api: "samsung-virtualserver",
      id: "7d0c4f1e-0b57-4a7e-9c35-c2d1a9e8f604",
      name: "web <1>",
      state: "SHUTOFF",
      locked: true,
      account: "0123456789abcdef0123456789abcdef",
    },
    broken: { api: "samsung-virtualserver", id: "11111111-2222-4333-8444-555555555555", name: "broken", state: "ERROR" },
  },
} satisfies SeedFile;

/** What the policies grant, spelled out. */
const GRANTED: Record<string, string[]> = { operator: ["showServer", "lockServer", "stopServer"], visitor: ["unlockServer"] };

const KEYS: Record<string, string> = {
  open: SEED.callers.open.accessKey,
  operator: SEED.callers.operator.accessKey,
  visitor: SEED.callers.visitor.accessKey,
  stranger: "EXAMPLE-KEY-OF-NOBODY",
};

/** Two that are not there: one of the right form, one of another. */
const IDS: Record<string, string> = {
  database: SEED.servers.database.id,
  web: SEED.servers.web.id,
  broken: SEED.servers.broken.id,
  missing: "99999999-9999-4999-8999-999999999999",
  malformed: "order-database",
};

const PATHS: Record<string, [method: string, path: string]> = {
  showServer: ["GET", ""],
  deleteServer: ["DELETE", ""],
  lockServer: ["POST", "/lock"],
  unlockServer: ["POST", "/unlock"],
  startServer: ["POST", "/start"],
  stopServer: ["POST", "/stop"],
  rebootServer: ["POST", "/reboot"],
};

/** Lock and state both give a 409 of the same code: only the documented text tells them apart. */
const blocked: Prediction = { status: 409, example: "blocked-by-lock" };
const wrongState: Prediction = { status: 409, example: "wrong-state" };

const fault = (status: number, code: string): { status: number; shows: Record<string, string | number> } => ({
  status,
  shows: { "/errors/0/code": code, "/errors/0/status": status },
});

function settled(server: Server, now: number): Server {
  const { pending, ...rest } = server;
  return pending && now >= pending.at ? { ...rest, state: pending.becomes } : server;
}

/** What a call that passed caller, permission, server and lock makes of the server; undefined where its state forbids it. */
function changed(call: string, server: Server, now: number): Server | undefined {
  const later = (becomes: Word): Server => ({ ...server, pending: { becomes, at: now + SETTLES_MS } });
  if (call === "deleteServer") return server.pending?.becomes === "gone" ? server : later("gone");
  if (server.pending) return undefined;
  if (call === "startServer") return server.state === "SHUTOFF" ? later("ACTIVE") : undefined;
  if (call === "stopServer") return server.state === "ACTIVE" ? later("SHUTOFF") : undefined;
  return server.state === "ACTIVE" ? later("ACTIVE") : undefined;
}

/** Version 1.0 has all of it but the partition. */
function shown({ id, name, account, partition, state, locked }: Server, version: Json | undefined): Prediction {
  const shows = { "/id": id, "/name": name, "/account_id": account, "/state": state, "/locked": locked };
  return { status: 200, shows: { ...shows, "/partition_number": version === "1.0" ? undefined : partition } };
}

const DAY_MS = 86_400_000;
/** 2.1: the versions that end, in the order of the list, with what the page calls them. */
const ENDING: [id: string, status: string, day: string][] = [
  ["v1.2", "SUPPORTED", "2026-08-31"],
  ["v1.1", "DEPRECATED", "2026-05-31"],
  ["v1.0", "DEPRECATED", "2025-12-31"],
];

/** 2.1 and 2.4: a version whose day has come is gone, one with fewer than 90 days is DEPRECATED; by one question, the gone are not listed. */
function listed(now: number): Record<string, Json | undefined> {
  const left = ENDING.map(([id, status, day]) => ({ id, status, days: (Date.parse(day) - now) / DAY_MS })).filter(({ days }) => days > 0);
  const shown = left.map(({ id, status, days }) => ({ id, status: days < 90 ? "DEPRECATED" : status }));
  const all = [{ id: "v1.3", status: "CURRENT" }, ...shown];
  const shows = all.flatMap(({ id, status }, at) => [
    [`/versions/${at}/id`, id],
    [`/versions/${at}/status`, status],
  ]);
  return { ...Object.fromEntries(shows), [`/versions/${all.length}`]: undefined };
}

function answer(server: Server, { call, how }: CallStep, now: number): { server: Server; prediction: Prediction } {
  if (call === "showServer") return { server, prediction: shown(server, how["version"]) };
  if (call === "lockServer" || call === "unlockServer")
    return { server: { ...server, locked: call === "lockServer" }, prediction: { status: 202 } };
  if (server.locked) return { server, prediction: blocked };
  const next = changed(call, server, now);
  return next ? { server: next, prediction: { status: 202 } } : { server, prediction: wrongState };
}

function predict(state: SamsungState, step: CallStep, now: number): { state: SamsungState; prediction: Prediction } {
  const { call, who, target } = step;
  if (who === "stranger") return { state, prediction: { status: 401, example: "wrong-signature" } };
  if (call === "listVersions") return { state, prediction: { status: 200, shows: listed(now) } };
  if (GRANTED[who]?.includes(call) === false) {
    const { status, shows } = fault(403, "Forbidden");
    return { state, prediction: { status, shows: { ...shows, "/errors/0/response/action_name": permissionOf(call) } } };
  }
  const found = state[target];
  const server = found && settled(found, now);
  if (!server || server.state === "gone") return { state, prediction: { ...fault(404, "NotFound"), holds: [IDS[target] ?? ""] } };
  const result = answer(server, step, now);
  return { state: { ...state, [target]: result.server }, prediction: result.prediction };
}

/** One server, whichever version it is asked in; without the header the CURRENT one answers. */
const VERSIONS = ["1.0", "1.1", "1.2", "1.3"];

const call = (): fc.Arbitrary<CallStep> =>
  fc
    .record({
      call: fc.constantFrom(...Object.keys(VERBS), "showServer", "unlockServer", "stopServer", "startServer", "listVersions"),
      who: fc.constantFrom("open", "open", "open", "open", "open", "operator", "visitor", "stranger"),
      target: fc.constantFrom("database", "database", "web", "web", "broken", "missing", "malformed"),
      version: fc.constantFrom(null, null, "1.3", "1.3", ...VERSIONS),
      type: fc.constantFrom("SOFT", "HARD"),
    })
    .map(({ version, type, ...rest }) => {
      // The list of versions is the product's: no version of it can be chosen.
      const answers = rest.call === "listVersions" ? "1.3" : (version ?? "1.3");
      return { kind: "call", contract: `samsung-virtualserver@v${answers}`, ...rest, how: { version, type } };
    });

const wait = (): fc.Arbitrary<Step> =>
  fc.record({ kind: fc.constant("advance"), ms: fc.constantFrom(1, 1000, SETTLES_MS - 1, SETTLES_MS, 60_000) });

export const samsung: Model<SamsungState> = {
  name: "Samsung Virtual Server",
  contracts: VERSIONS.map((version) => `samsung-virtualserver@v${version}`),
  seed: SEED,
  strict: true,
  initial: () => {
    const { database, web, broken } = SEED.servers;
    // What a seed file leaves out is as the documented sample of a server has it.
    const usual = { account: "a8f10467abfc4b87b64614ab36eb9ae4", partition: 2, locked: false };
    return {
      database: { ...usual, id: database.id, name: database.name, partition: database.partition, state: "ACTIVE" },
      web: { ...usual, id: web.id, name: web.name, account: web.account, state: "SHUTOFF", locked: true },
      broken: { ...usual, id: broken.id, name: broken.name, state: "ERROR" },
    };
  },
  steps: () => fc.oneof({ weight: 5, arbitrary: call() }, { weight: 1, arbitrary: wait() }),
  request: (step) => {
    const [method, path] = PATHS[step.call] ?? ["GET", ""];
    const url =
      step.call === "listVersions" ? "/samsung-virtualserver/" : `/samsung-virtualserver/v1/servers/${IDS[step.target] ?? ""}${path}`;
    const headers = {
      "scp-accesskey": KEYS[step.who] ?? "",
      "scp-signature": "ZXhhbXBsZQ==",
      "scp-timestamp": "1605290625682",
      "scp-clienttype": "Openapi",
      ...(typeof step.how["version"] === "string" && { "scp-api-version": `virtualserver ${step.how["version"]}` }),
    };
    if (step.call !== "rebootServer") return { method, url, headers };
    const body = JSON.stringify({ reboot_type: step.how["type"] ?? "SOFT" });
    return { method, url, headers: { ...headers, "content-type": "application/json" }, body };
  },
  predict,
};

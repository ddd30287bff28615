/** Whose a server is that nobody named: of the first who gets to it, with a read too. */
import { describe, expect, test } from "vitest";
import type { EngineOptions } from "../../mock/engine.ts";
import { createMemoryStore } from "../../mock/store/memory.ts";
import { StoreFull, type Store } from "../../mock/store/types.ts";
import { ask } from "../mock/harness.ts";
import { ID, PROJECT, scene } from "./engine.ts";

const ELSEWHERE = "0d1e2f3a4b5c4d6e8f90a1b2c3d4e5f6";
const callers = { ops: { project: PROJECT }, root: { project: ELSEWHERE, admin: true }, stranger: { project: ELSEWHERE } };
const tokens = { OPS: "ops", ROOT: "root", STRANGER: "stranger" };
const locked = { "web-1": { api: "huawei-ecs-native", id: ID, locked: true, locked_by: "owner" } };

/** `ops lock` under the caller's own URL; `ops GET` reads. */
function play(options: EngineOptions = {}) {
  const { engine } = scene({ seedFile: { callers, tokens }, ...options });
  return async (line: string): Promise<number> => {
    const [who = "", what = ""] = line.split(" ");
    const url = `/huawei-ecs-native/v2.1/${who === "ops" ? PROJECT : ELSEWHERE}/servers/${ID}`;
    const headers = { "X-Auth-Token": who.toUpperCase() };
    if (what === "GET") return (await ask(engine, `GET ${url}`, { headers })).status;
    const body = JSON.stringify({ [what]: null });
    return (await ask(engine, `POST ${url}/action`, { headers: { ...headers, "Content-Type": "application/json" }, body })).status;
  };
}

async function expectStatuses(tell: (line: string) => Promise<number>, steps: [line: string, status: number][]): Promise<void> {
  const told: [string, number][] = [];
  for (const [line] of steps) told.push([line, await tell(line)]);
  expect(told).toEqual(steps);
}

/** Every answer a promise, and what is read is never what was written. */
function remote(): Store & { swaps: number } {
  const memory = createMemoryStore();
  const store: Store & { swaps: number } = {
    ...memory,
    local: false,
    swaps: 0,
    read: async (world, key) => memory.read(world, key),
    swap: async (world, key, seen, next) => {
      store.swaps++;
      return memory.swap(world, key, seen, next);
    },
  };
  return store;
}

describe.each([
  ["in memory", () => createMemoryStore()],
  ["far away", () => remote()],
])("%s", (_, createStore) => {
  test("an administrator of another project who comes later is not its owner", async () => {
    await expectStatuses(play({ store: createStore() }), [
      ["ops GET", 200],
      ["root lock", 202],
      ["ops unlock", 403],
      ["root unlock", 202],
      ["ops unlock", 202],
    ]);
  });
  test("nor of a server that the seed file names without a project", async () => {
    await expectStatuses(play({ store: createStore(), seedFile: { callers, tokens, servers: locked } }), [
      ["ops GET", 200],
      ["root lock", 202],
      ["ops unlock", 403],
    ]);
  });
  test.each([["ops unlock"], ["ops GET"]])("after %s it is not there for a member of another project", async (line) => {
    await expectStatuses(play({ store: createStore() }), [
      [line, line.endsWith("GET") ? 200 : 202],
      ["stranger lock", 404],
      ["stranger GET", 404],
      ["ops lock", 202],
    ]);
  });
  test("a conflict is a touch", async () => {
    await expectStatuses(play({ store: createStore() }), [
      ["ops os-start", 409],
      ["stranger GET", 404],
    ]);
  });
});

test("whoever is refused before the server has not touched it", async () => {
  const seedFile = { callers: { ...callers, stranger: { project: ELSEWHERE, policy: [] } }, tokens };
  await expectStatuses(play({ seedFile }), [
    ["stranger GET", 403],
    ["ops lock", 202],
    ["root unlock", 202],
  ]);
});

test("only the first touch is written", async () => {
  const store = remote();
  const tell = play({ store });
  for (const line of ["ops GET", "ops GET", "ops unlock", "ops GET"]) await tell(line);
  expect(store.swaps).toBe(1);
});

test("where the seed file says the project, a read writes nothing", async () => {
  const store = remote();
  const servers = { "web-1": { ...locked["web-1"], project: PROJECT } };
  expect(await play({ store, seedFile: { callers, tokens, servers } })("ops GET")).toBe(200);
  expect(store.swaps).toBe(0);
});

test.each([
  ["at once", (): never => full()],
  ["later", async (): Promise<never> => full()],
])("a full store, which says so %s, refuses changes and no reads", async (_, swap) => {
  const tell = play({ store: { ...createMemoryStore(), local: false, swap } });
  await expectStatuses(tell, [
    ["ops GET", 200],
    ["ops unlock", 202],
  ]);
  await expect(tell("ops lock")).rejects.toThrow(StoreFull);
});

function full(): never {
  throw new StoreFull("The store is full");
}

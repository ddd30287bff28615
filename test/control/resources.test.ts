/** One resource: as the table declares it, as time has left it. */
import { describe, expect, test } from "vitest";
import { createMemoryStore } from "../../mock/store/memory.ts";
import type { Store } from "../../mock/store/types.ts";
import { NOON, openRoom, type Room } from "./room.ts";
import { OTHER, SERVER } from "./tables.ts";

const HERE = `/resources/huawei/${SERVER}`;

/** What a call of the vendor's API would have left behind: a stop that takes three seconds. */
async function stopping(room: Room): Promise<void> {
  const aggregate = {
    fields: { vm_state: "active", task_state: "powering-off", locked: false },
    timers: [{ name: "power", at: NOON + 3000, when: { task_state: "powering-off" }, set: { vm_state: "stopped", task_state: null } }],
    jobs: [{ id: "j1", type: "stopServer", begun: NOON, runs: NOON + 1000, ends: NOON + 2000, outcomes: [] }],
    tokens: {},
    serial: 3,
  };
  await room.store.swap("default", `huawei/${SERVER}`, undefined, aggregate);
}

test("one that was never touched is as a first touch would make it, and is not written", async () => {
  const room = openRoom();
  expect((await room.ask(`GET ${HERE}`)).json).toEqual({
    space: "huawei",
    id: SERVER,
    fields: { project: null, vm_state: "active", task_state: null, locked: false, image: null },
    derived: { status: "ACTIVE", busy: false, power: 1 },
    timers: [],
    jobs: [],
    tokens: {},
    serial: 0,
  });
  expect((await room.ask("GET /resources/oracle-ecb/-")).json).toMatchObject({
    id: "-",
    fields: { holder: null },
    derived: { configuration: "free" },
  });
  expect((await room.ask("GET /worlds")).json).toEqual({ worlds: ["default"] });
  expect(room.store.entries("default")).toEqual({});
});

test("is found in upper and lower case", async () => {
  const room = openRoom();
  await room.ask(`PUT /resources/huawei/${SERVER.toUpperCase()}`, { fields: { locked: true } });
  expect((await room.ask(`GET ${HERE}`)).json).toMatchObject({ id: SERVER, fields: { locked: true } });
});

test("time has passed for it, and what is due is seen", async () => {
  const room = openRoom();
  await stopping(room);
  expect((await room.ask(`GET ${HERE}`)).json).toMatchObject({
    fields: { task_state: "powering-off" },
    derived: { busy: true },
    timers: [{ name: "power", at: "2026-08-01T12:00:03.000Z" }],
    jobs: [{ id: "j1", runs: "2026-08-01T12:00:01.000Z", ends: "2026-08-01T12:00:02.000Z" }],
  });
  await room.ask("POST /clock/advance", { by: "PT3S" });
  expect((await room.ask(`GET ${HERE}`)).json).toMatchObject({
    fields: { vm_state: "stopped", task_state: null },
    derived: { status: "SHUTOFF", busy: false },
    timers: [],
    jobs: [{ id: "j1", result: "success" }],
  });
});

test("PATCH sets some fields, and leaves what is to come", async () => {
  const room = openRoom();
  await stopping(room);
  expect((await room.ask(`PATCH ${HERE}`, { fields: { locked: true } })).json).toMatchObject({
    fields: { locked: true, task_state: "powering-off" },
    timers: [{ name: "power" }],
    serial: 3,
  });
  await room.ask("POST /clock/advance", { by: "PT3S" });
  expect((await room.ask(`PATCH ${HERE}`, { fields: { image: "i-1" } })).json).toMatchObject({
    fields: { locked: true, vm_state: "stopped", task_state: null, image: "i-1" },
    timers: [],
  });
});

test("what was never set is left to a first touch", async () => {
  const room = openRoom();
  await room.ask(`PATCH ${HERE}`, { fields: { locked: true } });
  expect((await room.store.read("default", `huawei/${SERVER}`))?.["fields"]).toEqual({ locked: true });
});

test("PUT begins anew, and counts on", async () => {
  const room = openRoom();
  await stopping(room);
  expect((await room.ask(`PUT ${HERE}`, { fields: { vm_state: "stopped" } })).json).toMatchObject({
    fields: { vm_state: "stopped", task_state: null, locked: false },
    timers: [],
    jobs: [],
    serial: 3,
  });
});

test("a deleted one is not there, until it is set", async () => {
  const room = openRoom();
  await stopping(room);
  expect((await room.ask(`DELETE ${HERE}`)).status).toBe(204);
  expect(await room.store.read("default", `huawei/${SERVER}`)).toMatchObject({ deleted: true, timers: [], serial: 3 });
  for (const method of ["GET", "DELETE"]) expect((await room.ask(`${method} ${HERE}`)).status).toBe(404);
  expect((await room.ask(`PATCH ${HERE}`, { fields: {} })).status).toBe(404);
  expect((await room.ask(`PUT ${HERE}`, { fields: {} })).status).toBe(200);
  expect((await room.ask(`GET ${HERE}`)).json).toMatchObject({ fields: { vm_state: "active" }, serial: 3 });
});

test("the one of a world cannot go: it begins anew", async () => {
  const room = openRoom();
  await room.ask("PUT /resources/oracle-ecb/-", { fields: { holder: "token" } });
  expect((await room.ask("GET /resources/oracle-ecb/-")).json).toMatchObject({ derived: { configuration: "locked" } });
  expect((await room.ask("DELETE /resources/oracle-ecb/-")).status).toBe(204);
  expect((await room.ask("GET /resources/oracle-ecb/-")).json).toMatchObject({ fields: { holder: null } });
});

describe("a seed file", () => {
  const seed = { callers: {}, tokens: {}, resources: { huawei: { [SERVER]: { vm_state: "stopped", project: "p1" } } } };

  test("says how a resource begins", async () => {
    expect((await openRoom({ seed }).ask(`GET ${HERE}`)).json).toMatchObject({
      fields: { vm_state: "stopped", project: "p1", locked: false },
    });
  });

  test("says with strict what there is; another one can be set", async () => {
    const room = openRoom({ seed, strict: true });
    expect((await room.ask(`GET ${HERE}`)).status).toBe(200);
    for (const line of [`GET /resources/huawei/${OTHER}`, "GET /resources/oracle-ecb/-"]) expect((await room.ask(line)).status).toBe(404);
    expect((await room.ask(`PATCH /resources/huawei/${OTHER}`, { fields: {} })).status).toBe(404);
    // Nobody says how it begins: what was not set is not known.
    expect((await room.ask(`PUT /resources/huawei/${OTHER}`, { fields: { locked: true } })).json).toMatchObject({
      fields: { locked: true, vm_state: null },
    });
  });
});

test("a change is tried again when somebody else was faster, and nothing is lost", async () => {
  const memory = createMemoryStore();
  let rivals = 5;
  const store: Store = {
    ...memory,
    swap(world, key, seen, next) {
      if (rivals-- > 0) {
        const fields = { image: `rival ${rivals}` };
        memory.swap(world, key, seen, { fields, timers: [], jobs: [], tokens: {}, serial: 0 });
        return false;
      }
      return memory.swap(world, key, seen, next);
    },
  };
  const told = await openRoom({ store }).ask(`PATCH ${HERE}`, { fields: { locked: true } });
  expect(told.json).toMatchObject({ fields: { locked: true, image: "rival 0" } });
});

test("an entry that is no resource is not looked at", async () => {
  const room = openRoom();
  await room.store.swap("default", `huawei/${SERVER}`, undefined, { fields: null, timers: [], jobs: [], tokens: {}, serial: 0 });
  expect((await room.ask(`GET ${HERE}`)).json).toMatchObject({ fields: { vm_state: "active" } });
  expect((await room.ask("GET /state")).json).toMatchObject({ resources: [] });
});

describe("refuses", () => {
  test.each<[body: unknown, pointer: string, sentence: string, possible?: unknown[]]>([
    [
      { fields: { vm_state: "lost" } },
      "/fields/vm_state",
      'vm_state of a server cannot be "lost": choose from "active", "stopped", "resized", "error", "building"',
      ["active", "stopped", "resized", "error", "building"],
    ],
    [{ fields: { locked: "true" } }, "/fields/locked", 'locked of a server cannot be "true": choose from false, true', [false, true]],
    [
      { fields: { task_state: undefined, lockd: true } },
      "/fields/lockd",
      "A server of huawei has no field lockd: choose from project, vm_state, task_state, locked, image",
    ],
    [
      { fields: { status: "ACTIVE" } },
      "/fields/status",
      "status cannot be set, because it is derived from vm_state, task_state: choose from project",
    ],
    [{ fields: { "a/b~c": 1 } }, "/fields/a~1b~0c", "A server of huawei has no field a/b~c"],
    [{ fields: [] }, "/fields", "/fields is not an object"],
    [{}, "", "The body has to have the member fields"],
    [{ locked: true }, "/locked", "The body has no member locked: choose from fields"],
    [{ fields: {}, timers: [] }, "/timers", "Only fields are set here: leave out timers, or restore it with PUT /_latch/state"],
    [{ fields: {}, derived: {} }, "/derived", "Only fields are set here: leave out derived"],
  ])("%j", async (body, pointer, sentence, possible) => {
    for (const method of ["PUT", "PATCH"]) {
      const room = openRoom();
      const told = await room.ask(`${method} ${HERE}`, body);
      expect(told).toMatchObject({
        status: 400,
        json: { pointer, ...(possible && { possible }) },
        detail: expect.stringContaining(sentence),
      });
      expect(room.store.entries("default")).toEqual({});
    }
  });

  test("a contract without a table has no space", async () => {
    const told = await openRoom({ contracts: [] }).ask(`GET ${HERE}`);
    expect(told).toMatchObject({ status: 404, detail: "There is no space huawei: there is none", json: { possible: [] } });
  });
});

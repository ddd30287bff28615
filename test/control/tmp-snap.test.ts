/** A whole world: taken, changed, put back, and nothing of it in another one. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createMemoryStore } from "../../mock/store/memory.ts";
import type { Store } from "../../mock/store/types.ts";
import { isObject } from "../../scripts/document.ts";
import { NOON, openRoom } from "./room.ts";
import { anyWorld } from "./states.ts";
import { OTHER, SERVER } from "./tables.ts";

/** A store whose answers come later and as copies, as those of another process do. */
function distant(): Store {
  const memory = createMemoryStore();
  return {
    ...memory,
    local: false,
    read: async (...given) => memory.read(...given),
    swap: async (...given) => memory.swap(...given),
    entries: async (world) => structuredClone(await memory.entries(world)),
    replace: async (world, entries) => memory.replace(world, structuredClone(entries)),
    worlds: async () => memory.worlds(),
  };
}

test.each([
  ["in memory", createMemoryStore],
  ["far away", distant],
])("snapshot, change, restore: everything is as it was (%s)", async (_, create) => {
  let restored = 0;
  await fc.assert(
    fc.asyncProperty(anyWorld, anyWorld, async (first, second) => {
      const room = openRoom({ store: create() });
      await room.store.replace("mine", first);
      await room.store.replace("other", second);
      const [taken, other] = [await room.ask("GET /state", undefined, { world: "mine" }), await room.store.entries("other")];
      expect(taken.status).toBe(200);

      await room.ask(`PUT /resources/huawei/${SERVER}`, { fields: { locked: true } }, { world: "mine" });
      await room.ask("POST /clock/advance", { by: "PT1S" }, { world: "mine" });
      await room.ask("POST /faults", { delay: 1 }, { world: "mine" });
      expect(await room.ask("PUT /state", taken.text, { world: "mine" })).toMatchObject({ status: 204, detail: "" });

      expect((await room.ask("GET /state", undefined, { world: "mine" })).json).toEqual(taken.json);
      const { settings = {}, ...entries } = await room.store.entries("mine");
      const { settings: before = {}, ...rest } = first;
      expect(entries).toEqual(rest);
      // What was the server's seed is now said.
      expect(settings).toEqual({
        seed: "latch",
        ...before,
        ...(isObject(before["clock"]) && { clock: { ...before["clock"], at: expect.any(Number) } }),
      });

      // Under another name it is the same world, and nobody else has noticed anything.
      expect((await room.ask("PUT /state", taken.text, { world: "copy" })).status).toBe(204);
      expect((await room.ask("GET /state", undefined, { world: "copy" })).json).toEqual({ ...(taken.json as object), world: "copy" });
      expect(await room.store.entries("other")).toEqual(other);
      restored++;
    }),
    { numRuns: 3000 },
  );
  expect(restored).toBeGreaterThanOrEqual(150);
});

test("what is due has happened before a snapshot is taken, and a restored clock goes on", async () => {
  const room = openRoom();
  const timers = [{ name: "power", at: NOON + 3000, set: { vm_state: "stopped" } }];
  await room.store.swap("default", `huawei/${SERVER}`, undefined, {
    fields: { vm_state: "active" },
    timers,
    jobs: [],
    tokens: {},
    serial: 0,
  });
  await room.ask("PUT /clock", { now: "2026-08-01T12:00:00Z" });
  const { text } = await room.ask("GET /state");
  room.time.now += 60_000;
  expect((await room.ask("GET /state")).json).toMatchObject({
    resources: [{ fields: { vm_state: "stopped" }, derived: { status: "SHUTOFF" }, timers: [] }],
  });
  await room.ask("PUT /state", text);
  room.time.now += 2999;
  expect((await room.ask(`GET /resources/huawei/${SERVER}`)).json).toMatchObject({ fields: { vm_state: "active" } });
  room.time.now += 1;
  expect((await room.ask(`GET /resources/huawei/${SERVER}`)).json).toMatchObject({ fields: { vm_state: "stopped" } });
});

test("written by hand, the resources are enough", async () => {
  const room = openRoom();
  await room.ask("PUT /clock", { running: false });
  const jobs = [
    {
      id: "J1",
      type: "x",
      begun: "2026-08-01T11:00:00Z",
      runs: "2026-08-01T11:00:00Z",
      ends: "2026-08-01T11:00:00.5Z",
      outcomes: [{ fail: { code: "E", reason: "no" } }],
    },
  ];
  const resources = [
    { space: "huawei", id: SERVER.toUpperCase(), fields: { locked: true }, jobs, deleted: false },
    { space: "oracle-ecb", id: "-", fields: {} },
  ];
  expect((await room.ask("PUT /state", { resources })).status).toBe(204);
  expect((await room.ask("GET /state")).json).toEqual({
    world: "default",
    clock: { now: "2026-08-01T12:00:00.000Z", running: true, set: false },
    seed: "latch",
    faults: [],
    resources: [
      {
        ...{
          space: "huawei",
          id: SERVER,
          fields: { locked: true },
          derived: { status: "ACTIVE", busy: false, power: 1 },
          timers: [],
          tokens: {},
          serial: 0,
        },
        jobs: [
          {
            ...jobs[0],
            begun: "2026-08-01T11:00:00.000Z",
            runs: "2026-08-01T11:00:00.000Z",
            ends: "2026-08-01T11:00:00.500Z",
            result: "fail",
            code: "E",
            reason: "no",
          },
        ],
      },
      { space: "oracle-ecb", id: "-", fields: {}, derived: { configuration: "free" }, timers: [], jobs: [], tokens: {}, serial: 0 },
    ],
    jobs: [{ id: "J1", space: "huawei", resource: SERVER }],
  });
});

test("nothing at all makes a world that never was, like DELETE", async () => {
  const room = openRoom();
  await room.ask("PUT /seed", { seed: "x" }, { world: "mine" });
  await room.ask("PUT /seed", { seed: "y" }, { world: "yours" });
  await room.ask("PUT /state", { resources: [] }, { world: "mine" });
  expect((await room.ask("GET /worlds")).json).toEqual({ worlds: ["default", "yours"] });
  await room.ask("DELETE /state", undefined, { world: "yours" });
  expect((await room.ask("GET /worlds")).json).toEqual({ worlds: ["default"] });
});

test("resources of a server with other contracts are shown as they are kept", async () => {
  const room = openRoom();
  await room.store.swap("default", "elsewhere/", undefined, { fields: { x: 1 }, timers: [], jobs: [], tokens: {}, serial: 0 });
  const { json } = await room.ask("GET /state");
  expect(json).toMatchObject({ resources: [{ space: "elsewhere", id: "-", fields: { x: 1 }, derived: {} }] });
  expect(await room.ask("PUT /state", json)).toMatchObject({
    status: 400,
    detail: expect.stringContaining("There is no space elsewhere: choose from huawei"),
  });
});

describe("refuses, and changes nothing", () => {
  const one = { space: "huawei", id: SERVER, fields: {} };
  const job = {
    id: "j",
    type: "t",
    begun: "2026-08-01T00:00:00Z",
    runs: "2026-08-01T00:00:00Z",
    ends: "2026-08-01T00:00:00Z",
    outcomes: [] as unknown[],
  };
  const timer = { name: "t", at: "2026-08-01T00:00:00Z", set: {} };
  const withTimer = (more: object): object => ({ resources: [{ ...one, timers: [{ ...timer, ...more }] }] });
  const withJob = (more: object): object => ({ resources: [{ ...one, jobs: [{ ...job, ...more }] }] });

  test.each<[body: object, pointer: string, sentence: string]>([
    [{}, "", "The body has to have the member resources"],
    [{ resources: {} }, "/resources", "/resources is not a list"],
    [{ resources: [], worlds: [] }, "/worlds", "The body has no member worlds: choose from world, clock, seed, faults, resources, jobs"],
    [{ resources: [], seed: "" }, "/seed", "/seed is an empty text"],
    [{ resources: [], seed: "x".repeat(201) }, "/seed", "/seed has more than 200 characters"],
    [{ resources: [], seed: 7 }, "/seed", "/seed is not a text"],
    [{ resources: [], clock: { now: "noon" } }, "/clock/now", "/clock/now is not a date-time"],
    [{ resources: [], faults: [{ delay: 1 }] }, "/faults/0", "/faults/0 has to have the member id"],
    [{ resources: [], faults: [{ id: "a b", delay: 1 }] }, "/faults/0/id", "/faults/0/id is not 1 to 64 letters"],
    [
      {
        resources: [],
        faults: [
          { id: "a", delay: 1 },
          { id: "a", delay: 1 },
        ],
      },
      "/faults/1/id",
      "Two faults have the id a",
    ],
    [{ resources: [], faults: [{ id: "a", delay: 1, call: "noCall" }] }, "/faults/0/call", "There is no call noCall"],
    [{ resources: [null] }, "/resources/0", "/resources/0 is not an object"],
    [{ resources: [{ ...one, space: "aws" }] }, "/resources/0/space", "There is no space aws: choose from huawei"],
    [{ resources: [{ ...one, space: "constructor" }] }, "/resources/0/space", "There is no space constructor"],
    [{ resources: [{ ...one, id: "x" }] }, "/resources/0/id", "x is no key of a server: a key is like ^"],
    [{ resources: [{ ...one, id: "" }] }, "/resources/0/id", "/resources/0/id is an empty text"],
    [{ resources: [{ space: "oracle-ecb", id: "x", fields: {} }] }, "/resources/0/id", "There is one box per world, and its id is -"],
    [{ resources: [{ space: "samsung-virtualserver", id: "a\ud800", fields: {} }] }, "/resources/0/id", "half a character"],
    [{ resources: [{ space: "samsung-virtualserver", id: "a\nb", fields: {} }] }, "/resources/0/id", "control character"],
    [{ resources: [one, { ...one, id: SERVER.toUpperCase() }] }, "/resources/1/id", `Two resources of huawei have the id ${SERVER}`],
    [{ resources: [{ ...one, fields: { lockd: true } }] }, "/resources/0/fields/lockd", "A server of huawei has no field lockd"],
    [{ resources: [{ ...one, serial: -1 }] }, "/resources/0/serial", "/resources/0/serial is not a number from 0"],
    [{ resources: [{ ...one, serial: 2 ** 53 }] }, "/resources/0/serial", "/resources/0/serial is not a number from 0"],
    [{ resources: [{ ...one, deleted: 1 }] }, "/resources/0/deleted", "neither true nor false"],
    [{ resources: [{ ...one, derived: 1 }] }, "/resources/0/derived", "is not an object"],
    [{ resources: [{ ...one, tokens: { "a/b": {} } }] }, "/resources/0/tokens/a~1b", "has to have the member expires"],
    [
      { resources: [{ ...one, tokens: { a: { expires: "2026-08-01T00:00:00Z", caller: {} } } }] },
      "/resources/0/tokens/a/caller",
      "has to have the member admin",
    ],
    [{ resources: [{ ...one, items: [{ type: "t", attributes: [["a", "b"]] }] }] }, "/resources/0/items/0/attributes/0/1", "is not a list"],
    [
      { resources: [{ ...one, items: [{ type: "t", attributes: [["a", [], 1]] }] }] },
      "/resources/0/items/0/attributes/0",
      "is not a name and a list of its values",
    ],
    [withTimer({ at: 1 }), "/resources/0/timers/0/at", "is not a date-time"],
    [withTimer({ name: "" }), "/resources/0/timers/0/name", "/resources/0/timers/0/name is an empty text"],
    [withTimer({ set: { lockd: true } }), "/resources/0/timers/0/set/lockd", "A server of huawei has no field lockd"],
    [withTimer({ set: { status: "ACTIVE" } }), "/resources/0/timers/0/set/status", "status cannot be set"],
    [withTimer({ set: { locked: 1 } }), "/resources/0/timers/0/set/locked", "locked of a server cannot be 1"],
    [withTimer({ set: { locked: "$caller.shoe" } }), "/resources/0/timers/0/set/locked", "caller.shoe"],
    [withTimer({ when: { "caller.shoe": 1 } }), "/resources/0/timers/0/when", "caller.shoe"],
    [withTimer({ when: { "request.nothing": 1 } }), "/resources/0/timers/0/when", "request.nothing"],
    [withTimer({ when: { locked: { maybe: 1 } } }), "/resources/0/timers/0/when", "maybe"],
    [withTimer({ when: [] }), "/resources/0/timers/0/when", "is not an object"],
    [withTimer({ known: 1 }), "/resources/0/timers/0/known", "is not an object"],
    [withJob({ id: "a\u0000" }), "/resources/0/jobs/0/id", "control character"],
    [withJob({ result: "maybe" }), "/resources/0/jobs/0/result", "cannot be this: choose from success, fail"],
    [withJob({ outcomes: [{ fail: { code: "x" } }] }), "/resources/0/jobs/0/outcomes/0/fail", "has to have the member reason"],
    [withJob({ outcomes: [{ set: { lockd: 1 } }] }), "/resources/0/jobs/0/outcomes/0/set/lockd", "no field lockd"],
    [withJob({ outcomes: [{ when: { "no.thing": 1 } }] }), "/resources/0/jobs/0/outcomes/0/when", "no.thing"],
    [{ resources: [], jobs: [{ id: "j", space: "aws", resource: "-" }] }, "/jobs/0/space", "There is no space aws"],
    [{ resources: [], jobs: [{ id: "j", space: "huawei", resource: "-" }] }, "/jobs/0/resource", "- is no key of a server"],
  ])("%j", async (body, pointer, sentence) => {
    const room = openRoom();
    await room.ask(`PUT /resources/huawei/${OTHER}`, { fields: { locked: true } });
    const before = room.store.entries("default");
    const told = await room.ask("PUT /state", body);
    expect(told).toMatchObject({ status: 400, json: { pointer }, detail: expect.stringContaining(sentence) });
    expect(room.store.entries("default")).toEqual(before);
  });
});

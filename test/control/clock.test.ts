/** The clock of a world. */
import { describe, expect, test } from "vitest";
import { openRoom, type Room } from "./room.ts";

const at = async (room: Room): Promise<unknown> => (await room.ask("GET /clock")).json;

test("follows the server's until it is set", async () => {
  const room = openRoom();
  expect(await at(room)).toEqual({ now: "2026-08-01T12:00:00.000Z", running: true, set: false });
  room.time.now += 1500;
  expect(await at(room)).toEqual({ now: "2026-08-01T12:00:01.500Z", running: true, set: false });
});

test("goes on from where it was set, stops, runs again, and is given back", async () => {
  const room = openRoom();
  const set = await room.ask("PUT /clock", { now: "2027-01-01T01:00:00+01:00" });
  expect(set.json).toEqual({ now: "2027-01-01T00:00:00.000Z", running: true, set: true });
  room.time.now += 1000;
  expect(await at(room)).toMatchObject({ now: "2027-01-01T00:00:01.000Z" });
  await room.ask("PUT /clock", { running: false });
  room.time.now += 1000;
  expect(await at(room)).toEqual({ now: "2027-01-01T00:00:01.000Z", running: false, set: true });
  await room.ask("PUT /clock", { now: "2026-01-01T00:00:00Z" });
  expect(await at(room)).toEqual({ now: "2026-01-01T00:00:00.000Z", running: false, set: true });
  await room.ask("PUT /clock", { running: true });
  room.time.now += 1000;
  expect(await at(room)).toEqual({ now: "2026-01-01T00:00:01.000Z", running: true, set: true });
  expect((await room.ask("DELETE /clock")).status).toBe(204);
  expect(await at(room)).toEqual({ now: "2026-08-01T12:00:03.000Z", running: true, set: false });
});

test("is set to a day as --now is", async () => {
  const room = openRoom();
  expect((await room.ask("PUT /clock", { now: "2026-08-01" })).json).toMatchObject({ now: "2026-08-01T00:00:00.000Z" });
  const restored = await room.ask("PUT /state", { resources: [], clock: { now: "2027-02-28", running: false } });
  expect(restored.status).toBe(204);
  expect(await at(room)).toEqual({ now: "2027-02-28T00:00:00.000Z", running: false, set: true });
});

test("what was read can be set again", async () => {
  const room = openRoom();
  const servers = await at(room);
  await room.ask("PUT /clock", { now: "2020-02-29T00:00:00Z", running: false });
  const own = await at(room);
  expect((await room.ask("PUT /clock", servers)).json).toEqual(servers);
  expect((await room.ask("PUT /clock", own)).json).toEqual(own);
});

test("is advanced whether it runs, stands, or is the server's", async () => {
  const room = openRoom();
  expect((await room.ask("POST /clock/advance", { by: "PT10M" })).json).toEqual({
    now: "2026-08-01T12:10:00.000Z",
    running: true,
    set: true,
  });
  room.time.now += 1000;
  expect((await room.ask("POST /clock/advance", { by: "P1DT0.5S" })).json).toMatchObject({ now: "2026-08-02T12:10:01.500Z" });
  await room.ask("PUT /clock", { now: "2027-01-01T00:00:00Z", running: false });
  expect((await room.ask("POST /clock/advance", { by: "PT0S" })).json).toMatchObject({ now: "2027-01-01T00:00:00.000Z", running: false });
  expect((await room.ask("POST /clock/advance", { by: "PT1H" })).json).toMatchObject({ now: "2027-01-01T01:00:00.000Z", running: false });
});

test("a world that follows the server needs nothing to be remembered", async () => {
  const room = openRoom();
  await room.ask("DELETE /clock", undefined, { world: "idle" });
  await room.ask("DELETE /faults", undefined, { world: "idle" });
  expect((await room.ask("GET /worlds")).json).toEqual({ worlds: ["default"] });
});

describe("refuses", () => {
  const DATE = "/now is not a date-time: give one such as 2026-08-01T12:00:00Z";
  test.each<[body: unknown, pointer: string, sentence: string]>([
    [{}, "", "A clock has at least one of now, running and set"],
    [{ now: "tomorrow" }, "/now", DATE],
    [{ now: 1_790_000_000_000 }, "/now", DATE],
    [{ now: "2026-02-30" }, "/now", DATE],
    [{ now: "2026-8-1" }, "/now", DATE],
    [{ now: "2026-08-01T12:00:00" }, "/now", DATE],
    [{ now: "2026-02-30T12:00:00Z" }, "/now", DATE],
    [{ now: "2026-08-01T25:00:00Z" }, "/now", DATE],
    [{ now: "9999-01-01T00:00:00Z" }, "/now", "A clock shows a time between"],
    [{ now: "1969-12-31T23:59:59Z" }, "/now", "A clock shows a time between"],
    [{ running: "yes" }, "/running", "/running is neither true nor false"],
    [{ set: 1 }, "/set", "/set is neither true nor false"],
    [{ noon: true }, "/noon", "The body has no member noon: choose from now, running, set"],
  ])("%j", async (body, pointer, sentence) => {
    const room = openRoom();
    const told = await room.ask("PUT /clock", body);
    expect(told).toMatchObject({ status: 400, json: { pointer }, detail: expect.stringContaining(sentence) });
    expect((await room.ask("GET /worlds")).json).toEqual({ worlds: ["default"] });
    expect(await at(room)).toMatchObject({ set: false });
  });

  test.each([
    ["-PT1S", "/by goes back, and a clock is only advanced: set it with PUT /_latch/clock"],
    ["P1M", "/by is not a duration"],
    ["PT", "/by is not a duration"],
    ["ten minutes", "/by is not a duration"],
    ["", "/by is not a duration"],
    ["P9999999D", "A clock shows a time between"],
    [600, "/by is not a duration"],
  ])("to advance by %j", async (by, sentence) => {
    const room = openRoom();
    expect(await room.ask("POST /clock/advance", { by })).toMatchObject({
      status: 400,
      json: { pointer: "/by" },
      detail: expect.stringContaining(sentence),
    });
    expect(await at(room)).toMatchObject({ set: false });
  });
});

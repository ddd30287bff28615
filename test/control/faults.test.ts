/** Faults: kept as rules for the engine, and only for what is documented. */
import { describe, expect, test } from "vitest";
import { openRoom } from "./room.ts";

const rule = { contract: "samsung-virtualserver@v1.3", call: "stopServer", status: "409", example: "blocked-by-lock", rate: 0.5, times: 2 };

test("are added, listed in order, deleted one by one or all together", async () => {
  const room = openRoom();
  const first = await room.ask("POST /faults", rule);
  expect(first).toMatchObject({ status: 201, headers: { location: "/_latch/faults/f1" }, json: { id: "f1", ...rule } });
  await room.ask("POST /faults", { drop: true });
  await room.ask("POST /faults", { delay: 5, drop: false });
  expect((await room.worlds.view("default")).settings.faults).toEqual([
    { id: "f1", ...rule },
    { id: "f2", drop: true },
    { id: "f3", delay: 5, drop: false },
  ]);
  expect((await room.ask("DELETE /faults/f2")).status).toBe(204);
  expect((await room.ask("POST /faults", { delay: 1 })).headers).toMatchObject({ location: "/_latch/faults/f4" });
  expect((await room.ask("GET /faults")).json).toMatchObject({ faults: [{ id: "f1" }, { id: "f3" }, { id: "f4" }] });
  expect((await room.ask("DELETE /faults")).status).toBe(204);
  expect((await room.ask("GET /faults")).json).toEqual({ faults: [] });
});

test("the last one goes with the list, and leaves the rest of the settings", async () => {
  const room = openRoom();
  await room.ask("PUT /seed", { seed: "mine" });
  await room.ask("POST /faults", { delay: 1 });
  await room.ask("DELETE /faults/f1");
  expect((await room.worlds.view("default")).settings).toEqual({ seed: "mine" });
});

test("a rule that is used up is still listed", async () => {
  const room = openRoom();
  await room.ask("POST /faults", rule);
  await room.worlds.change("default", (settings) => ({
    ...settings,
    faults: (settings.faults ?? []).map((one) => ({ ...one, times: 0 })),
  }));
  expect((await room.ask("GET /faults")).json).toEqual({ faults: [{ id: "f1", ...rule, times: 0 }] });
});

test("a name may mean every version of an api, and nothing at all means every call", async () => {
  const room = openRoom();
  for (const body of [
    { contract: "huawei-ecs", call: "showJob", delay: 1 },
    { call: "lockServer", status: "202" },
    { status: "503" },
    { delay: 0 },
  ]) {
    expect((await room.ask("POST /faults", body)).status).toBe(201);
  }
});

test("there are at most a thousand", async () => {
  const room = openRoom();
  const faults = Array.from({ length: 1000 }, (_, index) => ({ id: `mine.${index}`, delay: 1 }));
  expect((await room.ask("PUT /state", { resources: [], faults })).status).toBe(204);
  expect(await room.ask("POST /faults", { delay: 1 })).toMatchObject({ status: 400, detail: "A world has at most 1000 faults" });
});

describe("what is not documented is refused with what is", () => {
  test.each<[body: Record<string, unknown>, pointer: string, sentence: string, possible?: string]>([
    [
      { contract: "aws", delay: 1 },
      "/contract",
      "There is no contract aws: choose from huawei-ecs-native, huawei-ecs, samsung-virtualserver, oracle-ecb",
      "oracle-ecb@v1.1",
    ],
    [{ contract: "__proto__", delay: 1 }, "/contract", "There is no contract __proto__"],
    [
      { contract: "oracle-ecb", call: "lockServer", delay: 1 },
      "/call",
      "There is no call lockServer of oracle-ecb: choose from createToken",
      "showAsyncStatus",
    ],
    [{ call: "constructor", delay: 1 }, "/call", "There is no call constructor: choose from", "lockServer"],
    [
      { call: "lockServer", contract: "samsung-virtualserver@v1.2", status: "418" },
      "/status",
      "lockServer of samsung-virtualserver@v1.2 does not document the status 418: choose from 202",
      "503",
    ],
    [{ status: "constructor" }, "/status", "No call documents the status constructor", "409"],
    [
      { contract: "oracle-ecb", status: "409", example: "blocked-by-lock" },
      "/example",
      "No call of oracle-ecb documents the example blocked-by-lock at 409",
      "duplicate-element",
    ],
    [{ call: "lockServer", status: "202", example: "x" }, "/example", "lockServer does not document the example x at 202: there is none"],
    [{ example: "blocked-by-lock", delay: 1 }, "/example", "An example needs the status that it belongs to"],
    [{ call: "lockServer" }, "", "The rule does nothing: give status, delay or drop"],
    [{ drop: false, rate: 1 }, "", "The rule does nothing"],
    [{ drop: true, status: "503" }, "", "A dropped connection has no status"],
    [{ delay: -1 }, "/delay", "/delay is not a number from 0 to 600000"],
    [{ delay: 1.5 }, "/delay", "/delay is not a whole number from 0 to 600000"],
    [{ delay: 600_001 }, "/delay", "/delay is not a number"],
    [{ delay: 1, rate: 1.1 }, "/rate", "/rate is not a number from 0 to 1"],
    [{ delay: 1, rate: "1" }, "/rate", "/rate is not a number from 0 to 1"],
    [{ delay: 1, times: 0 }, "/times", "/times is not a number from 1 to"],
    [{ drop: "true" }, "/drop", "/drop is neither true nor false"],
    [{ status: 409 }, "/status", "/status is not a text"],
    [{ id: "f7", delay: 1 }, "/id", "The body has no member id"],
  ])("%j", async (body, pointer, sentence, possible) => {
    const room = openRoom();
    const told = await room.ask("POST /faults", body);
    expect(told).toMatchObject({ status: 400, json: { pointer }, detail: expect.stringContaining(sentence) });
    if (possible !== undefined) expect(told.json).toMatchObject({ possible: expect.arrayContaining([possible]) });
    expect((await room.ask("GET /faults")).json).toEqual({ faults: [] });
  });
});

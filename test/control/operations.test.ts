/** Every operation with every status that the document gives it, each answer held against the document by the room. */
import { expect, test } from "vitest";
import { createMemoryStore } from "../../mock/store/memory.ts";
import { StoreContended, StoreFull, StoreUnavailable, type Store } from "../../mock/store/types.ts";
import { openRoom, witnessed, type Room } from "./room.ts";
import { operations } from "./schemas.ts";
import { OTHER, SERVER } from "./tables.ts";

/** A store in which nothing works. */
function broken(error: Error): Store {
  const fail = (): never => {
    throw error;
  };
  return { local: true, read: fail, swap: fail, entries: fail, replace: fail, worlds: fail, ping: fail, close: () => undefined };
}

/** A store that can be read, and has no room. */
function full(): Store {
  const fail = (): never => {
    throw new StoreFull("The store is full: delete a world.");
  };
  return { ...createMemoryStore(), swap: fail, replace: fail };
}

const locked = { fields: { locked: true } };
const rule = { contract: "samsung-virtualserver", call: "stopServer", status: "409", example: "blocked-by-lock", times: 1 };

/** What an operation takes when all is well: the path and the body. */
const WELL: Record<string, [line: string, body?: unknown]> = {
  showHealth: ["GET /health"],
  showReadiness: ["GET /ready"],
  showDocument: ["GET /openapi.json"],
  listWorlds: ["GET /worlds"],
  showState: ["GET /state"],
  restoreState: ["PUT /state", { resources: [{ space: "huawei", id: SERVER, ...locked }] }],
  resetState: ["DELETE /state"],
  showSeed: ["GET /seed"],
  setSeed: ["PUT /seed", { seed: "mine" }],
  showResource: [`GET /resources/huawei/${SERVER}`],
  setResource: [`PUT /resources/huawei/${SERVER}`, locked],
  changeResource: [`PATCH /resources/huawei/${SERVER}`, locked],
  deleteResource: [`DELETE /resources/huawei/${SERVER}`],
  showClock: ["GET /clock"],
  setClock: ["PUT /clock", { now: "2027-01-01T00:00:00Z" }],
  resetClock: ["DELETE /clock"],
  advanceClock: ["POST /clock/advance", { by: "PT10M" }],
  listFaults: ["GET /faults"],
  addFault: ["POST /faults", rule],
  deleteFaults: ["DELETE /faults"],
  deleteFault: ["DELETE /faults/f1"],
};

const ids = [...operations.values()].map(({ id }) => id);

test("the table above has every operation", () => {
  expect(Object.keys(WELL).toSorted()).toEqual(ids.toSorted());
});

const well = async (id: string, room: Room): Promise<{ status: number; detail: string }> => {
  const [line, body] = WELL[id] ?? [""];
  if (id === "deleteFault") await room.ask("POST /faults", rule);
  return room.ask(line, body);
};

const documents = (status: string): string[] => [...operations.values()].filter(({ answers }) => status in answers).map(({ id }) => id);

test.each(ids)("%s, when all is well", async (id) => {
  const [success = ""] = operations.get([...operations].find(([, call]) => call.id === id)?.[0] ?? "")?.statuses ?? [];
  expect((await well(id, openRoom())).status).toBe(Number(success));
});

test.each(documents("400"))("%s takes no query", async (id) => {
  const [line, body] = WELL[id] ?? [""];
  const told = await openRoom().ask(`${line}?world=mine`, body);
  expect(told).toMatchObject({ status: 400, detail: expect.stringContaining("name a world in the header X-Latch-World") });
});

test.each(documents("413"))("%s refuses a body that is larger than it takes", async (id) => {
  const [line = ""] = WELL[id] ?? [];
  const told = await openRoom().ask(line, `"${"x".repeat(10 * 1024 * 1024)}"`);
  expect(told).toMatchObject({ status: 413, detail: expect.stringMatching(/^The body is larger than \d+ bytes/) });
});

test.each(documents("415"))("%s takes JSON only", async (id) => {
  const [line = "", body] = WELL[id] ?? [];
  const told = await openRoom().ask(line, body, { headers: { "content-type": "application/x-www-form-urlencoded" } });
  expect(told).toMatchObject({ status: 415, detail: expect.stringContaining("send Content-Type: application/json") });
});

test.each(documents("503"))("%s says so when the store is away", async (id) => {
  const [line = "", body] = WELL[id] ?? [];
  const room = openRoom({ store: broken(new StoreUnavailable("The Redis at 127.0.0.1:1 is away: start it again.")) });
  const told = await room.ask(line, body);
  expect(told).toMatchObject({
    status: 503,
    headers: { "retry-after": "1" },
    detail: expect.stringContaining("The Redis at 127.0.0.1:1 is away"),
  });
});

test.each(documents("507"))("%s says so when the store is full", async (id) => {
  const [line = "", body] = WELL[id] ?? [];
  expect(await openRoom({ store: full() }).ask(line, body)).toMatchObject({ status: 507, detail: "The store is full: delete a world." });
});

test.each([
  [
    "showResource",
    `GET /resources/aws/${SERVER}`,
    undefined,
    "There is no space aws: choose from huawei, samsung-virtualserver, oracle-ecb",
  ],
  ["setResource", "PUT /resources/oracle-ecb/other", locked, "There is one box per world, and its id is -"],
  ["changeResource", "PATCH /resources/huawei/mine", locked, "mine is no key of a server"],
  ["deleteResource", `DELETE /resources/huawei/${OTHER}`, undefined, `There is no server ${OTHER} in the world default`],
  ["deleteFault", "DELETE /faults/f2", undefined, "There is no fault f2 in the world default: choose from f1"],
])("%s does not find what is not there", async (_, line, body, sentence) => {
  const room = openRoom();
  await room.ask("POST /faults", rule);
  await room.ask(`DELETE /resources/huawei/${OTHER}`);
  expect(await room.ask(line, body)).toMatchObject({ status: 404, detail: expect.stringContaining(sentence) });
});

test("changes that never get through are given up, and nothing is lost", async () => {
  const contended = openRoom({ store: { ...createMemoryStore(), swap: () => false } });
  const told = await contended.ask(`PATCH /resources/huawei/${SERVER}`, locked);
  expect(told).toMatchObject({ status: 503, headers: { "retry-after": "1" }, detail: expect.stringContaining("send the request again") });
  expect(new StoreContended("").name).toBe("StoreContended");
});

test("every documented status was answered above", () => {
  const documented = [...operations.values()].flatMap(({ id, statuses }) => statuses.map((status) => `${id} ${status}`));
  expect(documented.filter((name) => !witnessed.has(name))).toEqual([]);
  expect([...witnessed.keys()].toSorted()).toEqual(documented.toSorted());
  expect(documented.length).toBeGreaterThan(80);
});

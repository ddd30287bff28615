/** Bodies that nobody means well with: an answer, in one sentence, and nothing has changed. The document and the handler judge alike. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { isObject } from "../../scripts/document.ts";
import { openRoom } from "./room.ts";
import { bodySchema, findings, operations } from "./schemas.ts";
import { SERVER } from "./tables.ts";

const at = "2026-08-01T00:00:00.000Z";
const server = {
  space: "huawei",
  id: SERVER,
  fields: { locked: true, project: "p1" },
  derived: {},
  timers: [
    {
      name: "t",
      at: "2026-09-01T00:00:00.000Z",
      when: { locked: true },
      set: { locked: false, vm_state: "$vm_state" },
      known: { "caller.token": "x" },
    },
  ],
  jobs: [
    {
      id: "j",
      type: "t",
      begun: at,
      runs: at,
      ends: at,
      outcomes: [{ when: { locked: true }, fail: { code: "c", reason: "r" }, set: { locked: true } }],
      result: "fail",
      code: "c",
      reason: "r",
    },
  ],
  tokens: { t: { expires: at, caller: { admin: true, user: "u", role: "r", name: "n", project: "p", policy: ["a:*"] } } },
  items: [{ type: "t", attributes: [["n", ["v"]]], rest: "<a/>" }],
  serial: 1,
  deleted: true,
};

/** Bodies that are taken, by operation: with everything in them that there can be. */
const GOOD: Record<string, [line: string, ...bodies: object[]]> = {
  restoreState: [
    "PUT /state",
    {
      world: "w",
      clock: { now: at, running: true, set: true },
      seed: "s",
      faults: [{ id: "f1", delay: 1 }],
      resources: [server],
      jobs: [{ id: "j", space: "huawei", resource: SERVER }],
    },
  ],
  setSeed: ["PUT /seed", { seed: "s" }],
  setResource: [`PUT /resources/huawei/${SERVER}`, { fields: { locked: true, vm_state: "stopped", project: "p1" } }],
  changeResource: [`PATCH /resources/huawei/${SERVER}`, { fields: { locked: true } }],
  setClock: ["PUT /clock", { now: at, running: true, set: false }],
  advanceClock: ["POST /clock/advance", { by: "P1DT2H3M4.5S" }],
  addFault: [
    "POST /faults",
    { contract: "oracle-ecb", call: "lockConfiguration", status: "423", example: "locked-by-another-user", delay: 1, rate: 0.5, times: 3 },
    { drop: true },
  ],
};

const NASTY = [
  null,
  true,
  0,
  -1,
  0.5,
  1e300,
  "",
  "x",
  "$caller.token",
  "$",
  "{now}",
  "__proto__",
  "constructor",
  "9999-99-99",
  "P1M",
  "PT1S",
  "2026-08-01T23:59:60Z",
  "2026-08-01t00:00:00z",
  "409",
  "\ud800",
  "\u0000",
  [],
  {},
  [[]],
  [{}],
  { $ref: "#" },
  JSON.parse('{"__proto__":{"polluted":true}}'),
  { constructor: { prototype: { polluted: true } } },
  { toString: 1 },
  { length: 1e9 },
  [null],
];

type Path = (string | number)[];

const placesIn = (value: unknown, path: Path = []): Path[] =>
  typeof value === "object" && value !== null
    ? [path, ...Object.entries(value).flatMap(([name, inner]) => placesIn(inner, [...path, Array.isArray(value) ? Number(name) : name]))]
    : [path];

/** The value with one place of it made another, without that place, or with one member more. */
function changed(value: unknown, [step, ...rest]: Path, how: (found: unknown) => unknown[]): unknown {
  if (step === undefined) return how(value)[0];
  const entries = Object.entries(value ?? {}).flatMap(([name, inner]): [string, unknown][] => {
    if (name !== String(step)) return [[name, inner]];
    if (rest.length > 0) return [[name, changed(inner, rest, how)]];
    return how(inner).map((made) => [name, made]);
  });
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

const nasty = fc.oneof(fc.constantFrom(...NASTY), fc.jsonValue({ maxDepth: 2 }));

const mutation = fc.oneof(
  { weight: 4, arbitrary: nasty.map((value) => () => [value]) },
  { weight: 2, arbitrary: fc.constant((): unknown[] => []) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.oneof(fc.constantFrom("__proto__", "constructor", "toString", "id", "set", "when", "x"), fc.string()), nasty)
      .map(([name, value]) => (found: unknown) => [
        isObject(found) ? Object.fromEntries([...Object.entries(found), [name, value]]) : [found, value],
      ]),
  },
);

const cases = Object.entries(GOOD).flatMap(([id, [line, ...bodies]]) => bodies.map((body) => ({ id, line, body })));

test("every operation that takes a body is tried", () => {
  expect(Object.keys(GOOD).toSorted()).toEqual(
    [...operations.values()]
      .filter((call) => call.requestMediaTypes.length > 0)
      .map(({ id }) => id)
      .toSorted(),
  );
});

test.each(cases)("$id judges as the document does, and a refusal changes nothing", async ({ id, line, body }) => {
  const call = [...operations.values()].find((one) => one.id === id);
  if (!call) throw new Error(`There is no operation ${id}.`);
  const schema = bodySchema(call);
  const places = placesIn(body);
  const counts = { taken: 0, refused: 0 };
  const judge = async (value: unknown): Promise<void> => {
    const room = openRoom();
    await room.store.swap("default", "settings", undefined, { seed: "before" });
    const before = room.store.entries("default");
    const fits = findings(schema, value).length === 0;
    const told = await room.ask(line, value);
    // Taken, although the document refuses it: never. Refused, although it fits: only for what a schema cannot say.
    if (told.status < 300) expect(fits, `${JSON.stringify(value)} is taken, but does not fit the document`).toBe(true);
    else {
      expect(told.status).toBe(400);
      expect(told.detail).toMatch(/^\S.{5,}$/);
      expect(room.store.entries("default")).toEqual(before);
    }
    counts[told.status < 300 ? "taken" : "refused"]++;
    // Whatever was taken can be read again, and put back.
    if (told.status < 300) expect((await room.ask("PUT /state", (await room.ask("GET /state")).text)).detail).toBe("");
  };
  await judge(body);
  expect(counts.taken).toBe(1);
  const mutants = fc.asyncProperty(fc.constantFrom(...places), mutation, async (place, how) => {
    const mutant = changed(body, place, how);
    if (mutant !== undefined) await judge(mutant);
  });
  await fc.assert(mutants, { numRuns: 400 });
  // A timer that was due read a field that nobody had written, and what GET gave could not be put back.
  await fc.assert(mutants, { seed: 37117702, path: "143" });
  expect(counts.refused).toBeGreaterThan(50);
  expect(Object.prototype).not.toHaveProperty("polluted");
});

test("any text at all is answered", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...cases),
      fc.oneof(fc.string(), fc.uint8Array({ maxLength: 50 }), fc.json()),
      async ({ line }, body) => {
        const told = await openRoom().ask(line, body);
        expect([200, 201, 204, 400]).toContain(told.status);
      },
    ),
    { numRuns: 500 },
  );
});

test("any path at all is answered", async () => {
  const segment = fc.oneof(
    fc.constantFrom("_latch", "resources", "huawei", "faults", "clock", "..", "%2e", "%00", "%ff", "constructor", "-"),
    fc.string({ unit: "grapheme" }).map(encodeURIComponent),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE", "OPTIONS", "BREW"),
      fc.array(segment, { maxLength: 5 }),
      async (method, segments) => {
        const told = await openRoom().ask(`${method} /_latch/${segments.join("/")}`);
        expect([200, 204, 400, 404, 405]).toContain(told.status);
      },
    ),
    { numRuns: 500 },
  );
});

test("a megabyte of a name does not come back", async () => {
  const told = await openRoom().ask("PATCH /resources/huawei/" + SERVER, { fields: { ["x".repeat(1_000_000)]: 1 } });
  expect(told.status).toBe(400);
  expect(told.text.length).toBeLessThan(2500);
});

test("a token called __proto__ is a token like any other", async () => {
  const room = openRoom();
  const tokens = '{"__proto__":{"expires":"2026-08-01T00:00:00.000Z","caller":{"admin":false}}}';
  await room.ask("PUT /state", `{"resources":[{"space":"oracle-ecb","id":"-","fields":{},"tokens":${tokens}}]}`);
  expect((await room.ask("GET /state")).text).toContain(`"tokens":${tokens}`);
  expect((await room.ask("GET /resources/oracle-ecb/-")).text).toContain(`"tokens":${tokens}`);
});

/** The control API with the real contracts and their tables behind one engine: what calls do is seen here, and what is set here is seen by calls. */
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { createEngine, type MockEngine } from "../../mock/engine.ts";
import { loadContracts } from "../../mock/load.ts";
import type { Contract } from "../../mock/types.ts";
import { isObject, objectAt, type Obj } from "../../scripts/document.ts";
import { ROOT } from "../../scripts/root.ts";
import { NOON } from "./room.ts";
import { control } from "./schemas.ts";
import { OTHER, SERVER } from "./tables.ts";

const PROJECT = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";
const HERE = `/_latch/resources/huawei/${SERVER}`;
let contracts: Contract[];

beforeAll(async () => {
  contracts = await loadContracts(ROOT);
});

const example = (name: string): Obj => {
  const value = objectAt(objectAt(objectAt(control, "components"), "examples"), name)["value"];
  if (!isObject(value)) throw new Error(`There is no example ${name}.`);
  return value;
};

interface Asked {
  status: number;
  text: string;
  json: unknown;
}

async function ask(engine: MockEngine, line: string, body?: unknown, headers: Record<string, string> = {}): Promise<Asked> {
  const [method = "", url = ""] = line.split(" ");
  const bytes = body === undefined ? undefined : new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body));
  const answer = await engine.respond({
    method,
    url,
    headers: { "x-latch-world": "checkout-test-7", ...(bytes && { "content-type": "application/json" }), ...headers },
    origin: "http://127.0.0.1:4010",
    ...(bytes && { body: bytes }),
  });
  const text = typeof answer.body === "string" ? answer.body : new TextDecoder().decode(answer.body);
  return { status: answer.status, text, json: text.startsWith("{") ? JSON.parse(text) : undefined };
}

const open = (): MockEngine => createEngine(contracts, { now: () => NOON });
const act = (engine: MockEngine, action: string, id = SERVER): Promise<Asked> =>
  ask(
    engine,
    `POST /huawei-ecs-native/v2.1/${PROJECT}/servers/${id}/action`,
    { [action]: action === "reboot" ? { type: "SOFT" } : null },
    { "x-auth-token": "a" },
  );

test("the examples of the document are what is really answered", async () => {
  const engine = open();
  await ask(engine, "PUT /_latch/clock", example("new-year"));
  expect((await act(engine, "os-stop")).status).toBe(202);
  expect((await ask(engine, `PATCH ${HERE}`, example("locked"))).json).toEqual(example("locked-server"));
  expect((await ask(engine, `PATCH ${HERE}`, { fields: { vm_state: "lost" } })).json).toEqual(example("unknown-value"));
  expect((await ask(engine, `GET /_latch/resources/aws/x`)).json).toEqual(example("no-such-space"));
  expect((await ask(engine, "GET /_latch/clock")).json).toEqual(example("stopped-clock"));
  expect((await ask(engine, "GET /_latch/clock", undefined, { "x-latch-world": "default" })).json).toEqual(example("server-clock"));
  expect((await ask(engine, "GET /_latch/state", undefined, { "x-latch-world": "default" })).json).toEqual(example("empty-world"));
  expect((await ask(engine, "POST /_latch/faults", example("refused-once"))).json).toEqual(example("first-fault"));
  expect((await ask(engine, "GET /_latch/worlds")).json).toEqual(example("two-worlds"));
  expect((await ask(engine, "PUT /_latch/seed", "x".repeat(20), { "content-type": "application/x-www-form-urlencoded" })).json).toEqual(
    example("not-json"),
  );

  const body = { clock: example("new-year"), resources: [example("locked-server"), example("box")] };
  expect((await ask(engine, "PUT /_latch/state", body)).text).toBe("");
  expect((await ask(engine, "GET /_latch/resources/oracle-ecb/-")).json).toEqual(example("box"));
  expect((await ask(engine, `GET ${HERE}`)).json).toEqual(example("locked-server"));

  expect((await ask(engine, "PUT /_latch/state", example("one-locked-server"))).text).toBe("");
  expect((await ask(engine, "GET /_latch/state")).json).toEqual(example("one-locked-server"));
});

test("what is set here is seen by the vendor's calls, also across the APIs of a space", async () => {
  const engine = open();
  await ask(engine, `PUT ${HERE}`, { fields: { locked: true } });
  expect((await act(engine, "os-stop")).status).toBe(409);
  await ask(engine, `PATCH ${HERE}`, { fields: { locked: false } });
  expect((await act(engine, "os-stop")).status).toBe(202);
  await ask(engine, "POST /_latch/clock/advance", { by: "PT1M" });
  expect((await ask(engine, `GET ${HERE}`)).json).toMatchObject({ fields: { vm_state: "stopped" }, derived: { status: "SHUTOFF" } });
  await ask(engine, `DELETE ${HERE}`);
  expect((await act(engine, "os-start")).status).toBe(404);
});

const anyStep = fc.oneof(
  fc.tuple(fc.constantFrom("lock", "unlock", "os-stop", "os-start", "reboot"), fc.constantFrom(SERVER, OTHER)).map(
    ([action, id]) =>
      (engine: MockEngine) =>
        act(engine, action, id),
  ),
  fc.constantFrom("PT1S", "PT1M").map((by) => (engine: MockEngine) => ask(engine, "POST /_latch/clock/advance", { by })),
  fc.constantFrom("auth/token", "configuration/lock").map(
    (path) => (engine: MockEngine) =>
      ask(engine, `POST /oracle-ecb/rest/v1.1/${path}`, undefined, {
        accept: "application/xml",
        authorization: path === "auth/token" ? "Basic YWRtaW46YWRtaW4=" : "Bearer t",
      }),
  ),
);

test("whatever calls have made of a world can be put back, and goes on as it would have", async () => {
  let resources = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { maxLength: 8 }), fc.array(anyStep, { maxLength: 4 }), async (before, after) => {
      const [engine, copy] = [open(), open()];
      for (const step of before) await step(engine);
      const taken = await ask(engine, "GET /_latch/state");
      expect((await ask(copy, "PUT /_latch/state", taken.text)).text).toBe("");
      expect((await ask(copy, "GET /_latch/state")).json).toEqual(taken.json);
      for (const step of after) expect(await step(copy)).toEqual(await step(engine));
      const [end, own] = [await ask(engine, "GET /_latch/state"), await ask(copy, "GET /_latch/state")];
      expect(own.json).toEqual(end.json);
      if (isObject(own.json) && Array.isArray(own.json["resources"])) resources += own.json["resources"].length;
    }),
    { numRuns: 60 },
  );
  expect(resources).toBeGreaterThan(40);
});

test.each([
  ["huawei", "name", { a: 1 }, "text (minLength 1, maxLength 255)"],
  ["huawei", "name", "", "text (minLength 1, maxLength 255)"],
  ["huawei", "updated", "garbage", 'text (format "date-time")'],
  ["huawei", "flavor", 7, "text"],
  ["huawei", "flavor_before", ["x"], "text or null"],
  ["samsung-virtualserver", "partition", "x", "a whole number or null"],
  ["samsung-virtualserver", "partition", null, "a number"],
  ["samsung-virtualserver", "account", true, "text"],
])("what the contract could not answer cannot be set: %s %s = %j", async (space, field, value, form) => {
  const engine = open();
  for (const method of ["PUT", "PATCH"]) {
    const told = await ask(engine, `${method} /_latch/resources/${space}/${SERVER}`, { fields: { [field]: value } });
    expect(told.json).toMatchObject({ status: 400, pointer: `/fields/${field}`, detail: `${field} of a server has to be ${form}` });
  }
  const resources = [{ space, id: SERVER, fields: { [field]: value }, derived: {}, timers: [], jobs: [], tokens: {}, serial: 0 }];
  expect((await ask(engine, "PUT /_latch/state", { resources })).json).toMatchObject({
    status: 400,
    pointer: `/resources/0/fields/${field}`,
  });
});

test("what the control API shows of a resource can be set again", async () => {
  const engine = open();
  for (const place of [HERE, `/_latch/resources/samsung-virtualserver/${SERVER}`, "/_latch/resources/oracle-ecb/-"]) {
    const { fields } = objectAt({ shown: (await ask(engine, `GET ${place}`)).json }, "shown");
    expect(await ask(engine, `PUT ${place}`, { fields })).toMatchObject({ status: 200, json: { fields } });
  }
});

/** Worlds: isolated state, clock and seed. */
import { expect, test } from "vitest";
import { act, bearer, ecb, ID, scene, show } from "./engine.ts";

const in_ = (world: string): Record<string, string> => ({ "X-Latch-World": world });
const locked = async (engine: Parameters<typeof show>[0], world: string): Promise<unknown> =>
  (await show(engine, in_(world))).text.includes('"locked":true');

test("1,000 worlds at once: what happens in one is not seen in another", async () => {
  const { engine } = scene();
  const names = Array.from({ length: 1000 }, (_, index) => `w${index}`);
  await Promise.all(names.map((name, index) => act(engine, index % 2 === 0 ? { lock: null } : { unlock: null }, in_(name))));
  // A locked one refuses, the others stop: all interleaved.
  const stops = await Promise.all(names.map((name) => act(engine, { "os-stop": null }, in_(name))));
  expect(stops.map(({ status }) => status)).toEqual(names.map((_, index) => (index % 2 === 0 ? 409 : 202)));
  expect(await Promise.all(names.map((name) => locked(engine, name)))).toEqual(names.map((_, index) => index % 2 === 0));
  expect(await locked(engine, "another")).toBe(false);
});

test("the log names a world that somebody named", async () => {
  const { engine } = scene();
  expect((await act(engine, { lock: null }, in_("mine"))).note).toMatchObject({ call: "lockServer", world: "mine" });
  expect((await act(engine, { lock: null })).note).not.toHaveProperty("world");
});

test("a world has a clock of its own", async () => {
  const { engine } = scene();
  const advance = await engine.respond({
    method: "POST",
    url: "/_latch/clock/advance",
    headers: { "x-latch-world": "later", "content-type": "application/json" },
    body: new TextEncoder().encode('{"by":"PT1H"}'),
  });
  expect(advance.status).toBe(200);
  await act(engine, { "os-stop": null }, in_("later"));
  const [now, later] = [await show(engine), await show(engine, in_("later"))];
  expect([now.text, later.text].map((text) => /"updated":"([^"]+)"/.exec(text)?.[1])).toEqual([
    "2019-05-22T07:48:53Z",
    "2025-06-01T09:00:00Z",
  ]);
});

const token = async (seed: string, world: string): Promise<string | undefined> => {
  const { engine } = scene({ seed });
  const told = await ecb(engine, "POST /auth/token", { Authorization: `Basic ${btoa("admin:pw")}`, ...in_(world) });
  return /<accessToken>([^<]+)/.exec(told.text)?.[1];
};

test("the seed decides what is made up: the same again with the same, another with another", async () => {
  const made = await Promise.all([token("a", "x"), token("a", "x"), token("b", "x")]);
  expect(made[0]).toEqual(expect.any(String));
  expect(made[1]).toBe(made[0]);
  expect(made[2]).not.toBe(made[0]);
});

test("the seed of a world decides its faults, whatever others ask for in between", async () => {
  const { engine } = scene();
  const control = async (world: string, line: string, body: object): Promise<void> => {
    const [method = "", path = ""] = line.split(" ");
    const headers = { "x-latch-world": world, "content-type": "application/json" };
    const told = await engine.respond({ method, url: `/_latch/${path}`, headers, body: new TextEncoder().encode(JSON.stringify(body)) });
    expect(told.status).toBeLessThan(300);
  };
  const worlds: [name: string, seed: string][] = [
    ["one", "a"],
    ["two", "a"],
    ["three", "b"],
  ];
  for (const [world, seed] of worlds) {
    await control(world, "PUT seed", { seed });
    await control(world, "POST faults", { call: "lockServer", status: "503", rate: 0.5 });
  }
  const told: Record<string, number[]> = { one: [], two: [], three: [] };
  for (let time = 0; time < 40; time++)
    for (const [world] of worlds)
      if (world !== "two" || time % 2 === 0) told[world]?.push((await act(engine, { lock: null }, in_(world))).status);
  expect(new Set(told["one"])).toEqual(new Set([202, 503]));
  expect(told["two"]).toEqual(told["one"]?.slice(0, 20));
  expect(told["three"]).not.toEqual(told["one"]);
});

test("the header that names a world can have another name", async () => {
  const { engine } = scene({ worldHeader: "X-Team" });
  await act(engine, { lock: null }, { "X-Team": "blue" });
  expect((await act(engine, { "os-stop": null }, { "X-Team": "blue" })).status).toBe(409);
  expect((await act(engine, { "os-stop": null }, { "X-Latch-World": "blue" })).status).toBe(202);
});

test.each(["a b", "ä", "x".repeat(101), "../x", "__proto__/x"])("the name %s is refused in one sentence", async (name) => {
  const told = await act(scene().engine, { lock: null }, in_(name));
  expect(told).toMatchObject({ status: 400, headers: { "content-type": "application/problem+json" } });
  expect(told.text).toContain("A world has a name of 1 to 100 letters");
});

test("names that objects have by nature are names like others", async () => {
  const { engine } = scene();
  for (const name of ["__proto__", "constructor", "toString"]) {
    expect((await act(engine, { lock: null }, in_(name))).status).toBe(202);
    expect(await locked(engine, name)).toBe(true);
  }
  expect(await locked(engine, "default")).toBe(false);
  expect(await ecb(engine, "GET /configuration/configElements?elementType=__proto__", bearer("t"))).toMatchObject({
    status: expect.any(Number),
  });
  expect(ID in {}).toBe(false);
});

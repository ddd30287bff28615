/** HTTP as it is: methods, paths, headers, bodies. */
import { describe, expect, test } from "vitest";
import { ROUTES } from "../../mock/control/routes.ts";
import { openRoom } from "./room.ts";

const room = openRoom();
const json = { "content-type": "application/json" };

test.each(ROUTES.filter(({ operations }) => operations.has("GET")).map(({ template }) => template))("HEAD %s is GET", async (template) => {
  const path = template.replace("{space}", "oracle-ecb").replace("{id}", "-");
  const [head, get] = [await room.ask(`HEAD ${path}`), await room.ask(`GET ${path}`)];
  // The door leaves the body out; its length is GET's.
  expect(head).toEqual(get);
  expect(get.headers).toMatchObject({ "content-type": "application/json", "cache-control": "no-store" });
});

test("HEAD is not possible where GET is not", async () => {
  expect(await room.ask("HEAD /clock/advance")).toMatchObject({ status: 405, headers: { allow: "POST, OPTIONS" } });
});

test.each([
  ["/state", "GET, HEAD, PUT, DELETE, OPTIONS"],
  ["/resources/huawei/x", "GET, HEAD, PUT, PATCH, DELETE, OPTIONS"],
  ["/clock/advance", "POST, OPTIONS"],
])("OPTIONS and a wrong method at %s say what is possible", async (path, allow) => {
  expect(await room.ask(`OPTIONS ${path}`)).toMatchObject({ status: 204, text: "", headers: { allow } });
  const told = await room.ask(`TRACE ${path}`);
  expect(told).toMatchObject({ status: 405, headers: { allow }, detail: expect.stringContaining(`TRACE is not possible at /_latch/`) });
  expect(told.detail).toContain(`use ${allow}`);
});

test.each(["constructor", "__proto__", "get", ""])("the method %j is none", async (method) => {
  expect(await room.ask(`${method} /_latch/clock`)).toMatchObject({ status: 405 });
});

test.each([
  "/_latch",
  "/_latch/",
  "/_latch/clock/",
  "/_latch/Clock",
  "/_latch/clock/advance/x",
  "/_latch/resources/huawei",
  "/_latch/faults/",
  "/_latch/resources//x",
  "/_latch/__proto__",
])("nothing stands at %s, and the answer lists what there is", async (path) => {
  const told = await room.ask(`GET ${path}`);
  expect(told).toMatchObject({ status: 404, json: { possible: ROUTES.map(({ template }) => template) } });
  expect(told.detail).toContain(`Nothing of the control API stands at ${path}`);
});

test.each([
  ["/_latch/resources/huawei/%ff", "broken percent-encoding"],
  ["/_latch/resources/huawei/..", "dot segment"],
  ["/_latch/resources/huawei/%00", "control character"],
])("the path %s is refused", async (path, why) => {
  expect(await room.ask(`GET ${path}`)).toMatchObject({ status: 400, detail: expect.stringContaining(why) });
});

describe("the world", () => {
  test("is the one that the header names, default without it, and its name is checked", async () => {
    const own = openRoom();
    await own.ask("PUT /seed", { seed: "mine" }, { world: "mine" });
    expect((await own.ask("GET /seed", undefined, { world: "mine" })).json).toEqual({ seed: "mine" });
    expect((await own.ask("GET /seed")).json).toEqual({ seed: "latch" });
    expect((await own.ask("GET /seed", undefined, { world: "" })).json).toEqual({ seed: "latch" });
    expect(await own.ask("GET /seed", undefined, { world: "a/b" })).toMatchObject({
      status: 400,
      detail: expect.stringContaining("A world has a name"),
    });
    expect(await own.ask("GET /worlds")).toMatchObject({ json: { worlds: ["default", "mine"] } });
  });

  test.each(["/health", "/ready", "/openapi.json", "/worlds"])("means nothing to %s", async (path) => {
    expect((await room.ask(`GET ${path}`, undefined, { world: "a/b" })).status).toBe(200);
  });

  test("is named by the header that the server was told", async () => {
    const own = openRoom({ header: "X-Team" });
    await own.ask("PUT /seed", { seed: "mine" }, { world: "red" });
    expect((await own.ask("GET /seed", undefined, { headers: { "x-team": "red" } })).json).toEqual({ seed: "mine" });
    expect((await own.ask("GET /seed", undefined, { headers: { "x-latch-world": "red" } })).json).toEqual({ seed: "latch" });
    expect((await own.ask("GET /seed?x")).detail).toContain("X-Team");
  });
});

describe("a body", () => {
  const send = (body: unknown, headers = {}) => openRoom().ask("PUT /seed", body, { headers });

  test.each([["application/json; charset=utf-8"], ["Application/JSON"], ["application/merge-patch+json"]])("may be %s", async (type) => {
    expect((await send({ seed: "mine" }, { "content-type": type })).status).toBe(200);
  });

  test.each([["text/json"], ["application/jsonp"], ["application/x-www-form-urlencoded"], [""]])("may not be %j", async (type) => {
    expect((await send({ seed: "mine" }, { "content-type": type })).status).toBe(415);
  });

  test("has to be there, and as it is", async () => {
    expect(await send(undefined)).toMatchObject({ status: 400, detail: "The request has no body: send JSON" });
    expect(await send(new Uint8Array())).toMatchObject({ status: 400 });
    expect(await send({ seed: "mine" }, { "content-encoding": "gzip" })).toMatchObject({
      status: 415,
      detail: expect.stringContaining("gzip"),
    });
    expect((await send({ seed: "mine" }, { "content-encoding": "Identity" })).status).toBe(200);
  });

  test.each([
    ["{", "The body is not valid JSON"],
    ["\ufeff{}", "The body is not valid JSON"],
    [new Uint8Array([0x22, 0xff, 0x22]), "The body is not valid UTF-8"],
    ["[".repeat(5_000_000), "The body is not valid JSON"],
    [`{"seed":${"[".repeat(200)}${"]".repeat(200)}}`, "The body nests deeper than 100 levels"],
    ['{"seed":1e999}', "larger than JSON can carry"],
    ["null", "The body is not an object"],
    ["[]", "The body is not an object"],
    ['"x"', "The body is not an object"],
  ])("that is %.20s is refused", async (body, sentence) => {
    const told = await openRoom().ask(typeof body === "string" && body.length > 1e6 ? "PUT /state" : "PUT /seed", body);
    expect(told).toMatchObject({ status: 400, detail: expect.stringContaining(sentence) });
  });

  test("that a door did not keep is too large, and the door knows the limit beforehand", async () => {
    const { control } = openRoom();
    expect(await control.respond({ method: "PUT", url: "/_latch/seed", headers: json, overLimit: 65_536 })).toMatchObject({ status: 413 });
    const limits = ["PUT /state", "PATCH /resources/huawei/x", "PUT /clock", "GET /clock", "PUT /nothing"].map((line) => {
      const [method = "", path = ""] = line.split(" ");
      return control.bodyLimit({ method, url: `/_latch${path}`, headers: {} });
    });
    expect(limits).toEqual([10 * 1024 * 1024, 1024 * 1024, 65_536, 65_536, 65_536]);
  });

  test("that nobody takes is not looked at", async () => {
    expect((await openRoom().ask("DELETE /clock", "{", { headers: { "content-type": "text/plain" } })).status).toBe(204);
  });
});

test("defects of ours are not dressed up as mistakes of the client", async () => {
  const own = openRoom();
  const failing = openRoom({ store: { ...own.store, entries: () => Promise.reject(new TypeError("defect")) } });
  await expect(Promise.resolve(failing.control.respond({ method: "GET", url: "/_latch/state", headers: {} }))).rejects.toThrow("defect");
});

test("ready is not ready while the server closes", async () => {
  let closing = false;
  const own = openRoom({ closing: () => closing });
  expect((await own.ask("GET /ready")).json).toEqual({ status: "ready" });
  closing = true;
  expect(await own.ask("GET /ready")).toMatchObject({
    status: 503,
    headers: { "retry-after": "1" },
    detail: expect.stringContaining("The server is closing"),
  });
  expect((await own.ask("GET /health")).status).toBe(200);
});

test("ready asks a store that answers later", async () => {
  const { store } = openRoom();
  expect((await openRoom({ store: { ...store, ping: () => Promise.resolve() } }).ask("GET /ready")).status).toBe(200);
  const away = await openRoom({ store: { ...store, ping: () => Promise.reject(new Error("")) } }).ask("GET /ready");
  expect(away).toMatchObject({ status: 503, detail: "The store cannot be reached" });
});

test("health names version and contracts", async () => {
  expect((await room.ask("GET /health")).json).toEqual({
    status: "ok",
    version: "1.2.3",
    contracts: ["huawei-ecs-native@v2.1", "huawei-ecs@v1", "samsung-virtualserver@v1.2", "samsung-virtualserver@v1.3", "oracle-ecb@v1.1"],
  });
});

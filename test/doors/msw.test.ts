/** The adapter to Mock Service Worker in Node, over its real `setupServer`. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { http as handle, passthrough } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { loadContracts } from "../../mock/load.ts";
import { mockHandlers, type MockHandlers, type MockHandlersOptions } from "../../mock/msw.ts";
import type { Contract } from "../../mock/types.ts";
import { signScp } from "../../runtime/scp-signature.ts";
import { ROOT } from "../../scripts/root.ts";

const SCP = "https://virtualserver.kr-west1.e.samsungsdscloud.com/v1/servers/99999999-8888-4777-8666-555555555555";
const SIGNED = { "Scp-Accesskey": "key", "Scp-Signature": "c2ln", "Scp-Timestamp": "1785542400000", "Scp-ClientType": "Openapi" };
const ECS = "https://ecs.eu-west-101.myhuaweicloud.com/v2.1/p/servers/11111111-2222-4333-8444-555555555555";
const BASE = "http://localhost:4010";
const TOKEN = { "X-Auth-Token": "token" };
const NOW = "2026-08-01T00:00:00Z";

const msw = setupServer();
let contracts: Contract[];
let network: Server;
let elsewhere: string;
const reached: string[] = [];

beforeAll(async () => {
  contracts = await loadContracts(ROOT);
  network = createServer((request, response) => {
    reached.push(`${request.method} ${request.url}`);
    request.pipe(response);
  });
  await new Promise<void>((resolve) => void network.listen(0, "127.0.0.1", resolve));
  elsewhere = `http://127.0.0.1:${(network.address() as AddressInfo).port}`;
  msw.listen({ onUnhandledFrame: "error" });
});
afterEach(() => void (reached.length = 0));
afterAll(() => {
  msw.close();
  network.close();
});

/** What the adapter does not take reaches our own little network or nothing: never the real one. */
function serve(options: MockHandlersOptions = {}, names: string[] = []): MockHandlers {
  const chosen = contracts.filter(({ api }) => names.length === 0 || names.includes(api));
  const handlers = mockHandlers(chosen, { now: NOW, ...options });
  const own = handle.all(`${elsewhere}/*`, () => passthrough());
  msw.resetHandlers(
    ...handlers,
    own,
    handle.all(/.*/, () => new Response("nobody", { status: 599 })),
  );
  return handlers;
}

const post = (url: string, headers: Record<string, string>, body?: BodyInit, more: RequestInit = {}): Promise<Response> =>
  fetch(url, { method: "POST", headers, ...(body !== undefined && { body }), ...more });

describe("what is answered", () => {
  test("the vendors' own hosts, and a base: one store behind all", async () => {
    serve({ baseUrl: `${BASE}/deep` });
    expect((await post(`${SCP}/lock`, SIGNED)).status).toBe(202);
    const seen = await fetch(`${BASE}/deep/samsung-virtualserver/v1/servers/99999999-8888-4777-8666-555555555555`, { headers: SIGNED });
    expect(await seen.json()).toMatchObject({ locked: true, state: "ACTIVE" });
    expect((await fetch(`${BASE}/deep/_latch/worlds`)).status).toBe(200);
  });

  test("one API alone at the root of the base", async () => {
    serve({ baseUrl: BASE }, ["oracle-ecb"]);
    const answer = await fetch(`${BASE}/rest/api/supportedversions`);
    expect([answer.status, await answer.text()]).toEqual([401, expect.stringContaining("<errorMessage>")]);
    expect(await (await fetch(`${BASE}/_latch/health`)).json()).toMatchObject({ contracts: ["oracle-ecb@v1.1"] });
  });

  test("a signature is checked over the address that was signed, the vendor's", async () => {
    const secretKey = "not a real one";
    serve({ seedFile: { callers: { anna: { accessKey: "key", secret: secretKey } } } });
    const timestamp = String(Date.parse(NOW));
    const signature = await signScp({ method: "POST", url: `${SCP}/lock`, timestamp, accessKey: "key", secretKey });
    const headers = { ...SIGNED, "Scp-Timestamp": timestamp };
    expect((await post(`${SCP}/lock`, { ...headers, "Scp-Signature": signature })).status).toBe(202);
    expect((await post(`${SCP}/unlock`, { ...headers, "Scp-Signature": signature })).status).toBe(401);
  });

  test("tests reach worlds and the clock, and reset a world", async () => {
    const handlers = serve();
    await post(`${SCP}/lock`, SIGNED);
    await post(`${SCP}/lock`, { ...SIGNED, "X-Latch-World": "other" });
    expect(await handlers.engine.worlds.store.worlds()).toEqual(["default", "other"]);
    await handlers.engine.worlds.change("default", (settings) => ({ ...settings, seed: "another" }));
    await handlers.reset();
    expect(await handlers.engine.worlds.store.worlds()).toEqual(["other"]);
    expect(await (await fetch(SCP, { headers: SIGNED })).json()).toMatchObject({ locked: false });
    await handlers.reset("other");
    expect(await handlers.engine.worlds.store.worlds()).toEqual([]);
  });
});

describe("what is left alone", () => {
  test("the network gets what is for it, with its body", async () => {
    serve({ baseUrl: BASE });
    expect(await (await post(`${elsewhere}/x`, {}, "a body")).text()).toBe("a body");
    expect(reached).toEqual(["POST /x"]);
  });

  test("handlers behind get what is for them", async () => {
    serve({ baseUrl: BASE });
    for (const url of ["https://example.com/v1", "http://localhost:4011/_latch/health"]) expect((await fetch(url)).status).toBe(599);
  });

  test("the vendors' hosts when they are not wanted", async () => {
    serve({ vendors: false });
    expect((await fetch(SCP, { headers: SIGNED })).status).toBe(599);
  });
});

describe("trouble", () => {
  const fault = async (handlers: MockHandlers, rule: { drop?: boolean; delay?: number }): Promise<unknown> =>
    handlers.engine.worlds.change("default", (settings) => ({ ...settings, faults: [{ id: "f", ...rule }] }));

  test("a broken connection is a network error", async () => {
    await fault(serve(), { drop: true });
    await expect(fetch(SCP, { headers: SIGNED })).rejects.toThrow(new TypeError("fetch failed"));
  });

  test("a delay is waited for as the test wants", async () => {
    const waited: number[] = [];
    await fault(serve({ wait: async (milliseconds) => void waited.push(milliseconds) }), { delay: 3_600_000 });
    expect((await fetch(SCP, { headers: SIGNED })).status).toBe(200);
    expect(waited).toEqual([3_600_000]);
  });

  test("a request that is given up meanwhile is over at once, and is no failure of the handler", async () => {
    const going = new AbortController();
    const failures: unknown[] = [];
    msw.events.on("unhandledException", ({ error }) => void failures.push(error));
    await fault(serve({ wait: () => new Promise(() => going.abort(new Error("enough"))) }), { delay: 1 });
    await expect(fetch(SCP, { headers: SIGNED, signal: going.signal })).rejects.toThrow("enough");
    // By then whatever the handler did has been done.
    expect((await post(`${elsewhere}/after`, {})).status).toBe(200);
    expect(failures).toEqual([]);
  });

  test("a request that was given up before it began changes nothing", async () => {
    const handlers = serve();
    await expect(post(`${SCP}/lock`, SIGNED, undefined, { signal: AbortSignal.abort(new Error("never")) })).rejects.toThrow("never");
    expect(await handlers.engine.worlds.store.worlds()).toEqual([]);
  });
});

describe("bodies", () => {
  const act = `${ECS}/action`;
  const json = { ...TOKEN, "Content-Type": "application/json" };

  test("one that is too large is refused as the vendor does", async () => {
    serve();
    const large = `{"lock":"${"x".repeat(200_000)}"}`;
    expect((await post(act, json, large)).status).toBe(413);
    const stream = new Response(large).body;
    const init: RequestInit & { duplex: "half" } = { method: "POST", headers: json, body: stream, duplex: "half" };
    expect((await fetch(act, init)).status).toBe(413);
  });

  test("bytes come as they were sent: what is no UTF-8 is not taken for it", async () => {
    serve();
    const bytes = new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]);
    const answer = await post(act, json, bytes);
    expect([answer.status, answer.headers.get("x-latch-reason")]).toEqual([400, "The body is not valid UTF-8."]);
  });

  test("bytes come back as they are: text beyond ASCII", async () => {
    serve();
    const name = "잠긴 서버 \u{1f512}";
    const put = { method: "PUT", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ fields: { name } }) };
    const state = serve({ baseUrl: BASE });
    const place = `${BASE}/_latch/resources/samsung-virtualserver/99999999-8888-4777-8666-555555555555`;
    expect((await fetch(place, put)).status).toBe(200);
    expect(await (await fetch(SCP, { headers: SIGNED })).json()).toMatchObject({ name });
    await state.reset();
  });

  test("HEAD has none, and the headers of GET", async () => {
    serve();
    const [get, head] = [await fetch(SCP, { headers: SIGNED }), await fetch(SCP, { method: "HEAD", headers: SIGNED })];
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect(head.headers.get("content-type")).toBe(get.headers.get("content-type"));
  });

  test("an answer without one has none", async () => {
    serve();
    const answer = await post(`${SCP}/lock`, SIGNED);
    expect([await answer.text(), answer.headers.get("content-type")]).toEqual(["", null]);
  });
});

describe("mistakes of whoever writes the test", () => {
  test.each(["localhost:4010", "/mock", "ftp://localhost", "http://localhost/?x", ""])("baseUrl %j", (baseUrl) => {
    expect(() => mockHandlers(contracts, { baseUrl })).toThrow(`${baseUrl} is no baseUrl: give one such as http://localhost:4010.`);
  });

  test("the module around a contract instead of the contract", async () => {
    const module: { default: Contract } = { default: contracts[0] as Contract };
    const wrong: Contract = Object.assign(Object.create(null), module);
    expect(() => mockHandlers(wrong)).toThrow(/That is no contract of latch: pass the default export of its module/);
  });
});

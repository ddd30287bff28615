/** When a call is sent again: no test waits, the clock, the waiting and the chance are ours. */
import { describe, expect, test } from "vitest";
import * as native from "../../generated/huawei-ecs-native/v2.1/client.ts";
import { policyOf, pauseAfter, readRetryAfter } from "../../runtime/retry.ts";
import { scripted } from "./scripted.ts";

const NOW = Date.parse("2026-01-01T00:00:00Z");
const server = { project_id: "74610f3a5ad941998e91f076297ecf27", server_id: "89c312bb-285a-4026-a237-d441908c2f9e" };
const refusal = (status: number, headers: HeadersInit = {}): Response => Response.json({ serviceUnavailable: {} }, { status, headers });
const busy = (): Response => refusal(503);
const done = (): Response => new Response(null, { status: 202 });

/** A client, what it sends, and how long it waited. */
function clientOf(answers: (() => Response)[], retry: native.ClientOptions["retry"] & object = {}) {
  const { fetch, sent } = scripted(answers);
  const waited: number[] = [];
  const sleep = async (milliseconds: number): Promise<void> => void waited.push(milliseconds);
  const client = native.createClient({ fetch, now: () => NOW, retry: { sleep, random: () => 1, ...retry } });
  return { client, sent, waited };
}

describe("Retry-After", () => {
  const read = (text: string): number | undefined => readRetryAfter(new Headers({ "Retry-After": text }), NOW);
  test.each([
    ["120", 120_000],
    [" 0 ", 0],
    ["Thu, 01 Jan 2026 00:00:30 GMT", 30_000],
    ["Wed, 31 Dec 2025 23:59:00 GMT", 0],
    ["1.5", undefined],
    ["-3", undefined],
    ["soon", undefined],
    ["", undefined],
  ])("%j is %j milliseconds", (text, expected) => expect(read(text)).toBe(expected));
  test("is not there", () => expect(readRetryAfter(new Headers(), NOW)).toBeUndefined());
});

describe("the pause", () => {
  const policy = policyOf({ attempts: 10, base: 100, cap: 1000, random: () => 1 });
  if (!policy) throw new Error("There is a policy.");
  test("doubles up to the cap", () => {
    expect([1, 2, 3, 4, 5, 6].map((sent) => pauseAfter(undefined, sent, policy, NOW))).toEqual([100, 200, 400, 800, 1000, 1000]);
  });
  test("is a share of that, by chance", () => {
    expect(pauseAfter(busy(), 2, { ...policy, random: () => 0.25 }, NOW)).toBe(50);
    expect(pauseAfter(busy(), 2, { ...policy, random: () => 0 }, NOW)).toBe(0);
  });
  test("is what the answer asks for and a little more, never less", () => {
    expect(pauseAfter(refusal(429, { "Retry-After": "1" }), 1, { ...policy, random: () => 0.5 }, NOW)).toBe(1050);
    expect(pauseAfter(refusal(429, { "Retry-After": "1" }), 1, { ...policy, random: () => 0 }, NOW)).toBe(1000);
  });
  test("is not waited where the answer asks for more than the cap", () => {
    expect(pauseAfter(refusal(429, { "Retry-After": "2" }), 1, policy, NOW)).toBeUndefined();
  });
  test("follows 429, 502, 503 and 504 only", () => {
    const followed = Array.from({ length: 400 }, (_, i) => 200 + i).filter(
      (status) => pauseAfter(new Response(null, { status }), 1, policy, NOW) !== undefined,
    );
    expect(followed).toEqual([429, 502, 503, 504]);
  });
  test("comes no more after the last attempt", () => expect(pauseAfter(undefined, 10, policy, NOW)).toBeUndefined());
});

test("a read, and a call that is marked, are sent again until they are answered", async () => {
  const { client, sent, waited } = clientOf([busy, busy, done]);
  expect((await native.lockServer(client, server)).status).toBe(202);
  expect(sent.map(({ body }) => body)).toEqual(['{"lock":null}', '{"lock":null}', '{"lock":null}']);
  expect(waited).toEqual([500, 1000]);
  const reads = clientOf([busy, () => Response.json({ server: {} })]);
  expect((await native.showServer(reads.client, server)).status).toBe(200);
  expect(reads.waited).toEqual([500]);
});

test("a call that is not marked is sent once, whatever comes and whatever is asked for", async () => {
  const { client, sent, waited } = clientOf([busy]);
  const result = await native.stopServer(client, { ...server, "os-stop": {} }, { retry: { attempts: 9 } });
  expect([result.status, sent.length, waited]).toEqual([503, 1, []]);
  const broken = clientOf([
    () => {
      throw new TypeError("fetch failed");
    },
  ]);
  await expect(native.rebootServer(broken.client, { ...server, reboot: { type: "HARD" } })).rejects.toThrow("fetch failed");
  expect(broken.sent.length).toBe(1);
});

test("the last answer is handed out when nothing helps, with its body", async () => {
  const { client, sent } = clientOf([busy, busy, () => refusal(504)]);
  const result = await native.showServer(client, server);
  expect([result.status, sent.length]).toEqual([504, 3]);
  expect(result.error).toEqual({ serviceUnavailable: {} });
});

test("false means never, for a client or for one call", async () => {
  const { fetch, sent } = scripted([busy, busy]);
  await native.showServer(native.createClient({ fetch, retry: false }), server);
  await native.showServer(native.createClient({ fetch }), server, { retry: false });
  expect(sent.length).toBe(2);
});

test("a broken connection counts, a mistake does not", async () => {
  const fail = (): never => {
    throw new TypeError("fetch failed");
  };
  const { client, sent } = clientOf([fail, done]);
  expect((await native.unlockServer(client, server)).status).toBe(202);
  expect(sent.length).toBe(2);
  const { client: never, sent: tried } = clientOf([fail, fail, fail]);
  await expect(native.showServer(never, server)).rejects.toThrow("fetch failed");
  expect(tried.length).toBe(3);
  const { client: wrong, sent: nothing } = clientOf([done]);
  await expect(native.showServer(wrong, server, { headers: { "not a name": "1" } })).rejects.toThrow(TypeError);
  expect(nothing).toEqual([]);
});

test("a body that breaks off half-way is a broken connection", async () => {
  const half = (): Response =>
    new Response(new ReadableStream({ start: (controller) => controller.error(new TypeError("terminated")) }), { status: 200 });
  const { client, sent } = clientOf([half, () => Response.json({ server: { id: "1" } })]);
  expect((await native.showServer(client, server)).data).toEqual({ server: { id: "1" } });
  expect(sent.length).toBe(2);
});

test("a wait ends with the caller's signal", async () => {
  const { fetch, sent } = scripted([busy, done]);
  const abort = new AbortController();
  const client = native.createClient({
    fetch,
    retry: { sleep: async (_, signal) => (abort.abort(new Error("Enough.")), signal?.throwIfAborted()) },
  });
  await expect(native.lockServer(client, server, { signal: abort.signal })).rejects.toThrow("Enough.");
  expect(sent.length).toBe(1);
});

test("openapi-fetch's own GET is repeated, its POST never", async () => {
  const { client, sent, waited } = clientOf([busy, () => Response.json({ server: {} }), busy]);
  const path = "/{project_id}/servers/{server_id}";
  expect((await client.GET(path, { params: { path: server } })).response.status).toBe(200);
  expect((await client.POST(`${path}/action`, { params: { path: server }, body: { lock: null } })).response.status).toBe(503);
  expect([sent.length, waited.length]).toEqual([3, 1]);
});

test("openapi-fetch's own GET takes retry for one call, and sends what it sent", async () => {
  const { client, sent } = clientOf([busy, busy, () => Response.json({ server: {} })]);
  const path = "/{project_id}/servers/{server_id}";
  expect((await client.GET(path, { params: { path: server }, retry: false })).response.status).toBe(503);
  expect((await client.GET(path, { params: { path: server }, headers: { "X-Own": "1" } })).response.status).toBe(200);
  expect(sent.map(({ method, url, headers }) => [method, url, headers.get("X-Own")]).slice(1)).toEqual([
    ["GET", sent[0]?.url, "1"],
    ["GET", sent[0]?.url, "1"],
  ]);
});

test("the body of an answer that nobody will read is given up", async () => {
  let given = false;
  const busyStream = (): Response => new Response(new ReadableStream({ cancel: () => void (given = true) }), { status: 503 });
  const { client } = clientOf([busyStream, () => Response.json({ server: {} })]);
  expect((await client.GET("/{project_id}/servers/{server_id}", { params: { path: server } })).response.status).toBe(200);
  expect(given).toBe(true);
});

/** What nobody should send: each gets an answer, memory returns to where it was, and the process lives. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { open, startVictim, type Victim } from "./child.ts";

const SERVER = "/v1/servers/89c312bb-285a-4026-a237-d441908c2f9e";
const ACTION = "/huawei-ecs-native/v2.1/74610f3a5ad941998e91f076297ecf27/servers/89c312bb-285a-4026-a237-d441908c2f9e/action";
const ELEMENTS = "/oracle-ecb/rest/v1.1/configuration/configElements";

/** Bytes that memory may differ by after all of it: caches of compiled code, not what was sent (10 MB bodies, 100,000 characters). */
const SLACK = 8 * 1024 * 1024;

let victim: Victim;
beforeAll(async () => {
  victim = await startVictim();
});
afterAll(async () => {
  expect(await victim.stop()).toBe(0);
});

const head = (line: string, headers: Record<string, string>): string =>
  `${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("")}\r\n`;

/** A POST with a JSON body (or whatever the headers say). */
function post(path: string, body: string, headers: Record<string, string> = {}): string {
  const type = { "X-Auth-Token": "t", Authorization: "Bearer t", "Content-Type": "application/json" };
  return head(`POST ${path}`, { ...type, ...headers, "Content-Length": String(Buffer.byteLength(body)) }) + body;
}

const xml = { "Content-Type": "application/xml" };
const nest = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);
const rebuild = (members: string): string => post(ACTION, `{"rebuild":{"imageRef":"x",${members}}}`);
const INPUTS: [name: string, bytes: string, statuses: number[]][] = [
  ...['{"lock":', "", "{", "[", "nul", '{"lock":null}x', "\u0000", '{"lock":null,}', "NaN", '"lock"', "[]", "1", "null"].map(
    (body): [string, string, number[]] => [`malformed JSON ${JSON.stringify(body)}`, post(ACTION, body), [400]],
  ),
  ["a body of 10 MB", post(ACTION, `{"lock":"${"x".repeat(10 * 1024 * 1024)}"}`), [413]],
  ["10 MB for the XML", post(ELEMENTS, `<configElement>${"<a/>".repeat(2_600_000)}</configElement>`, xml), [400, 413]],
  ["10 MB for the control API", post("/_latch/state", `{"world":"${"x".repeat(10 * 1024 * 1024)}"}`), [400, 405, 413]],
  ["a path of 100,000 characters", head(`GET /${"a".repeat(100_000)}`, {}), [431]],
  ["a path of 15,000 characters", head(`GET /${"a/".repeat(7_500)}`, {}), [404]],
  ["a path of 15,000 escapes", head(`GET /samsung-virtualserver/${"%2f".repeat(4_900)}`, { "Scp-Accesskey": "k" }), [404]],
  ...["%", "%2", "%zz", "%00", "%2e%2e/%2e%2e/etc/passwd", "..%2f..%2fetc%2fpasswd", "%c0%ae%c0%ae", "%ff", "..;/x", "%0d%0aX-Evil:1"].map(
    (path): [string, string, number[]] => [`the escape ${path}`, head(`GET /samsung-virtualserver/${path}`, {}), [400, 404]],
  ),
  ["a header that ends the head", head(`GET ${ACTION}`, { "X-Auth-Token": "a\r\nX-Evil: 1" }), [404, 405]],
  ["a world with a line in its name", head("GET /_latch/health", { "X-Latch-World": "a%0d%0ab" }), [200, 400]],
  ["an origin that is a header", head(`GET /`, { Origin: "http://x\r\nSet-Cookie: a=b" }), [404]],
  ["a bare line feed in a header", head(`GET ${ACTION}`, { "X-Auth-Token": "a\nX: 1" }), [400, 404]],
  ["a Prefer that asks for the moon", head(`GET /samsung-virtualserver${SERVER}`, { Prefer: `code=${"9".repeat(5000)}` }), [401]],
  ["__proto__ as the action", post(ACTION, '{"__proto__":null}'), [400]],
  ["constructor as the action", post(ACTION, '{"constructor":{"prototype":{"polluted":1}}}'), [400]],
  ["__proto__ beside the action", post(ACTION, '{"lock":null,"__proto__":{"polluted":1}}'), [400]],
  [
    "__proto__ in a rebuild",
    post(ACTION, '{"rebuild":{"imageRef":"3ed456f5-3d8f-4383-a6c9-312032afcd1a","metadata":{"__proto__":"x"}}}'),
    [202, 400, 409],
  ],
  ["__proto__ as a world", post("/_latch/faults", "{}", { "X-Latch-World": "__proto__" }), [400]],
  ["__proto__ as a resource", head("GET /_latch/resources/__proto__/constructor", {}), [404]],
  [
    "__proto__ as a query",
    head(`GET ${ELEMENTS}?__proto__=1&elementType=constructor&toString=x`, { Authorization: "Bearer t" }),
    [200, 404],
  ],
  ["JSON nested 50,000 deep", post(ACTION, `{"lock":${nest("[", "]", 50_000)}}`), [400]],
  ["JSON objects nested 20,000 deep", post(ACTION, `{"lock":${'{"a":'.repeat(16_000)}1${"}".repeat(16_000)}}`), [400]],
  ["50,000 bad items", rebuild(`"personality":[${Array(50_000).fill(0).join()}]`), [400]],
  ["10,000 unknown members", rebuild(Array.from({ length: 10_000 }, (_, index) => `"u${index}":0`).join()), [400]],
  ["10,000 bad members", rebuild(`"metadata":{${Array.from({ length: 10_000 }, (_, index) => `"%${index}":0`).join()}}`), [400]],
  ["XML nested 20,000 deep", post(ELEMENTS, nest("<a>", "</a>", 20_000), xml), [400]],
  [
    "a billion laughs",
    post(ELEMENTS, `<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "${"&a;".repeat(50)}">]><configElement>&b;</configElement>`, xml),
    [400],
  ],
  [
    "a file from outside",
    post(ELEMENTS, `<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><configElement>&f;</configElement>`, xml),
    [400],
  ],
  ["a chunk without an end", `${head(`POST ${ACTION}`, { "Transfer-Encoding": "chunked", "X-Auth-Token": "t" })}zz\r\n`, [400]],
  ["two lengths", head(`POST ${ACTION}`, { "Content-Length": "1\r\nContent-Length: 2" }), [400]],
  ["length and chunks (request smuggling)", head(`POST ${ACTION}`, { "Content-Length": "4", "Transfer-Encoding": "chunked" }), [400]],
  ["no HTTP", "\x16\x03\x01\x02\x00\x01\x00", [400]],
  ["an unknown method", head(`LOCK ${ACTION}`, { "X-Auth-Token": "t" }), [404, 405]],
];

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]);

describe("each gets an answer", () => {
  test.each(INPUTS)("%s", async (_, bytes, statuses) => {
    const answer = await victim.raw(bytes);
    expect(statuses, answer.slice(0, 500)).toContain(statusOf(answer));
    expect(answer).not.toMatch(/\n\s+at |node:internal|\/work\//);
    expect(answer.toLowerCase()).not.toMatch(/\r\n(x-evil|set-cookie):/);
  });
});

test("nothing was polluted: the mock answers a plain request as before", async () => {
  const answer = await victim.raw(post(ACTION, '{"unlock":null}'));
  expect(statusOf(answer)).toBe(202);
  expect(answer).not.toContain("polluted");
});

test("headers that arrive drop by drop end after the time a client has", async () => {
  const patient = await startVictim(1000);
  const answer = await patient.raw(`GET ${ACTION} HTTP/1.1\r\nHost: x\r\n`, (write) => {
    const drip = setInterval(() => write("X-Slow: 1\r\n"), 50).unref();
    setTimeout(() => clearInterval(drip), 30_000).unref();
  });
  expect(statusOf(answer)).toBe(408);
  expect(await patient.stop()).toBe(0);
});

test("half a request and 500 connections that say nothing do not keep the others from being served", async () => {
  const idle = await Promise.all(Array.from({ length: 500 }, () => open(victim.port)));
  idle.forEach((socket, index) => index % 2 === 0 && socket.write("POST / HTTP/1.1\r\n"));
  expect(statusOf(await victim.raw(post(ACTION, '{"lock":null}')))).toBe(202);
  for (const socket of idle) socket.destroy();
});

test("memory returns to where it was", async () => {
  const round = (): Promise<unknown> => Promise.all(INPUTS.map(([, bytes]) => victim.raw(bytes)));
  // The first rounds compile what the code needs and fill its bounded caches.
  for (let warm = 0; warm < 3; warm++) await round();
  const before = await victim.memory();
  for (let again = 0; again < 8; again++) await round();
  const after = await victim.memory();
  console.log(`memory after hostile rounds: ${(before / 2 ** 20).toFixed(1)} MB, then ${(after / 2 ** 20).toFixed(1)} MB`);
  expect(after - before).toBeLessThan(SLACK);
  expect(victim.alive()).toBe(true);
});

/** Huawei's signature is checked where the seed file has the secret of the access key. */
import { expect, test } from "vitest";
import { akSkSignature } from "../../runtime/ak-sk.ts";
import { ID, NOW, PROJECT, scene } from "./engine.ts";

const key = { ak: "AKEXAMPLE0000000000A", sk: "not-a-real-secret", projectId: PROJECT };
const ORIGIN = "http://127.0.0.1:4010";
const callers = { signer: { project: PROJECT, accessKey: key.ak, secret: key.sk }, open: { accessKey: "AKEXAMPLE0000000000B" } };

interface Change {
  at?: number;
  sk?: string;
  ak?: string;
  body?: string;
  url?: string;
  headers?: Record<string, string>;
}

/** Signs a lock, and sends it with something changed. */
async function send(api: "native" | "vendor", { at = NOW, sk = key.sk, ak = key.ak, headers = {}, ...sent }: Change = {}) {
  const { engine } = scene({ seedFile: { callers, tokens: { TOKEN: "signer" } } });
  const [path, body] =
    api === "native"
      ? [`/huawei-ecs-native/v2.1/${PROJECT}/servers/${ID}/action`, '{"lock":null}']
      : [`/huawei-ecs/v1/${PROJECT}/cloudservers/${ID}/migrate`, '{"migrate":null}'];
  const type = { "Content-Type": "application/json" };
  const request = new Request(ORIGIN + path, { method: "POST", headers: type, body });
  const signed = { ...type, Host: "127.0.0.1:4010", ...(await akSkSignature(request, { ...key, ak, sk }, () => at)), ...headers };
  const lower = Object.fromEntries(Object.entries(signed).map(([name, value]) => [name.toLowerCase(), value]));
  const bytes = new TextEncoder().encode(sent.body ?? body);
  return engine.respond({ method: "POST", url: sent.url ?? path, origin: ORIGIN, headers: lower, body: bytes });
}

test.each([
  ["native", 202],
  // The server runs: whoever gets that far is told so.
  ["vendor", 400],
] as const)("%s: what is signed rightly goes through", async (api, status) => {
  expect((await send(api)).status).toBe(status);
});

test.each<[string, Change]>([
  ["another secret", { sk: "another-secret" }],
  ["another body", { body: '{"unlock":null}' }],
  ["a query that was not signed", { url: `/huawei-ecs-native/v2.1/${PROJECT}/servers/${ID}/action?x=1` }],
  ["another project", { headers: { "X-Project-Id": "other" } }],
  ["another date", { headers: { "X-Sdk-Date": "20250601T080001Z" } }],
  ["no form", { headers: { Authorization: `Access=${key.ak}` } }],
])("%s: 401", async (_, change) => {
  const told = await send("native", change);
  expect(told).toMatchObject({ status: 401, headers: { "x-latch-reason": expect.stringContaining("signature") } });
  expect(String(told.body)).toContain("APIGW.0301");
});

test("the vendor's API says it in its own words", async () => {
  const { status, body } = await send("vendor", { sk: "another-secret" });
  expect(status).toBe(401);
  expect(String(body)).toContain("error_code");
});

test.each([
  [15 * 60_000, 202],
  [-15 * 60_000, 202],
  [15 * 60_000 + 1000, 401],
  [-15 * 60_000 - 1000, 401],
])("signed %i ms from the clock: %i", async (away, status) => {
  expect((await send("native", { at: NOW + away })).status).toBe(status);
});

test("a key without a secret, and a token, need no right signature", async () => {
  expect((await send("native", { ak: "AKEXAMPLE0000000000B", sk: "whatever" })).status).toBe(202);
  expect((await send("native", { sk: "another-secret", headers: { "X-Auth-Token": "TOKEN" } })).status).toBe(202);
});

/** Who asks: seed files, policies, roles, tokens that end, signatures over the exact URL, strict worlds. */
import { describe, expect, test } from "vitest";
import { signScp } from "../../runtime/scp-signature.ts";
import { act, bearer, ecb, ID, NOW, PROJECT, scene, scp, SCP, show } from "./engine.ts";

const KEY = "2sd2gg=2agbdSD26svcD";
const SECRET = "example-secret-key-for-test-vectors-only";

describe("policies", () => {
  const { engine } = scene({
    seedFile: {
      callers: {
        reader: { project: PROJECT, policy: ["ecs:servers:get", "ecs:servers:un*"] },
        viewer: { accessKey: KEY, policy: ["virtualserver:Show*"] },
      },
      tokens: { READER: "reader" },
    },
  });
  test.each([
    [{ lock: null }, 403],
    [{ unlock: null }, 202],
    [{ "os-stop": null }, 403],
  ])("%j with a policy that has only get and un*: %i", async (body, status) => {
    const told = await act(engine, body, { "X-Auth-Token": "READER" });
    expect(told.status).toBe(status);
    if (status === 403) expect(told.json).toMatchObject({ forbidden: { code: 403 } });
  });
  test("a caller without a policy may do everything", async () => {
    expect((await act(engine, { lock: null })).status).toBe(202);
  });
  test("Samsung's access levels", async () => {
    expect((await scp(engine, `GET /v1/servers/${ID}`)).status).toBe(200);
    expect(await scp(engine, `POST /v1/servers/${ID}/lock`)).toMatchObject({ status: 403, json: { errors: [{ status: 403 }] } });
  });
});

describe("signatures", () => {
  const at = (ms: number): string => String(ms);
  const { engine } = scene({ seedFile: { callers: { me: { accessKey: KEY, secret: SECRET } } } });
  const url = `http://127.0.0.1:4010/samsung-virtualserver/v1/servers/${ID}/lock`;
  async function send(signed: { url?: string; timestamp?: number; sent?: number; method?: string; query?: string } = {}) {
    const timestamp = at(signed.timestamp ?? NOW);
    const signature = await signScp({
      method: signed.method ?? "POST",
      url: signed.url ?? url,
      timestamp,
      accessKey: KEY,
      secretKey: SECRET,
    });
    const answer = await engine.respond({
      method: "POST",
      url: new URL(url).pathname + (signed.query ?? ""),
      origin: "http://127.0.0.1:4010",
      headers: {
        "scp-accesskey": KEY,
        "scp-signature": signature,
        "scp-timestamp": at(signed.sent ?? signed.timestamp ?? NOW),
        "scp-clienttype": "Openapi",
      },
    });
    return { status: answer.status, body: String(answer.body), reason: answer.headers["x-latch-reason"] };
  }

  test("over the URL as it goes over the wire: accepted", async () => expect((await send()).status).toBe(202));
  test.each([
    ["another URL", { url: url.replace("4010", "4011") }],
    ["the path alone", { url: new URL(url).pathname }],
    ["another method", { method: "GET" }],
    ["a query that was not signed", { query: "?x=1" }],
    ["another timestamp", { sent: NOW + 1 }],
  ])("%s: 401", async (_, signed) => {
    expect(await send(signed)).toMatchObject({ status: 401, reason: expect.stringContaining("signature") });
  });
  test.each([
    [15 * 60_000, 202],
    [-15 * 60_000, 202],
    [15 * 60_000 + 1, 401],
    [-15 * 60_000 - 1, 401],
  ])("a timestamp %i ms from the clock: %i", async (away, status) => {
    expect((await send({ timestamp: NOW + away })).status).toBe(status);
  });
  test("a key without a configured secret needs no right signature", async () => {
    expect((await scp(scene().engine, `POST /v1/servers/${ID}/lock`, SCP)).status).toBe(202);
  });
});

describe("strict", () => {
  const { engine } = scene({
    strict: true,
    seedFile: {
      callers: { me: { project: PROJECT, accessKey: KEY } },
      tokens: { MINE: "me" },
      servers: { one: { api: "huawei-ecs-native", id: ID, vm_state: "stopped", locked: true, locked_by: "owner" } },
    },
  });
  test("what the seed file names is there, in its state", async () => {
    const told = await show(engine, { "X-Auth-Token": "MINE" });
    expect(told).toMatchObject({ status: 200, json: { server: { name: "one", status: "SHUTOFF", locked: true } } });
  });
  test("other servers, tokens and keys are not", async () => {
    expect((await show(engine, { "X-Auth-Token": "MINE" }, ID.replace("8", "9"))).status).toBe(404);
    expect((await show(engine, { "X-Auth-Token": "OTHER" })).status).toBe(401);
    expect((await scp(engine, `GET /v1/servers/${ID}`)).status).toBe(404);
    expect((await scp(engine, `GET /v1/servers/${ID}`, { "Scp-Accesskey": "nobody" })).status).toBe(401);
    expect((await ecb(engine, "POST /configuration/lock", bearer("unknown"))).status).toBe(401);
  });
});

describe("the broker's token", () => {
  const basic = { Authorization: `Basic ${btoa("admin:pw")}` };
  const tokenOf = (text: string): string => /<accessToken>([^<]+)/.exec(text)?.[1] ?? "";
  test("lives ten minutes, and takes its lock with it", async () => {
    const { engine, pass } = scene();
    const first = tokenOf((await ecb(engine, "POST /auth/token", basic)).text);
    const second = tokenOf((await ecb(engine, "POST /auth/token", basic)).text);
    expect(first).not.toBe(second);
    expect((await ecb(engine, "POST /configuration/lock", bearer(first))).status).toBe(204);
    expect((await ecb(engine, "POST /configuration/lock", bearer(second))).status).toBe(423);
    pass(599_999);
    const renewed = tokenOf(
      (await ecb(engine, "POST /auth/token", { ...basic, "Content-Type": "application/x-www-form-urlencoded" }, `token=${first}`)).text,
    );
    pass(2);
    expect((await ecb(engine, "POST /configuration/unlock", bearer(first))).status).toBe(401);
    expect((await ecb(engine, "POST /configuration/unlock", bearer(renewed))).status).toBe(204);
  });
});

test("plain HTTP is refused where a contract says how, and only when asked for", async () => {
  const request = { method: "POST", url: "/oracle-ecb/rest/v1.1/configuration/lock", headers: { authorization: "Bearer t" } };
  const { engine } = scene({ requireHttps: true });
  const [plain, secure] = [
    await engine.respond({ ...request, origin: "http://x" }),
    await engine.respond({ ...request, origin: "https://x" }),
  ];
  expect([plain.status, secure.status]).toEqual([426, 204]);
  expect((await scene().engine.respond({ ...request, origin: "http://x" })).status).toBe(204);
});

test("a 426 says what to upgrade to, whoever asked for it", async () => {
  const request = { method: "POST", url: "/oracle-ecb/rest/v1.1/configuration/lock", headers: { authorization: "Bearer t" } };
  const upgrade = { upgrade: "TLS/1.2, HTTP/1.1", connection: "Upgrade" };
  const refused = await scene({ requireHttps: true }).engine.respond({ ...request, origin: "http://x" });
  expect(refused).toMatchObject({ status: 426, headers: upgrade });
  const preferred = await scene().engine.respond({ ...request, headers: { ...request.headers, prefer: "code=426" } });
  expect(preferred).toMatchObject({ status: 426, headers: upgrade });
});

test("behind a proxy, what counts is how the client came to it", async () => {
  const { engine } = scene({ requireHttps: true });
  const came = async (proto: string, origin: string): Promise<number> => {
    const headers = { authorization: "Bearer t", "x-forwarded-proto": proto };
    return (await engine.respond({ method: "POST", url: "/oracle-ecb/rest/v1.1/configuration/lock", headers, origin })).status;
  };
  expect(await came("https", "http://x")).toBe(204);
  expect(await came("HTTPS, http", "http://x")).toBe(204);
  expect(await came("http, https", "https://x")).toBe(426);
});

test("a refusal of the table says which row it was, a success nothing", async () => {
  const { engine } = scene();
  const locked = await act(engine, { lock: null });
  expect([locked.status, locked.headers["x-latch-reason"]]).toEqual([202, undefined]);
  const refused = await act(engine, { "os-stop": {} });
  expect(refused).toMatchObject({ status: 409, headers: { "x-latch-reason": "The row stopServer/locked of the behaviour table says so" } });
  expect(await act(engine, { "os-stop": {} })).toEqual(refused);
  const unheld = await ecb(engine, "POST /configuration/unlock", bearer("t"));
  expect(unheld).toMatchObject({
    status: 423,
    headers: { "x-latch-reason": expect.stringMatching(/^The row unlockConfiguration\/\S+ of/) },
  });
});

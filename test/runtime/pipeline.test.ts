/** Credentials on their way through the pipeline: made anew for each attempt, once more after a 401 where that helps, and left out where they are there. */
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import * as native from "../../generated/huawei-ecs-native/v2.1/client.ts";
import nativeMock from "../../generated/huawei-ecs-native/v2.1/mock.js";
import * as ecb from "../../generated/oracle-ecb/v1.1/client.ts";
import ecbMock from "../../generated/oracle-ecb/v1.1/mock.js";
import * as samsung from "../../generated/samsung-virtualserver/v1.3/client.ts";
import samsungMock from "../../generated/samsung-virtualserver/v1.3/mock.js";
import { createMock } from "../../mock/fetch.ts";
import { createContractClient } from "../../runtime/client.ts";
import type { Credentials } from "../../runtime/types.ts";
import { scripted } from "./scripted.ts";

const server = { project_id: "74610f3a5ad941998e91f076297ecf27", server_id: "89c312bb-285a-4026-a237-d441908c2f9e" };
const refused = (): Response => Response.json({ error: { code: 401 } }, { status: 401 });
const done = (): Response => new Response(null, { status: 202 });
const shown = (): Response => Response.json({ server: {} });

/** Credentials that number their tokens. */
function counting(again: boolean): { credentials: Credentials; asked: Request[] } {
  const asked: Request[] = [];
  let number = 0;
  const authorize = async (request: Request): Promise<Request> => {
    const headers = new Headers(request.headers);
    headers.set("X-Auth-Token", `token-${++number}`);
    return new Request(request, { headers });
  };
  const notice = (_: Response, request?: Request): boolean => {
    if (request) asked.push(request);
    return again;
  };
  return { credentials: { authorize, refused: notice }, asked };
}

function clientOf(answers: (() => Response)[], credentials: Credentials) {
  const { fetch, sent } = scripted(answers);
  const retry = { sleep: async () => {}, random: () => 0 };
  const client: native.Client = createContractClient(native.contract, { fetch, retry }, () => credentials);
  return { client, sent, tokens: () => sent.map(({ headers }) => headers.get("X-Auth-Token")) };
}

test("every attempt has credentials of its own", async () => {
  const { client, tokens } = clientOf([() => new Response(null, { status: 503 }), done], counting(false).credentials);
  expect((await native.lockServer(client, server)).status).toBe(202);
  expect(tokens()).toEqual(["token-1", "token-2"]);
});

describe("after a 401", () => {
  test("a call is sent once more where a new credential can be had, even one that is not repeatable, with its body", async () => {
    const { credentials, asked } = counting(true);
    const { client, sent, tokens } = clientOf([refused, done], credentials);
    expect((await native.stopServer(client, { ...server, "os-stop": { type: "HARD" } })).status).toBe(202);
    expect(tokens()).toEqual(["token-1", "token-2"]);
    expect(sent.map(({ body }) => body)).toEqual(['{"os-stop":{"type":"HARD"}}', '{"os-stop":{"type":"HARD"}}']);
    expect(asked.map(({ headers }) => headers.get("X-Auth-Token"))).toEqual(["token-1"]);
  });
  test("only once", async () => {
    const { client, sent } = clientOf([refused, refused], counting(true).credentials);
    const result = await native.showServer(client, server);
    expect([result.status, result.error, sent.length]).toEqual([401, { error: { code: 401 } }, 2]);
  });
  test("not where no other can be had", async () => {
    const { client, sent } = clientOf([refused], counting(false).credentials);
    expect((await native.showServer(client, server)).status).toBe(401);
    expect(sent.length).toBe(1);
  });
  test("openapi-fetch's own POST is sent once more, too, with its body", async () => {
    const { client, sent } = clientOf([refused, done], counting(true).credentials);
    const path = "/{project_id}/servers/{server_id}/action";
    expect((await client.POST(path, { params: { path: server }, body: { lock: null } })).response.status).toBe(202);
    expect(sent.map(({ body }) => body)).toEqual(['{"lock":null}', '{"lock":null}']);
  });
});

test("a failure to make credentials is thrown as it is: nothing is sent, and nothing is tried again", async () => {
  let asked = 0;
  const authorize = (): Promise<Request> => (asked++, Promise.reject(new Error("There is no token.")));
  const { client, sent } = clientOf([], { authorize });
  await expect(native.showServer(client, server)).rejects.toThrow("There is no token.");
  expect([asked, sent]).toEqual([1, []]);
});

test("so is a failure to renew them after a 401", async () => {
  let asked = 0;
  const authorize = async (request: Request): Promise<Request> => {
    if (++asked > 1) throw new Error("There is no other token.");
    return request;
  };
  const { client, sent } = clientOf([refused], { authorize, refused: () => true });
  await expect(native.showServer(client, server)).rejects.toThrow("There is no other token.");
  expect([asked, sent.length]).toEqual([2, 1]);
});

describe("a request that carries a credential already is sent as it is", () => {
  const headers = { "x-auth-token": "own" };
  test.each<[string, (client: native.Client) => Promise<unknown>]>([
    ["by the header of a call", (client) => native.showServer(client, server, { headers })],
    ["by openapi-fetch's own GET", (client) => client.GET("/{project_id}/servers/{server_id}", { params: { path: server }, headers })],
  ])("%s", async (_, call) => {
    const { client, tokens } = clientOf([refused], counting(true).credentials);
    await call(client);
    expect(tokens()).toEqual(["own"]);
  });
  test("by the headers of the client", async () => {
    const { fetch, sent } = scripted([shown]);
    await native.showServer(native.createClient({ fetch, ak: "AK", sk: "SK", headers: { Authorization: "own" } }), server);
    expect(sent[0]?.headers.get("Authorization")).toBe("own");
  });
});

test("a client that is printed or serialised shows no secret", () => {
  const clients = [
    samsung.createClient({ accessKey: "key", secretKey: "s3cret" }),
    native.createClient({ token: "s3cret" }),
    native.createClient({ ak: "key", sk: "s3cret" }),
    native.createClient({ iam: { username: "u", password: "s3cret", domain: "d" } }),
    ecb.createClient({ host: "ecb.example.com", username: "admin", password: "s3cret" }),
  ];
  for (const client of clients) {
    expect(inspect(client, { depth: Infinity, showHidden: true })).not.toContain("s3cret");
    expect(JSON.stringify(client)).not.toContain("s3cret");
  }
});

test("the options of each vendor prove themselves to its mock", async () => {
  const seed = {
    callers: {
      key: { accessKey: "EXAMPLE-KEY", secret: "not-a-real-secret" },
      operator: { user: "operator", password: "example", role: "administrator" },
    },
  };
  const strict = { seedFile: seed, now: () => Date.parse("2026-01-01T00:00:00Z") };
  const now = strict.now;
  const scp = (secretKey: string) =>
    samsung.createClient({ fetch: createMock(samsungMock, strict), now, accessKey: "EXAMPLE-KEY", secretKey });
  expect((await samsung.lockServer(scp("not-a-real-secret"), server)).status).toBe(202);
  expect((await samsung.lockServer(scp("another"), server)).status).toBe(401);

  const huawei = native.createClient({
    fetch: createMock(nativeMock, strict),
    now,
    ak: "EXAMPLE-KEY",
    sk: "not-a-real-secret",
    microversion: "2.9",
  });
  expect((await native.lockServer(huawei, server)).status).toBe(202);
  expect((await native.showServer(huawei, server)).data?.server.locked).toBe(true);

  const user = { username: "operator", password: "example" };
  const box = ecb.createClient({ host: "ecb.example.com", fetch: createMock(ecbMock, strict), now, ...user });
  expect((await ecb.lockConfiguration(box)).status).toBe(204);
  expect((await ecb.unlockConfiguration(box)).status).toBe(204);
});

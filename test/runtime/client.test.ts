/** What a generated client puts on the wire, and what it makes of an answer. Nothing is mocked: `fetch` is an option. */
import { expect, test, vi } from "vitest";
import * as native from "../../generated/huawei-ecs-native/v2.1/client.ts";
import * as ecb from "../../generated/oracle-ecb/v1.1/client.ts";
import * as samsung from "../../generated/samsung-virtualserver/v1.2/client.ts";
import { observed } from "./scripted.ts";

const server = { project_id: "74610f3a5ad941998e91f076297ecf27", server_id: "89c312bb-285a-4026-a237-d441908c2f9e" };
const empty = (status: number): Response => new Response(null, { status });

test("an action goes out under its wire key, null where nothing else is said", async () => {
  const { fetch, sent } = observed(empty(202));
  const client = native.createClient({ region: "ap-southeast-1", headers: { "X-Auth-Token": "t" }, fetch });
  await native.lockServer(client, server);
  await native.rebootServer(client, { ...server, reboot: { type: "SOFT" } });
  expect(sent.map(({ body }) => body)).toEqual(['{"lock":null}', '{"reboot":{"type":"SOFT"}}']);
  expect(sent[0]).toMatchObject({
    method: "POST",
    url: `https://ecs.ap-southeast-1.myhuaweicloud.com/v2.1/${server.project_id}/servers/${server.server_id}/action`,
  });
  expect(sent[0]?.headers.get("X-Auth-Token")).toBe("t");
  expect(sent[0]?.headers.get("Content-Type")).toBe("application/json");
});

test("a missing path parameter is a mistake said aloud, not %7Bserver_id%7D on the wire", async () => {
  const { fetch, sent } = observed(empty(202));
  const client = native.createClient({ fetch });
  await expect(native.lockServer(client, { ...server, server_id: "" })).rejects.toThrow("The path parameter server_id of");
  expect(sent).toEqual([]);
});

test("the header that pins the version is sent without being asked for", async () => {
  const { fetch, sent } = observed(empty(202));
  await samsung.lockServer(samsung.createClient({ environment: "g", region: "kr-south1", fetch }), { server_id: server.server_id });
  expect(sent[0]?.url).toBe(`https://virtualserver.kr-south1.g.samsungsdscloud.com/v1/servers/${server.server_id}/lock`);
  expect(sent[0]?.headers.get("Scp-Api-Version")).toBe("virtualserver 1.2");
  expect(sent[0]?.body).toBe("");
});

test("a failure is a value with its status, and narrows by it", async () => {
  const body = { conflictingRequest: { code: 409, message: "Instance is locked" } };
  const { fetch } = observed(Response.json(body, { status: 409 }));
  const result = await native.stopServer(native.createClient({ fetch }), { ...server, "os-stop": {} });
  if (result.status !== 409) throw new Error(`The status is ${result.status}.`);
  expect(result.error.conflictingRequest.message).toBe("Instance is locked");
  expect(result.data).toBeUndefined();
});

test("XML goes out and comes back as text", async () => {
  const text = "<response><data/></response>";
  const { fetch, sent } = observed(new Response(text, { headers: { "Content-Type": "application/xml" } }));
  const client = ecb.createClient({ host: "ecb.example.com", fetch });
  const result = await ecb.addConfigElement(client, { body: "<configElement/>" });
  expect(result.data).toBe(text);
  expect(sent[0]).toMatchObject({ url: "https://ecb.example.com/rest/v1.1/configuration/configElements", body: "<configElement/>" });
  expect(sent[0]?.headers.get("Content-Type")).toBe("application/xml");
  expect(sent[0]?.headers.get("Accept")).toBe("application/xml");
});

test("free query names go out as they are, and a call with a server of its own goes there", async () => {
  const { fetch, sent } = observed(new Response("<response/>", { headers: { "Content-Type": "application/xml" } }));
  const client = ecb.createClient({ baseUrl: "http://127.0.0.1:1/oracle-ecb/rest/v1.1", fetch });
  await ecb.listConfigElements(client, { query: { elementType: "session-group", key: { "group-name": "sg" } } });
  await ecb.listSupportedVersions(client);
  expect(sent.map(({ url }) => url)).toEqual([
    "http://127.0.0.1:1/oracle-ecb/rest/v1.1/configuration/configElements?elementType=session-group&group-name=sg",
    "http://127.0.0.1:1/oracle-ecb/rest/api/supportedversions",
  ]);
});

test.each(["/huawei", "localhost:4010", "http://h/x?y=1", "http://h/x#f", "http://u:p@h", "http://{region}/", ""])(
  "the base URL %j is refused with what to give",
  (baseUrl) => {
    const sentence = `The server is ${JSON.stringify(baseUrl.replace(/\/$/, ""))}: give what stands in braces, or a baseUrl such as http://127.0.0.1:4010/huawei-ecs-native.`;
    expect(() => native.createClient({ baseUrl })).toThrow(new TypeError(sentence));
  },
);

test.each<object>([{}, { host: "" }, { host: undefined }])("a password does not go to a box that nobody named: %j", (options) => {
  const user = { username: "admin", password: "example" };
  expect(() => ecb.createClient({ ...user, ...options } as ecb.ClientOptions)).toThrow('The server is "https://{host}/rest/v1.1"');
});

test("a region that is undefined is the contract's own, for IAM too", () => {
  const options: object = { region: undefined };
  expect(native.createClient({ iam: { username: "u", password: "p", domain: "d" }, ...options }).credentials).toBeDefined();
});

test("a function that is called without parameters names the one it misses", async () => {
  const call = samsung.lockServer as unknown as (client: samsung.Client) => Promise<unknown>;
  await expect(call(samsung.createClient())).rejects.toThrow("The path parameter server_id of /v1/servers/{server_id}/lock is missing");
});

test("an option chooses the version or the microversion, and a call may say otherwise", async () => {
  const { fetch, sent } = observed(empty(202));
  await samsung.lockServer(samsung.createClient({ version: "1.3", fetch }), { server_id: server.server_id });
  expect(sent[0]?.headers.get("Scp-Api-Version")).toBe("virtualserver 1.3");
  const client = native.createClient({ microversion: "2.26", fetch });
  await native.lockServer(client, server);
  await native.lockServer(client, { ...server, header: { "OpenStack-API-Version": "compute 2.60" } });
  await native.lockServer(client, server, { headers: { "openstack-api-version": "compute 2.9" } });
  await native.lockServer(native.createClient({ fetch }), server);
  expect(sent.slice(1).map(({ headers }) => headers.get("OpenStack-API-Version"))).toEqual([
    "compute 2.26",
    "compute 2.60",
    "compute 2.9",
    null,
  ]);
  expect(sent[1]?.headers.get("X-OpenStack-Nova-API-Version")).toBe("2.26");
});

test("an option that is undefined is one that is not given", async () => {
  const { fetch, sent } = observed(empty(202));
  const options: object = { region: undefined, version: undefined, baseUrl: undefined, headers: undefined, timeout: undefined };
  await samsung.lockServer(samsung.createClient({ ...options, fetch }), { server_id: server.server_id });
  expect(sent[0]?.url).toContain("https://virtualserver.kr-west1.e.");
  expect(sent[0]?.headers.get("Scp-Api-Version")).toBe("virtualserver 1.2");
});

test("an answer without a body has neither data nor error, in whatever way it has none", async () => {
  for (const answer of [empty(202), new Response(""), new Response(null, { status: 204 })]) {
    const { fetch } = observed(answer);
    expect(await native.lockServer(native.createClient({ fetch }), server)).toEqual({
      status: answer.status,
      data: undefined,
      error: undefined,
      response: expect.any(Response),
    });
  }
  const { fetch } = observed(empty(404));
  expect(await native.lockServer(native.createClient({ fetch }), server)).toMatchObject({ status: 404, error: undefined });
});

test("an error that is no JSON stays text, a success that is none is a mistake that names the call", async () => {
  const html = "<html>Bad Gateway</html>";
  const { fetch } = observed(new Response(html, { status: 502 }));
  expect((await native.stopServer(native.createClient({ fetch }), { ...server, "os-stop": null })).error).toBe(html);
  // Who stands between may ask for a password, with 200: the reader wants to know who that is.
  const login = new Response(`<html>${"Log in. ".repeat(50)}`, { headers: { via: "1.1 portal" } });
  const { fetch: portal } = observed(login);
  const failure: unknown = await native.showServer(native.createClient({ fetch: portal }), server).catch((error: unknown) => error);
  expect(failure).toEqual(
    new SyntaxError(`showServer was answered 200 with a body that is no JSON: ${`<html>${"Log in. ".repeat(50)}`.slice(0, 99)}`),
  );
  expect(failure).toMatchObject({ cause: login });
});

test("without a fetch of its own a client uses the global one of the moment", async () => {
  const client = native.createClient();
  const { fetch, sent } = observed(empty(202));
  // Like the global one, it takes an address too.
  vi.stubGlobal("fetch", (input: string, init: RequestInit) => fetch(new Request(input, init)));
  await native.lockServer(client, server);
  vi.unstubAllGlobals();
  expect(sent.length).toBe(1);
});

test("what RequestInit has reaches the request", async () => {
  const requests: Request[] = [];
  const fetch = async (request: Request): Promise<Response> => (requests.push(request), empty(202));
  await native.lockServer(native.createClient({ fetch }), server, { redirect: "error", cache: "no-store", keepalive: true });
  expect(requests[0]).toMatchObject({ redirect: "error", cache: "no-store", keepalive: true });
});

test("openapi-fetch's own methods have the client's address, headers and version", async () => {
  const { fetch, sent } = observed(Response.json({ versions: [] }));
  const client = samsung.createClient({ baseUrl: "http://127.0.0.1:1/samsung-virtualserver/", headers: { "X-Own": "1" }, fetch });
  const { data } = await client.request("get", "/");
  expect(data).toEqual({ versions: [] });
  expect(sent[0]?.url).toBe("http://127.0.0.1:1/samsung-virtualserver/");
  expect([...(sent[0]?.headers ?? [])]).toEqual([
    ["accept", "application/json"],
    ["scp-api-version", "virtualserver 1.2"],
    ["x-own", "1"],
  ]);
});

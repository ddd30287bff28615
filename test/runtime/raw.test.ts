/** openapi-fetch's own methods: what they send and give where openapi-fetch by itself would do something else. */
import { expect, test } from "vitest";
import * as ecb from "../../generated/oracle-ecb/v1.1/client.ts";
import * as samsung from "../../generated/samsung-virtualserver/v1.2/client.ts";
import { observed } from "./scripted.ts";

const server_id = "2a9be312-5d4b-4bc8-b2ae-35100fa9241f";
const own = { headers: { Authorization: "Bearer token" }, host: "ecb.example.com" };
const xml = (): Response => new Response("<response><data/></response>", { headers: { "Content-Type": "application/xml" } });

test("give XML as the text it is", async () => {
  const { fetch, sent } = observed(xml());
  const { data } = await ecb.createClient({ ...own, fetch }).GET("/configuration/configElements", {
    params: { query: { elementType: "session-group" } },
  });
  expect(data).toBe("<response><data/></response>");
  expect(sent[0]?.headers.get("Accept")).toBe("application/xml");
});

test("send XML and forms as what they are", async () => {
  const { fetch, sent } = observed(xml());
  const client = ecb.createClient({ ...own, fetch });
  await client.POST("/configuration/configElements", { body: "<configElement/>", headers: { "X-Own": "1" } });
  await client.POST("/auth/token", { body: { token: "a b" }, headers: new Headers({ "X-Own": "2" }) });
  await client.POST("/auth/token");
  expect(sent.map(({ headers, body }) => [headers.get("Content-Type"), headers.get("X-Own"), body])).toEqual([
    ["application/xml", "1", "<configElement/>"],
    ["application/x-www-form-urlencoded", "2", "token=a%20b"],
    [null, null, ""],
  ]);
});

test("take no fetch for one call: it would send past what signs and guards", async () => {
  const { fetch, sent } = observed(new Response());
  const client = samsung.createClient({ fetch });
  await expect(client.GET("/v1/servers/{server_id}", { params: { path: { server_id } }, fetch })).rejects.toThrow(
    new TypeError("GET /v1/servers/{server_id} has a fetch of its own: give it to createClient."),
  );
  expect(sent).toEqual([]);
});

test("send no request whose path has a hole", async () => {
  const { fetch, sent } = observed(new Response(null, { status: 202 }));
  const { POST, request } = samsung.createClient({ fetch }) as unknown as Record<
    "POST" | "request",
    (...args: unknown[]) => Promise<unknown>
  >;
  const path = "/v1/servers/{server_id}/lock";
  const sentence = `The path parameter server_id of ${path} is missing or no id: give it as text.`;
  await expect(POST(path)).rejects.toThrow(new TypeError(sentence));
  await expect(POST(path, { params: { path: { server_id: ".." } } })).rejects.toThrow(sentence);
  await expect(request("post", path, { params: {} })).rejects.toThrow(sentence);
  await request("post", path, { params: { path: { server_id } } });
  expect(sent.map(({ method, url }) => [method, new URL(url).pathname])).toEqual([["POST", `/v1/servers/${server_id}/lock`]]);
});

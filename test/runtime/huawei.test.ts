/** One of three ways to prove who asks, and what each puts on a request that the mock then takes. */
import { expect, test } from "vitest";
import native from "../../generated/huawei-ecs-native/v2.1/mock.js";
import { createMock } from "../../mock/fetch.ts";
import { huaweiCredentials, type HuaweiOptions } from "../../runtime/huawei.ts";
import type { Fetch } from "../../runtime/types.ts";

const PROJECT = "74610f3a5ad941998e91f076297ecf27";
const URL_OF_SERVER = `https://ecs.ap-southeast-1.myhuaweicloud.com/v2.1/${PROJECT}/servers/89c312bb-285a-4026-a237-d441908c2f9e`;
const iam = { username: "ops", password: "example-password", domain: "example" };
const granting: Fetch = async () => new Response('{"token":{}}', { status: 201, headers: { "X-Subject-Token": "TOKEN-OPS" } });
const seedFile = { callers: { ops: { project: PROJECT } }, tokens: { "TOKEN-OPS": "ops" } };

async function lock(options: HuaweiOptions): Promise<{ sent: Request; status: number }> {
  const made = huaweiCredentials({ region: "ap-southeast-1", ...options }, () => Date.parse("2025-09-19T08:15:30Z"));
  if (!made) throw new Error("There is a way, and no credentials.");
  const init = { method: "POST", body: '{"lock":null}', headers: { "content-type": "application/json" } };
  const sent = await made.authorize(new Request(`${URL_OF_SERVER}/action`, init), granting);
  return { sent, status: (await createMock(native, { seedFile })(sent)).status };
}

test("a token is sent as it is", async () => {
  const { sent, status } = await lock({ token: "TOKEN-OPS", projectId: PROJECT });
  expect(status).toBe(202);
  expect([...sent.headers.keys()]).toEqual(["content-type", "x-auth-token"]);
  expect(sent.headers.get("X-Auth-Token")).toBe("TOKEN-OPS");
});

test("a user's token is fetched", async () => {
  const { sent, status } = await lock({ iam });
  expect([status, sent.headers.get("X-Auth-Token")]).toEqual([202, "TOKEN-OPS"]);
});

test("an access key signs, with the project where it is given", async () => {
  const { sent, status } = await lock({ ak: "EXAMPLE", sk: "not-a-real-secret", projectId: PROJECT });
  expect([status, sent.headers.get("X-Project-Id")]).toEqual([202, PROJECT]);
  expect(sent.headers.get("Authorization")).toMatch(/SignedHeaders=content-type;host;x-project-id;x-sdk-date,/);
  const without = (await lock({ ak: "EXAMPLE", sk: "not-a-real-secret" })).sent;
  expect(without.headers.has("X-Project-Id")).toBe(false);
  expect(without.headers.get("Authorization")).toMatch(/SignedHeaders=content-type;host;x-sdk-date,/);
});

test("no way means no credentials, a user's own headers go out as they are", () => {
  expect(huaweiCredentials({})).toBeUndefined();
  expect(huaweiCredentials({ region: "ap-southeast-1", projectId: PROJECT })).toBeUndefined();
});

const key = { ak: "EXAMPLE", sk: "not-a-real-secret" };
// What only a program without types can give.
test.each<[string, object]>([
  ["token and iam", { token: "t", iam }],
  ["token and a key", { token: "t", ...key }],
  ["iam and a key", { iam, ...key }],
  ["all three", { token: "t", iam, ...key }],
])("%s are too much", (_, options) => {
  const sentence = "token, iam and ak with sk are three ways to do the same: give one of them.";
  expect(() => huaweiCredentials({ region: "r", ...options } as HuaweiOptions)).toThrow(new TypeError(sentence));
});

test.each<[object, string]>([
  [{ ak: "EXAMPLE" }, "ak and sk belong together: give both or none."],
  [{ sk: "not-a-real-secret" }, "ak and sk belong together: give both or none."],
  [{ ak: "", sk: "not-a-real-secret" }, "ak is empty or has white space around it: mend it."],
  [{ ak: "EXAMPLE", sk: "not-a-real-secret\n" }, "sk is empty or has white space around it: mend it."],
  [{ token: "" }, "token is empty or no header can carry it: give the value of X-Subject-Token that IAM answered with."],
  [{ token: "a\nb" }, "token is empty or no header can carry it: give the value of X-Subject-Token that IAM answered with."],
  [
    { iam, region: "r", baseUrl: "http://127.0.0.1:4010" },
    "baseUrl sends the calls elsewhere, and the password would still go to the vendor: say where IAM is, with iam.endpoint.",
  ],
  [{ iam }, "IAM needs to know where you are: give region, or iam.endpoint and iam.project."],
])("%j is a mistake, said without showing a secret", (options, sentence) => {
  expect(() => huaweiCredentials(options as HuaweiOptions)).toThrow(new TypeError(sentence));
});

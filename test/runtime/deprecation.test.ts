/** A program is told once that its version ends: by the answer, or by the calendar. */
import { describe, expect, test } from "vitest";
import * as native from "../../generated/huawei-ecs-native/v2.1/client.ts";
import v10 from "../../generated/samsung-virtualserver/v1.0/mock.js";
import v11 from "../../generated/samsung-virtualserver/v1.1/mock.js";
import v12Mock from "../../generated/samsung-virtualserver/v1.2/mock.js";
import v13Mock from "../../generated/samsung-virtualserver/v1.3/mock.js";
import * as v12 from "../../generated/samsung-virtualserver/v1.2/client.ts";
import * as v13 from "../../generated/samsung-virtualserver/v1.3/client.ts";
import { createMock } from "../../mock/fetch.ts";
import { readDeprecation, type Deprecated } from "../../runtime/deprecation.ts";
import { scripted } from "./scripted.ts";

const server = { server_id: "2a9be312-5d4b-4bc8-b2ae-35100fa9241f" };
const at = (date: string): (() => number) => {
  const now = Date.parse(`${date}T00:00:00Z`);
  return () => now;
};
const keys = { accessKey: "example-key", secretKey: "example-secret" };

describe("the headers", () => {
  const now = at("2026-06-10")();
  const seconds = (date: string): number => at(date)() / 1000;
  test.each<[string, Record<string, string>, string | undefined, string[] | undefined]>([
    ["nothing", {}, undefined, undefined],
    ["a date in the contract that has not come", {}, "2026-08-31", undefined],
    ["a date in the contract that has come", {}, "2026-06-10", ["2026-06-10", "-"]],
    ["a Sunset that has not come", { Sunset: "Mon, 31 Aug 2026 00:00:00 GMT" }, undefined, undefined],
    ["a Sunset that has passed", { Sunset: "Sun, 31 May 2026 00:00:00 GMT" }, undefined, ["2026-05-31", "-"]],
    ["a Sunset later than the contract's date", { Sunset: "Mon, 31 Aug 2026 00:00:00 GMT" }, "2026-05-31", undefined],
    ["a Sunset that is none, beside the contract's date", { Sunset: "soon" }, "2026-05-31", ["2026-05-31", "-"]],
    ["a Deprecation of RFC 9745", { Deprecation: `@${seconds("2026-06-02")}` }, "2026-08-31", ["2026-08-31", "2026-06-02"]],
    ["a Deprecation that is still to come", { Deprecation: `@${seconds("2026-06-11")}` }, undefined, undefined],
    ["a Deprecation as a draft had it", { Deprecation: "true" }, undefined, ["-", "-"]],
    ["a Deprecation as an older draft had it", { Deprecation: "Tue, 02 Jun 2026 00:00:00 GMT" }, undefined, ["-", "2026-06-02"]],
  ])("%s", (_, headers, end, expected) => {
    const read = readDeprecation(new Headers(headers), end, now);
    const date = (value: Date | undefined): string => value?.toISOString().slice(0, 10) ?? "-";
    expect(read && [date(read.sunset), date(read.deprecation)]).toEqual(expected);
  });
});

/** What the hook of a client heard while it spoke to the mock twice. */
async function heard(date: string, make: (options: v12.ClientOptions) => v12.Client): Promise<{ told: Deprecated[]; statuses: number[] }> {
  const told: Deprecated[] = [];
  const now = at(date);
  const client = make({
    ...keys,
    now,
    retry: false,
    onDeprecated: (one) => told.push(one),
    fetch: createMock([v10, v11, v12Mock, v13Mock], { now }),
  });
  const statuses = [(await v12.lockServer(client, server)).status, (await v12.showServer(client, server)).status];
  return { told, statuses };
}

test("nobody is told of a version that has a date and is not deprecated yet", async () => {
  expect(await heard("2026-05-01", v12.createClient)).toEqual({ told: [], statuses: [202, 200] });
});

test("once per client, from ninety days before the end, by the answer", async () => {
  const { told, statuses } = await heard("2026-06-10", v12.createClient);
  expect(statuses).toEqual([202, 200]);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({ contract: "samsung-virtualserver@v1.2", version: "1.2", call: "lockServer" });
  expect(told[0]?.sunset?.toISOString()).toBe("2026-08-31T00:00:00.000Z");
  expect(told[0]?.deprecation?.toISOString()).toBe("2026-06-02T00:00:00.000Z");
  expect(told[0]?.response.status).toBe(202);
});

test("by the calendar where the answer says nothing, and the version that is really spoken is named", async () => {
  const told: Deprecated[] = [];
  const { fetch } = scripted([() => new Response(null, { status: 202 })]);
  const client = v13.createClient({ version: "1.1", now: at("2026-05-31"), fetch, onDeprecated: (one) => told.push(one) });
  await v13.lockServer(client, server);
  expect(told).toMatchObject([
    { contract: "samsung-virtualserver@v1.3", version: "1.1", sunset: new Date("2026-05-31"), deprecation: undefined },
  ]);
});

test("a version that is over is refused by the vendor, and the hook says why", async () => {
  const { told, statuses } = await heard("2026-09-01", v12.createClient);
  expect(statuses).toEqual([406, 406]);
  expect(told).toMatchObject([{ version: "1.2", call: "lockServer" }]);
});

test("the same client with a version that lives works, and nobody is told", async () => {
  expect(await heard("2026-09-01", (options) => v12.createClient({ ...options, version: "1.3" }))).toEqual({
    told: [],
    statuses: [202, 200],
  });
});

test("what the hook throws, the call throws, and it is not sent again", async () => {
  const { fetch, sent } = scripted([() => new Response(null, { status: 202, headers: { Deprecation: "true" } })]);
  const onDeprecated = (): never => {
    throw new Error("Not in our pipeline.");
  };
  await expect(v13.lockServer(v13.createClient({ fetch, onDeprecated }), server)).rejects.toThrow("Not in our pipeline.");
  expect(sent.length).toBe(1);
});

test("openapi-fetch's own methods tell it, too", async () => {
  const told: Deprecated[] = [];
  const { fetch } = scripted([() => Response.json({}, { headers: { Deprecation: "true" } })]);
  await v13.createClient({ fetch, onDeprecated: (one) => told.push(one) }).GET("/v1/servers/{server_id}", { params: { path: server } });
  expect(told).toMatchObject([{ call: `GET /v1/servers/${server.server_id}` }]);
});

test("a contract without a choice of versions names its own", async () => {
  const told: Deprecated[] = [];
  const { fetch } = scripted([() => Response.json({ server: {} }, { headers: { Deprecation: "true" } })]);
  const client = native.createClient({ fetch, onDeprecated: (one) => told.push(one) });
  await native.showServer(client, { project_id: "p", ...server });
  expect(told).toMatchObject([{ contract: "huawei-ecs-native@v2.1", version: "2.1", sunset: undefined }]);
});

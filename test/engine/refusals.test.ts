/** What comes before the table echoes the version as the table's own answers do. */
import { describe, expect, test } from "vitest";
import { ask } from "../mock/harness.ts";
import { ID, PROJECT, scene } from "./engine.ts";

const SERVER = `/huawei-ecs-native/v2.1/${PROJECT}/servers/${ID}`;
const base = { "X-Auth-Token": "t", "Content-Type": "application/json" };

const REFUSALS: [what: string, status: number, line: string, headers: Record<string, string>, body: string][] = [
  ["an empty object", 400, `POST ${SERVER}/action`, {}, "{}"],
  ["an unknown action", 400, `POST ${SERVER}/action`, {}, '{"burn":null}'],
  ["a wrong value", 400, `POST ${SERVER}/action`, {}, '{"lock":1}'],
  ["no route", 404, `POST ${SERVER}/nothing`, {}, "{}"],
  ["a media type", 415, `POST ${SERVER}/action`, { "Content-Type": "application/xml" }, "<lock/>"],
];

const VERSIONS: [string, Record<string, string>][] = [
  ["2.1", {}],
  ["2.9", { "OpenStack-API-Version": "compute 2.9" }],
  ["2.60", { "X-OpenStack-Nova-API-Version": "2.60" }],
];

describe.each(REFUSALS)("%s: %i", (_, status, line, headers, body) => {
  test.each(VERSIONS)("at %s", async (version, asked) => {
    const told = await ask(scene().engine, line, { headers: { ...base, ...headers, ...asked }, body });
    expect(told.status).toBe(status);
    expect(told.headers).toMatchObject({ "openstack-api-version": `compute ${version}`, "x-openstack-nova-api-version": version });
  });
});

test("too much: 413", async () => {
  const request = { method: "POST", url: `${SERVER}/action`, overLimit: 114_688 };
  const headers = { "x-auth-token": "t", "content-type": "application/json", "openstack-api-version": "compute 2.9" };
  const told = await scene().engine.respond({ ...request, headers });
  expect(told).toMatchObject({ status: 413, headers: { "openstack-api-version": "compute 2.9" } });
});

test.each([
  ["compute 2.99", 406],
  ["compute nine", 400],
])("%s did not answer: the version is the one of no header", async (version, status) => {
  const headers = { ...base, "OpenStack-API-Version": version };
  const told = await ask(scene().engine, `POST ${SERVER}/action`, { headers, body: '{"lock":null}' });
  expect(told.status).toBe(status);
  expect(told.headers).toMatchObject({ "openstack-api-version": "compute 2.1", "x-openstack-nova-api-version": "2.1" });
});

test.each([["identity 3.0"], ["2.9"], ["compute"], ["computer 2.9"]])(
  "%s is not for this service: answered as without it",
  async (version) => {
    const { engine } = scene();
    const headers = { ...base, "OpenStack-API-Version": version };
    const locked = await ask(engine, `POST ${SERVER}/action`, { headers, body: '{"lock":null}' });
    expect(locked).toMatchObject({ status: 202, headers: { "openstack-api-version": "compute 2.1" } });
    const { status, json } = await ask(engine, `GET ${SERVER}`, { headers });
    expect([status, json]).toMatchObject([200, { server: { id: ID } }]);
    expect(json).not.toHaveProperty("server.locked");
    const older = await ask(engine, `GET ${SERVER}`, { headers: { ...headers, "X-OpenStack-Nova-API-Version": "2.9" } });
    expect(older).toMatchObject({ status: 200, json: { server: { locked: true } } });
  },
);

test("version 2 says nothing of one, and without state the documented example is given as it stands", async () => {
  const asked = { headers: base, body: "{}" };
  const old = await ask(scene().engine, `POST ${SERVER.replace("v2.1", "v2")}/action`, asked);
  expect(old).toMatchObject({ status: 400 });
  expect(old.headers).not.toHaveProperty("openstack-api-version");
  const { headers } = await ask(scene({ stateless: true }).engine, `POST ${SERVER}/action`, asked);
  expect(headers["openstack-api-version"]).toBe("compute 2.26");
});

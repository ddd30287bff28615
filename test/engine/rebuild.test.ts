/** What a rebuild was told shows in its answer and in later reads, of both APIs. */
import { expect, test } from "vitest";
import { ask } from "../mock/harness.ts";
import { act, ID, PROJECT, scene, show } from "./engine.ts";

const imageRef = "e215580f-73ad-429d-b6f2-5433947433b0";
const at = (version: string) => ({ "OpenStack-API-Version": `compute ${version}` });
const vendor = (engine: ReturnType<typeof scene>["engine"]) =>
  ask(engine, `GET /huawei-ecs/v1/${PROJECT}/cloudservers/${ID}`, { headers: { "X-Auth-Token": "t" } });

test("metadata, password, key pair and user data", async () => {
  const { engine } = scene();
  const more = { metadata: { purpose: "test" }, adminPass: "Fake-Passw0rd-Only", key_name: "KeyPair-new", user_data: "IyEvYmluL3NoCg==" };
  const told = await act(engine, { rebuild: { imageRef, ...more } }, at("2.57"));
  expect(told).toMatchObject({ status: 202, json: { server: more } });
  const kept = { metadata: more.metadata, key_name: more.key_name, "OS-EXT-SRV-ATTR:user_data": more.user_data };
  expect(await show(engine, at("2.60"))).toMatchObject({ json: { server: kept } });
  expect(await vendor(engine)).toMatchObject({ json: { server: { key_name: more.key_name } } });
  // Who says nothing of them leaves them; the password is another one.
  const { json } = await act(engine, { rebuild: { imageRef } }, { ...at("2.60"), "X-Auth-Token": "t" }, ID);
  expect(json).toMatchObject({ conflictingRequest: { code: 409 } });
});

test("a second rebuild keeps what it does not name, and null takes the key pair away", async () => {
  const { engine, pass } = scene();
  await act(engine, { rebuild: { imageRef, metadata: { a: "b" }, key_name: "KeyPair-new", adminPass: "Fake-Passw0rd-Only" } }, at("2.57"));
  pass(3000);
  const { status, json } = await act(engine, { rebuild: { imageRef, key_name: null } }, at("2.57"));
  expect([status, json]).toMatchObject([202, { server: { metadata: { a: "b" }, key_name: null } }]);
  expect(json).not.toMatchObject({ server: { adminPass: "Fake-Passw0rd-Only" } });
  expect(await show(engine, at("2.1"))).toMatchObject({ json: { server: { metadata: { a: "b" }, key_name: null } } });
});

test("a description shows from 2.19 on, and is taken away by null", async () => {
  const { engine, pass } = scene();
  const description = "for the next team";
  expect(await act(engine, { rebuild: { imageRef, description } }, at("2.19"))).toMatchObject({ json: { server: { description } } });
  pass(3000);
  expect(await act(engine, { rebuild: { imageRef } }, at("2.60"))).toMatchObject({ json: { server: { description } } });
  expect((await show(engine, at("2.18"))).json).not.toHaveProperty("server.description");
  pass(3000);
  expect(await act(engine, { rebuild: { imageRef, description: null } }, at("2.60"))).toMatchObject({ status: 202 });
  expect(await show(engine, at("2.19"))).toMatchObject({ json: { server: { description: null } } });
});

const FILE = [{ path: "/etc/motd", contents: "YQ==" }];
test.each([
  ["description", "2.18", null, 400],
  ["description", "2.19", null, 202],
  ["key_name", "2.53", "YQ==", 400],
  ["key_name", "2.53", null, 400],
  ["key_name", "2.54", "YQ==", 202],
  ["user_data", "2.56", "YQ==", 400],
  ["user_data", "2.56", null, 400],
  ["user_data", "2.57", "YQ==", 202],
  ["personality", "2.56", FILE, 202],
  ["personality", "2.57", FILE, 400],
])("%s at %s: %j is answered %i", async (name, version, value, status) => {
  const { engine } = scene();
  const told = await act(engine, { rebuild: { imageRef, [name]: value } }, at(version));
  expect(told.status).toBe(status);
  if (status === 400) {
    expect(told.json).toMatchObject({ badRequest: { code: 400, message: expect.stringContaining(`'${name}'`) } });
    expect(await show(engine)).toMatchObject({ json: { server: { status: "ACTIVE" } } });
  }
});

test("version 2 drops what it does not know", async () => {
  const { engine } = scene();
  const url = `/huawei-ecs-native/v2/${PROJECT}/servers/${ID}/action`;
  const body = JSON.stringify({ rebuild: { imageRef, key_name: "KeyPair-new" } });
  const headers = { "X-Auth-Token": "t", "Content-Type": "application/json" };
  expect((await ask(engine, `POST ${url}`, { headers, body })).status).toBe(202);
  expect(await show(engine)).toMatchObject({ json: { server: { key_name: "KeyPair-350b" } } });
});

test("one server has one birth, one host and one user, whichever API shows it", async () => {
  const { engine } = scene();
  const rebuilt = await act(engine, { rebuild: { imageRef } });
  const told = [rebuilt, await show(engine), await vendor(engine)].map(({ json }) => {
    const { created, hostId, user_id } = (json as { server: Record<string, unknown> }).server;
    return { created, hostId, user_id };
  });
  expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(1);
});

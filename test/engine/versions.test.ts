/** The versions of an API, as the clock has them. */
import { expect, test } from "vitest";
import { ID, scene, scp } from "./engine.ts";

const listed = async (now: string): Promise<string[]> => {
  const { json } = await scp(scene({ now: () => Date.parse(now) }).engine, "GET /");
  return (json as { versions: { id: string; status: string }[] }).versions.map(({ id, status }) => `${id} ${status}`);
};

test.each([
  ["2025-06-01", ["v1.3 CURRENT", "v1.2 SUPPORTED", "v1.1 DEPRECATED", "v1.0 DEPRECATED"]],
  ["2025-12-31", ["v1.3 CURRENT", "v1.2 SUPPORTED", "v1.1 DEPRECATED"]],
  ["2026-06-01", ["v1.3 CURRENT", "v1.2 SUPPORTED"]],
  ["2026-06-03", ["v1.3 CURRENT", "v1.2 DEPRECATED"]],
  ["2026-08-30T23:59:59Z", ["v1.3 CURRENT", "v1.2 DEPRECATED"]],
  ["2026-08-31", ["v1.3 CURRENT"]],
])("on %s Samsung lists %j", async (now, versions) => {
  expect(await listed(now)).toEqual(versions);
});

test.each([
  ["2025-06-01", "virtualserver 1.0, virtualserver 1.1, virtualserver 1.2, virtualserver 1.3"],
  ["2026-08-30", "virtualserver 1.2, virtualserver 1.3"],
  ["2026-08-31", "virtualserver 1.3"],
])("on %s a refused version is advised to be %s", async (now, versions) => {
  const headers = { "Scp-Api-Version": "virtualserver 9.9" };
  const told = await scp(scene({ now: () => Date.parse(now) }).engine, `GET /v1/servers/${ID}`, headers);
  expect(told.status).toBe(406);
  expect(told.headers["x-latch-reason"]).toMatch(new RegExp(`: send ${versions}.$`));
});

test("the broker lists no version that it answers with 404", async () => {
  const { engine } = scene();
  const ask = (version: string) =>
    engine.respond({ method: "GET", url: `/oracle-ecb/rest/${version}/admin/asyncstatus`, headers: { authorization: "Bearer t" } });
  const { body } = await engine.respond({
    method: "GET",
    url: "/oracle-ecb/rest/api/supportedversions",
    headers: { authorization: "Bearer t" },
  });
  const versions = [...String(body).matchAll(/<(?:latestVersion|version)>([^<]+)</g)].map(([, version]) => version ?? "");
  expect(versions).toEqual(["v1.1"]);
  for (const version of versions) expect(await ask(version)).toMatchObject({ status: 200 });
  expect(await ask("v1.0")).toMatchObject({ status: 404 });
});

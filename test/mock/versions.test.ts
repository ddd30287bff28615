import { describe, expect, test } from "vitest";
import { createEngine } from "../../mock/engine.ts";
import { ask, BEARER, mockOf, NOW, safeOf, safes, STAMP, TOKEN } from "./harness.ts";

const mock = mockOf();
const LOCK = "POST /safe/v1/safes/s1/lock";

describe("version by header", () => {
  test.each([
    ["Safe-Version", "safe 1.0", "safe@v1.0"],
    ["safe-version", "safe 1.1", "safe@v1.1"],
    ["SAFE-VERSION", "safe 1.0", "safe@v1.0"],
  ])("%s: %s", async (name, value, contract) => {
    expect(await ask(mock, LOCK, { headers: { ...STAMP, [name]: value } })).toMatchObject({ status: 202, note: { contract } });
  });

  test.each([[{}], [{ "Safe-Version": "" }]])("without a value the CURRENT one answers, though it is not the newest", async (headers) => {
    expect((await ask(mock, LOCK, { headers: { ...STAMP, ...headers } })).note.contract).toBe("safe@v1.1");
  });

  test.each(["safe 9.9", "safe", "1.0", "SAFE 1.0"])("an unregistered value, %s, gets the vendor's answer", async (value) => {
    const told = await ask(mock, LOCK, { headers: { ...STAMP, "Safe-Version": value } });
    expect(told.status).toBe(406);
    expect(told.json).toMatchObject({ errors: [{ code: "NoSuchVersion", response: { message: "inner" } }] });
    expect(told.headers["x-latch-reason"]).toContain(`The version ${value} in safe-version is not registered`);
  });

  test("a version with a date says when it ends (RFC 8594), and since when it counts as deprecated (RFC 9745)", async () => {
    const told = await ask(mock, LOCK, { headers: { ...STAMP, "Safe-Version": "safe 1.0" } });
    // 90 days before the end, which is when its vendor begins to call a version DEPRECATED.
    expect(told.headers).toEqual({ sunset: "Wed, 31 Dec 2025 00:00:00 GMT", deprecation: `@${Date.UTC(2025, 9, 2) / 1000}` });
  });

  test.each([
    ["2025-12-30T23:59:59.999Z", 202],
    ["2025-12-31T00:00:00.000Z", 406],
  ])("at %s the version of 2025-12-31 answers %i", async (now, status) => {
    const told = await ask(mockOf({ now: () => Date.parse(now) }), LOCK, { headers: { ...STAMP, "Safe-Version": "safe 1.0" } });
    expect([told.status, told.headers["sunset"]]).toEqual([status, "Wed, 31 Dec 2025 00:00:00 GMT"]);
  });

  test("a version that is only planned is not served, and nobody is told to wait for it with the clock", async () => {
    const planned = createEngine([...safes, safeOf("1.3", "PLANNED")], { now: NOW });
    const told = await ask(planned, LOCK, { headers: { ...STAMP, "Safe-Version": "safe 1.3" } });
    expect(told.status).toBe(406);
    expect(told.headers["x-latch-reason"]).toBe("The version v1.3 is planned and not served yet: choose another.");
  });

  test("a version is registered per call", async () => {
    const headers = { ...STAMP, "Safe-Version": "safe 1.2" };
    expect(await ask(mock, "POST /safe/v1/safes/s1/seal", { headers })).toMatchObject({ status: 202, note: { contract: "safe@v1.2" } });
    expect((await ask(mock, LOCK, { headers })).status).toBe(406);
  });
});

describe("version in the path", () => {
  test("an unknown one gets the declared 404", async () => {
    const told = await ask(mock, "POST /desk/rest/v9/desk", { headers: BEARER });
    expect(told).toMatchObject({ status: 404, headers: { "content-type": "application/xml" } });
    expect(told.text).toBe(
      "<response><errorMessage>Nothing is served at /rest/v9/desk: this API stands at /rest/v1.1.</errorMessage></response>",
    );
  });

  test("one that a header would state is an unknown route there", async () => {
    const told = await ask(mock, "GET /box/v9/p/boxes/b1", { headers: TOKEN });
    expect(told).toMatchObject({ status: 404, json: { code: 404 } });
  });

  test.each(["/desk/rest", "/desk/", "/desk", "/desk/other/v1.1/desk", "/desk/rest/v1.1/chair"])("%s is an unknown route", async (path) => {
    const told = await ask(mock, `GET ${path}`, { headers: BEARER });
    expect(told).toMatchObject({ status: 404, headers: { "content-type": "application/xml" } });
  });
});

describe("a header that states a version out of range", () => {
  const box = (value: string) => ask(mock, "GET /box/v1/p/boxes/b1", { headers: { ...TOKEN, "Box-Version": value } });

  test("gets the answer for an unknown version, a text that is no number that for an invalid request", async () => {
    expect((await box("box 1.3")).status).toBe(200);
    expect((await box("box 1.9")).status).toBe(406);
    expect((await box("latest")).status).toBe(400);
  });
});

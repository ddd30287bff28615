import { describe, expect, test } from "vitest";
import { callsOf } from "../../scripts/calls.ts";
import { findRoute, routesOf } from "../../mock/routes.ts";
import { serverPaths } from "../../mock/servers.ts";
import { parseTarget, quickTarget } from "../../mock/target.ts";
import { ask, BEARER, box, desk, JSON_TYPE, mockOf, safes, STAMP, TOKEN } from "./harness.ts";

describe("server paths", () => {
  test.each([
    ["https://ecs.{region}.example.com/v2.1", {}, ["/v2.1"]],
    ["https://a.example.com", {}, ["/"]],
    ["https://a.example.com/", {}, ["/"]],
    ["/relative/v1", {}, ["/relative/v1"]],
    ["https://{host}/rest/{version}", { host: { default: "a" }, version: { default: "v1", enum: ["v1", "v2"] } }, ["/rest/v1", "/rest/v2"]],
    ["{endpoint}/v1", { endpoint: { default: "https://a.example.com/base" } }, ["/base/v1"]],
    ["https://{host}:{port}/x", { host: { default: "a" }, port: { default: "1", enum: ["1", "2", "3"] } }, ["/x"]],
  ])("%s", (url, variables, expected) => {
    expect(serverPaths([{ url, variables }]).map((path) => `/${path.join("/")}`)).toEqual(expected);
  });

  test("no server is the root", () => {
    expect(serverPaths([])).toEqual([[]]);
  });
});

describe("routes", () => {
  const routes = routesOf(box.document, callsOf(box.document));
  const find = (path: string): string | undefined => findRoute(routes, parseTarget(path).segments)?.route.template;

  test.each([
    ["/v1/p/boxes/b1", "/v1/{project}/boxes/{box}"],
    ["/v1/p/boxes/all", "/v1/{project}/boxes/all"],
    ["/v1/p/boxes/b1/action", "/v1/{project}/boxes/{box}/action"],
    ["/v1/p%20q/boxes/b%2F1", "/v1/{project}/boxes/{box}"],
    ["/v1/p/boxes/", undefined],
    ["/v1//boxes/b1", undefined],
    ["/v1/p/boxes/b1/", undefined],
    ["/v2/p/boxes/b1", undefined],
    ["/p/boxes/b1", undefined],
  ])("%s", (path, template) => {
    expect(find(path)).toBe(template);
  });

  test("parameters are decoded", () => {
    expect(findRoute(routes, parseTarget("/v1/p%20q/boxes/%E4%BD%A0").segments)?.params).toEqual({ project: "p q", box: "你" });
  });

  test("a path with a server of its own stands there and not below the document's", () => {
    const templates = routesOf(desk.document, callsOf(desk.document)).map(({ template }) => template);
    expect(templates).toContain("/rest/api/supportedversions");
    expect(templates).not.toContain("/rest/v1.1/api/supportedversions");
  });
});

describe("one port, every contract", () => {
  const mock = mockOf();

  test.each([
    ["POST /box/v1/p/boxes/b1/action", { ...TOKEN, ...JSON_TYPE }, '{"lock":null}', 202, "box@v1"],
    ["POST /safe/v1/safes/s1/lock", STAMP, undefined, 202, "safe@v1.1"],
    ["GET /safe/", {}, undefined, 200, "safe@v1.1"],
    ["GET /safe", {}, undefined, 200, "safe@v1.1"],
    ["POST /desk/rest/v1.1/desk", BEARER, "<desk/>", 200, "desk@v1.1"],
    ["GET /desk/rest/api/supportedversions", BEARER, undefined, 200, "desk@v1.1"],
    ["GET http://proxy.example.com/desk/rest/api/supportedversions?x=1#y", BEARER, undefined, 200, "desk@v1.1"],
  ])("%s", async (line, headers, body, status, contract) => {
    const told = await ask(mock, line, { headers, ...(body !== undefined && { body }) });
    expect(told).toMatchObject({ status, note: { contract } });
  });

  test.each(["/box/v1/p/boxes/b1#b2", "/box/v1/p/boxes/b1?x=1#code", "/box/v1/p/boxes/b1#b2?x=1"])(
    "a fragment is no part of %s",
    async (path) => {
      expect(await ask(mock, `GET ${path}`, { headers: TOKEN })).toMatchObject({ status: 200, note: { contract: "box@v1" } });
    },
  );

  test("nor of its query, on the quick way and on the careful one", () => {
    const url = "/box/v1/p/boxes/b1?x=1#code";
    expect([...quickTarget(url, 0).query]).toEqual([["x", "1"]]);
    expect([...parseTarget(url).query]).toEqual([["x", "1"]]);
  });

  test("what belongs to no contract is free for other doors", () => {
    expect(["/", "/docs/box", "/boxes/v1", "/_latched"].map((url) => mock.serves(url))).toEqual([false, false, false, false]);
    expect(["/box", "/box/", "/box?x", "/safe/v1/x", "/_latch/health"].map((url) => mock.serves(url))).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
  });

  test("an unknown API is a problem that lists the known ones", async () => {
    const told = await ask(mock, "GET /nope/v1");
    expect(told).toMatchObject({ status: 404, headers: { "content-type": "application/problem+json" } });
    expect(told.text).toContain("box, safe, desk");
  });
});

describe("one contract alone", () => {
  test("is served at the root", async () => {
    const told = await ask(mockOf({ alone: "box@v1" }), "GET /v1/p/boxes/b1", { headers: TOKEN });
    expect(told).toMatchObject({ status: 200, note: { contract: "box@v1", call: "showBox" } });
  });

  test("answers for its own version only", async () => {
    const mock = mockOf({ alone: "safe@v1.0" });
    const own = await ask(mock, "POST /v1/safes/s1/lock", { headers: { ...STAMP, "Safe-Version": "safe 1.0" } });
    const other = await ask(mock, "POST /v1/safes/s1/lock", { headers: { ...STAMP, "Safe-Version": "safe 1.1" } });
    expect([own.status, other.status]).toEqual([202, 406]);
  });

  test("has to exist", () => {
    expect(() => mockOf({ alone: "box@v9" })).toThrow("There is no contract box@v9: choose from box@v1");
    expect(safes).toHaveLength(3);
  });
});

/** Which requests a door that sees all traffic takes, and which it leaves to the network. */
import { beforeAll, describe, expect, test } from "vitest";
import { loadContracts } from "../../mock/load.ts";
import { createPlacement, type PlaceOptions } from "../../mock/place.ts";
import type { Contract } from "../../mock/types.ts";
import { ROOT } from "../../scripts/root.ts";

let contracts: Contract[];
beforeAll(async () => void (contracts = await loadContracts(ROOT)));

const placeOf = (url: string, options: Partial<PlaceOptions> = {}, apis?: string[]): string | undefined =>
  createPlacement(
    contracts.filter(({ api }) => apis?.includes(api) ?? true),
    { vendors: true, ...options },
  )(new URL(url));

describe("the vendors' own hosts", () => {
  test.each([
    ["https://virtualserver.kr-west1.e.samsungsdscloud.com/v1/servers/x?y=1", "/samsung-virtualserver/v1/servers/x?y=1"],
    ["https://virtualserver.mars.z.samsungsdscloud.com/", "/samsung-virtualserver/"],
    ["https://VIRTUALSERVER.kr-west1.e.SamsungSDSCloud.com/v1", "/samsung-virtualserver/v1"],
    // Two APIs at one host: the path tells.
    ["https://ecs.eu-west-101.myhuaweicloud.com/v2.1/p/servers/s/action", "/huawei-ecs-native/v2.1/p/servers/s/action"],
    ["https://ecs.eu-west-101.myhuaweicloud.com/v2/p/servers/s", "/huawei-ecs-native/v2/p/servers/s"],
    ["https://ecs.eu-west-101.myhuaweicloud.com/v2/p/cloudservers/s/changeos", "/huawei-ecs/v2/p/cloudservers/s/changeos"],
    ["https://ecs.eu-west-101.myhuaweicloud.com/v1/p/jobs/j%2Fk", "/huawei-ecs/v1/p/jobs/j%2Fk"],
    // The box is any host at all.
    ["https://ecb.example.com/rest/v1.1/configuration/lock", "/oracle-ecb/rest/v1.1/configuration/lock"],
    ["https://[::1]:8443/rest/v1.1/nothing", "/oracle-ecb/rest/v1.1/nothing"],
    ["https://192.0.2.7/rest/api/supportedversions", "/oracle-ecb/rest/api/supportedversions"],
  ])("%s is %s", (url, path) => expect(placeOf(url)).toBe(path));

  test.each([
    ["plain HTTP", "http://ecs.eu-west-101.myhuaweicloud.com/v1/p/jobs/j", "/huawei-ecs/v1/p/jobs/j"],
    ["a path that is nobody's", "https://ecs.eu-west-101.myhuaweicloud.com/v9", "/huawei-ecs-native/v9"],
    ["a port", "https://virtualserver.kr-west1.e.samsungsdscloud.com:8443/", "/samsung-virtualserver/"],
  ])("nothing for a vendor gets out: %s", (_, url, path) => expect(placeOf(url)).toBe(path));

  test.each([
    "https://example.com/v1/servers/x",
    "https://samsungsdscloud.com/",
    "https://virtualserver.e.samsungsdscloud.com/",
    "https://virtualserver.kr-west1.e.samsungsdscloud.com.example.com/",
    "https://evil.example.com/https://ecs.x.myhuaweicloud.com/v1",
    "https://obs.eu-west-101.myhuaweicloud.com/v1",
    "https://vpc.kr-west1.e.samsungsdscloud.com/v1",
    "https://ecs.a.b.myhuaweicloud.com/v1",
    "https://ecb.example.com/rest/v2/configuration/lock",
    "https://ecb.example.com/rest/api/other",
    "https://ecb.example.com/rest",
    "http://ecb.example.com/rest/v1.1/configuration/lock",
    "data:text/plain,x",
    "blob:https://ecb.example.com/rest/v1.1/x",
  ])("%s is somebody else's", (url) => expect(placeOf(url)).toBeUndefined());

  test("a variable can be told", () => {
    const vendors = { host: "ecb.lab.example:8443" };
    expect(placeOf("https://ecb.lab.example:8443/rest/v1.1/x", { vendors })).toBe("/oracle-ecb/rest/v1.1/x");
    expect(placeOf("https://ecb.example.com/rest/v1.1/x", { vendors })).toBeUndefined();
    expect(placeOf("https://virtualserver.a.b.samsungsdscloud.com/", { vendors })).toBe("/samsung-virtualserver/");
    expect(placeOf("https://virtualserver.a.b.samsungsdscloud.com/", { vendors: { region: "kr-west1" } })).toBeUndefined();
  });

  test("only those of contracts that are there, and none when they are not wanted", () => {
    expect(placeOf("https://ecs.x.myhuaweicloud.com/v2/p/servers/s", {}, ["oracle-ecb"])).toBeUndefined();
    expect(placeOf("https://ecs.x.myhuaweicloud.com/v2/p/servers/s", { vendors: false })).toBeUndefined();
  });
});

describe("a base", () => {
  const base = new URL("http://localhost:4010/mock/");
  test.each([
    ["http://localhost:4010/mock/oracle-ecb/rest/v1.1/x?a=%20", "/oracle-ecb/rest/v1.1/x?a=%20"],
    ["http://localhost:4010/mock/_latch/clock", "/_latch/clock"],
    ["http://localhost:4010/mock/_latch", "/_latch"],
    ["http://localhost:4010/mock/typo", "/typo"],
    ["http://localhost:4010/mock", "/"],
    ["http://localhost:4010/mock?x", "/?x"],
    ["http://localhost:4010/mocking", undefined],
    ["http://localhost:4011/mock/_latch", undefined],
    ["https://localhost:4010/mock/_latch", undefined],
    ["blob:http://localhost:4010/mock/_latch", undefined],
  ])("%s is %s", (url, path) => expect(placeOf(url, { base })).toBe(path));

  test.each([
    ["http://localhost:4010/mock/rest/v1.1/x", "/oracle-ecb/rest/v1.1/x"],
    ["http://localhost:4010/mock/", "/oracle-ecb/"],
    ["http://localhost:4010/mock/_latch/clock?x", "/_latch/clock?x"],
    ["http://localhost:4010/mock/_latches", "/oracle-ecb/_latches"],
  ])("with one API alone, %s is %s", (url, path) => expect(placeOf(url, { base }, ["oracle-ecb"])).toBe(path));
});

/** The real contracts behind the mock: their addresses, what real clients send, and that every declared fault can be given. */
import { beforeAll, describe, expect, test } from "vitest";
import { createEngine, type MockEngine } from "../../mock/engine.ts";
import { callsOf } from "../../scripts/calls.ts";
import { createFaults } from "../../mock/faults.ts";
import { loadContracts } from "../../mock/load.ts";
import { createPrism } from "../../mock/prism.ts";
import { DEFAULT_STATUS, Refusal, type FaultKind } from "../../mock/refusal.ts";
import type { Contract } from "../../mock/types.ts";
import { objectAt } from "../../scripts/document.ts";
import { readRegistry } from "../../scripts/registry.ts";
import { ROOT } from "../../scripts/root.ts";
import { ask, BEARER, JSON_TYPE } from "./harness.ts";

let contracts: Contract[];
let mock: MockEngine;

beforeAll(async () => {
  contracts = await loadContracts(ROOT);
  // Before any version of the four ends.
  mock = createEngine(contracts, { stateless: true, now: "2025-06-01" });
});

const SERVER = "89c312bb-285a-4026-a237-d441908c2f9e";
const PROJECT = "74610f3a5ad941998e91f076297ecf27";
const TOKEN = { "X-Auth-Token": "gAAAAABn", ...JSON_TYPE };
const SCP = { "Scp-Accesskey": "ak", "Scp-Signature": "c2ln", "Scp-Timestamp": "1605290625682", "Scp-ClientType": "Openapi" };
const ACTION = `POST /huawei-ecs-native/v2.1/${PROJECT}/servers/${SERVER}/action`;
const LOCK = `POST /samsung-virtualserver/v1/servers/${SERVER}/lock`;
const ECB = "/oracle-ecb/rest/v1.1";
const ELEMENT = "<configElement><elementType>session-group</elementType></configElement>";

describe("addresses", () => {
  test.each([
    [ACTION, TOKEN, '{"lock":null}', 202, "huawei-ecs-native@v2.1"],
    [ACTION.replace("v2.1", "v2"), TOKEN, '{"confirmResize":null}', 204, "huawei-ecs-native@v2"],
    [`POST /huawei-ecs/v1/${PROJECT}/cloudservers/${SERVER}/resize`, TOKEN, '{"resize":{"flavorRef":"s3.small.1"}}', 200, "huawei-ecs@v1"],
    [LOCK, SCP, undefined, 202, "samsung-virtualserver@v1.3"],
    [LOCK, { ...SCP, "Scp-Api-Version": "virtualserver 1.0" }, undefined, 202, "samsung-virtualserver@v1.0"],
    [LOCK, { ...SCP, "Scp-API-Version": "virtualserver 9.9" }, undefined, 406, "samsung-virtualserver@v1.3"],
    ["GET /samsung-virtualserver/", SCP, undefined, 200, "samsung-virtualserver@v1.3"],
    [`POST ${ECB}/configuration/lock`, BEARER, undefined, 204, "oracle-ecb@v1.1"],
    [`POST ${ECB.replace("v1.1", "v9")}/configuration/lock`, BEARER, undefined, 404, "oracle-ecb@v1.1"],
    ["GET /oracle-ecb/rest/api/supportedversions", BEARER, undefined, 200, "oracle-ecb@v1.1"],
  ])("%s", async (line, headers, body, status, contract) => {
    const told = await ask(mock, line, { headers, ...(body !== undefined && { body }) });
    expect(told).toMatchObject({ status, note: { contract } });
  });
});

describe("real clients", () => {
  test.each([
    ["openstacksdk sends an empty Accept", ACTION, { ...TOKEN, Accept: "" }, '{"os-stop":null}', 202],
    ["SDK-PY states a charset", ACTION, { ...TOKEN, "Content-Type": "application/json;charset=UTF-8" }, '{"unlock":null}', 202],
    ["a client of Nova states nothing", ACTION, { "X-Auth-Token": "t" }, '{"os-start":null}', 202],
    ["the provider of Samsung sends an empty account", LOCK, { ...SCP, "Scp-AccountId": "", Accept: "application/json" }, undefined, 202],
    ["Postman states a media type without a body", LOCK, { ...SCP, ...JSON_TYPE, "Accept-Language": "ko-KR" }, undefined, 202],
    ["python-requests states no media type", `POST ${ECB}/configuration/configElements`, BEARER, ELEMENT, 200],
    ["a renewal is typed as the pages write it", `POST ${ECB}/auth/token`, { "Content-Type": "x-www-form-urlencoded" }, "token=abc", 200],
  ])("%s", async (_, line, headers, body, status) => {
    const basic = line.includes("/auth/token") ? { Authorization: "Basic YWRtaW46YQ==" } : {};
    expect((await ask(mock, line, { headers: { ...headers, ...basic }, ...(body !== undefined && { body }) })).status).toBe(status);
  });
});

describe.each(readRegistry(ROOT).map(({ key }) => key))("%s", (key) => {
  const kinds = Object.keys(DEFAULT_STATUS) as FaultKind[];

  test("gives every fault it declares, in its own shape", async () => {
    const contract = contracts.find((candidate) => candidate.key === key);
    if (!contract) throw new Error(`${key} is not loaded.`);
    const declared = objectAt(contract.document, "x-faults");
    const faults = createFaults(contract.document, callsOf(contract.document), createPrism(contract.document));
    for (const kind of kinds.filter((name) => name in declared)) {
      const answer = await faults.answer(new Refusal(kind, "The reason"), undefined, "/asked/for");
      const told = { kind, status: String(answer.status), type: answer.headers["content-type"], reason: answer.headers["x-latch-reason"] };
      expect(told).toEqual({
        kind,
        status: objectAt(declared, kind)["status"],
        type: expect.not.stringContaining("problem"),
        reason: "The reason.",
      });
      expect(String(answer.body).length).toBeGreaterThan(0);
    }
  });
});

/** What only Samsung's API has: four versions at one address, told apart by a header, each with its own end. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { objectAt } from "../../scripts/document.ts";
import { listContracts } from "../../scripts/list.ts";
import { ROOT } from "../../scripts/root.ts";
import { callNamed, contractNamed, contracts } from "../conformance/support/contracts.ts";
import { useMock, type Incoming } from "../conformance/support/mock.ts";
import { requestFor } from "../conformance/support/requests.ts";

const API = "samsung-virtualserver";
const mock = useMock();
const versions = contracts.filter(({ api }) => api === API);
const newest = contractNamed(`${API}@v1.3`);
const locking = requestFor(newest, callNamed(newest, "lockServer"));
const unpinned = Object.fromEntries(Object.entries(locking.headers).filter(([name]) => name !== "Scp-Api-Version"));

/** Sends lockServer with these headers instead of the pinned version. */
async function lock(headers: Record<string, string>): Promise<Incoming & { by: string | undefined }> {
  const got = await mock.send({ ...locking, headers: { ...unpinned, ...headers } });
  return { ...got, by: /samsung-virtualserver@v\d\.\d/.exec(mock.log.at(-1) ?? "")?.[0] };
}

// As the print page of lockServer gives them: state and compact date.
const DOCUMENT = [
  { version: "1.3", state: "CURRENT", notBefore: "-" },
  { version: "1.2", state: "SUPPORTED", notBefore: "20260831" },
  { version: "1.1", state: "DEPRECATED", notBefore: "20260531" },
  { version: "1.0", state: "DEPRECATED", notBefore: "20251231" },
];

describe.each(DOCUMENT)("version $version", ({ version, state, notBefore }) => {
  const contract = contractNamed(`${API}@v${version}`);
  const date = notBefore === "-" ? null : notBefore.replace(/^(....)(..)(..)$/, "$1-$2-$3");

  test("has the state and the date of the document, on the root and on every call", () => {
    expect(objectAt(contract.document, "info")["x-lifecycle"]).toMatchObject({ state, notBefore: date });
    for (const call of contract.calls) {
      expect({ id: call.id, deprecated: call.deprecated, sunset: call.sunset ?? null }).toEqual({
        id: call.id,
        deprecated: state === "DEPRECATED",
        sunset: date,
      });
    }
  });

  test.each(["Scp-Api-Version", "Scp-API-Version", "scp-api-version"])("is chosen by %s", async (name) => {
    const got = await lock({ [name]: `virtualserver ${version}` });
    expect({ status: got.status, by: got.by }).toEqual({ status: 202, by: contract.key });
  });
});

test("without the header the CURRENT version answers", async () => {
  expect(await lock({})).toMatchObject({ status: 202, by: newest.key });
});

test("the list of versions does not look at the header, and says what the contracts say", async () => {
  const request = requestFor(newest, callNamed(newest, "listVersions"));
  const got = await mock.send({ ...request, headers: { ...request.headers, "Scp-Api-Version": "virtualserver 9.9" } });
  expect(got.status).toBe(200);
  const listed = DOCUMENT.map(({ version, state }) => expect.objectContaining({ id: `v${version}`, status: state }));
  expect(JSON.parse(got.text)).toMatchObject({ versions: expect.arrayContaining(listed) });
});

test.each([
  ["2025-12-30T23:59:59Z", []],
  ["2025-12-31T00:00:00Z", ["v1.0"]],
  ["2026-05-30T12:00:00Z", ["v1.0"]],
  ["2026-05-31T00:00:00Z", ["v1.0", "v1.1"]],
  ["2026-08-31T00:00:00Z", ["v1.0", "v1.1", "v1.2"]],
  ["2100-01-01T00:00:00Z", ["v1.0", "v1.1", "v1.2"]],
])("at %s the expired versions are %s, whatever the vendor's word", (now, expected) => {
  const expired = listContracts(ROOT, new Date(now)).filter((row) => row.expired);
  expect(expired.map(({ contract }) => contract)).toEqual(expected.map((version) => `${API}@${version}`));
});

test("each refusal names the permission of its own call", () => {
  for (const { calls, key } of versions) {
    const named = calls.filter(({ permissions }) => permissions["main"] !== undefined);
    expect(named.length, key).toBe(calls.length - 1);
    for (const { permissions, answers, id } of named) {
      const text = JSON.stringify(objectAt(answers["403"]?.response, "content"));
      expect(/"action_name":"([^"]+)"/.exec(text)?.[1], `${key} ${id}`).toBe(permissions["main"]);
    }
  }
});

test("partition_number came with 1.1, and stayed", () => {
  const having = versions.filter(({ key }) =>
    readFileSync(join(ROOT, "generated", key.replace("@", "/"), "openapi.yaml"), "utf8").includes("partition_number"),
  );
  expect(having).toEqual(versions.filter(({ version }) => version !== "v1.0"));
  expect(having.length).toBeGreaterThanOrEqual(3);
});

// What clients in the field send (fact sheet, section 7).
test.each<[string, Record<string, string>]>([
  [
    "the Terraform provider sends an empty account",
    { "Scp-API-Version": "virtualserver 1.3", "Scp-AccountId": "", Accept: "application/json" },
  ],
  ["the Postman collection states a media type of nothing", { "Content-Type": "application/json", "Accept-Language": "ko-KR" }],
  ["the Python SDK pins 1.2", { "Scp-Api-Version": "virtualserver 1.2" }],
  ["a script takes anything", { Accept: "*/*" }],
])("%s", async (_, headers) => {
  expect(await lock(headers)).toMatchObject({ status: 202, text: "" });
});

test("the gateway repeats the path that leads nowhere", async () => {
  const got = await mock.send({ method: "GET", path: `/${API}/v1/nowhere/at%20all`, headers: {} });
  expect(got.status).toBe(404);
  expect(JSON.parse(got.text)).toMatchObject({ path: "/v1/nowhere/at%20all", status: 404 });
});

/** What only the native OpenStack API has: success in three forms, two versions with one surface, and clients with habits. */
import { describe, expect, test } from "vitest";
import { isObject, objectAt } from "../../scripts/document.ts";
import { callNamed, contractNamed } from "../conformance/support/contracts.ts";
import { fingerprint } from "../conformance/support/fingerprint.ts";
import { useMock, type Incoming } from "../conformance/support/mock.ts";
import { requestFor } from "../conformance/support/requests.ts";

const mock = useMock();
const v2 = contractNamed("huawei-ecs-native@v2");
const v21 = contractNamed("huawei-ecs-native@v2.1");
const lock = requestFor(v21, callNamed(v21, "lockServer"));

/** An action with a body of our own, and headers that replace those of a valid request. */
const act = (body: string, headers: Record<string, string> = {}): Promise<Incoming> =>
  mock.send({ ...lock, headers: { ...lock.headers, ...headers }, body });

test("v2 and v2.1 have the same paths and the same surface", () => {
  expect(v2.document["paths"]).toEqual(v21.document["paths"]);
  expect(v2.document["components"]).toEqual(v21.document["components"]);
  expect(fingerprint(v2.document)).toBe(fingerprint(v21.document));
});

describe.each([v2, v21].map((contract) => ({ key: contract.key, contract })))("$key", ({ contract }) => {
  test.each(["lockServer", "unlockServer", "stopServer", "startServer", "rebootServer", "resizeServer", "revertServerResize"])(
    "%s is accepted without a body",
    async (id) => {
      const got = await mock.send(requestFor(contract, callNamed(contract, id)));
      expect({ status: got.status, text: got.text, length: got.headers["content-length"] }).toEqual({ status: 202, text: "", length: "0" });
    },
  );

  test("confirmServerResize is done at once", async () => {
    const got = await mock.send(requestFor(contract, callNamed(contract, "confirmServerResize")));
    expect({ status: got.status, text: got.text, length: got.headers["content-length"] }).toEqual({
      status: 204,
      text: "",
      length: undefined,
    });
  });

  test("rebuildServer answers the server and where to read it", async () => {
    const got = await mock.send(requestFor(contract, callNamed(contract, "rebuildServer")));
    expect(got.status).toBe(202);
    expect(JSON.parse(got.text)).toMatchObject({ server: { status: "REBUILD" } });
    expect(got.headers.location).toMatch(/\/servers\/[0-9a-f-]{36}$/);
  });
});

test("the lock shows from microversion 2.9 on", () => {
  const examples = objectAt(objectAt(v21.document, "components"), "examples");
  const servers = Object.entries(examples).flatMap(([key, example]) => {
    const server = objectAt(objectAt(example, "value"), "server");
    return isObject(example) && "status" in server ? [[key, "locked" in server]] : [];
  });
  expect(Object.fromEntries(servers)).toMatchObject({ "server-active": false, "server-locked": true, "server-unlocked": true });
});

// The bodies that clients really send (fact sheet, section 9.2).
test.each([
  ["novaclient and openstacksdk stop", '{"os-stop":null}'],
  ["the vendor's page stops", '{"os-stop":{}}'],
  ["the vendor's page stops hard", '{"os-stop":{"type":"HARD"}}'],
  ["the vendor's page starts", '{"os-start":{}}'],
  ["novaclient starts", '{"os-start":null}'],
  ["novaclient resizes", '{"resize":{"flavorRef":"s3.medium.2","OS-DCF:diskConfig":"AUTO"}}'],
  ["blanks around the key", ' {\n "lock" : null }\n'],
])("%s", async (_, body) => {
  expect((await act(body)).status).toBe(202);
});

test.each<[string, Record<string, string>]>([
  ["openstacksdk sends an empty Accept", { Accept: "" }],
  ["the vendor's Python SDK states a charset", { "Content-Type": "application/json;charset=UTF-8" }],
  ["curl states a form's media type unless told otherwise: text/plain passes for JSON", { "Content-Type": "text/plain" }],
  ["novaclient sends both microversion headers", { "X-OpenStack-Nova-API-Version": "2.60", "OpenStack-API-Version": "compute 2.60" }],
  ["a microversion below 2.10 has one digit", { "X-OpenStack-Nova-API-Version": "2.9" }],
  ["a header name in another case", { "x-auth-token": "MIIEXAMPLE-TOKEN-0002" }],
])("%s", async (_, headers) => {
  expect((await act('{"lock":null}', headers)).status).toBe(202);
});

test("a locked server: 409 that names the lock, for every action that the lock guards, and for no other", async () => {
  const guarded: string[] = [];
  for (const call of v21.calls.filter(({ answers }) => answers["409"] !== undefined)) {
    const request = requestFor(v21, call);
    const got = await mock.send({ ...request, headers: { ...request.headers, Prefer: "code=409, example=instance-locked" } });
    expect(JSON.parse(got.text)).toMatchObject({ conflictingRequest: { code: 409, message: expect.stringMatching(/is locked$/) } });
    guarded.push(call.id);
  }
  const free = v21.calls.map(({ id }) => id).filter((id) => !guarded.includes(id));
  expect(free.toSorted()).toEqual(["lockServer", "showServer", "unlockServer"]);
});

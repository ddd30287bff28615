/** What only the broker has: XML, a lock that belongs to a token, and one URL without a version. */
import { XMLParser } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { callNamed, contractNamed } from "../conformance/support/contracts.ts";
import { mediaTypeOf, useMock, type Incoming, type Outgoing } from "../conformance/support/mock.ts";
import { requestFor } from "../conformance/support/requests.ts";

const mock = useMock();
const contract = contractNamed("oracle-ecb@v1.1");
const valid = (id: string, change: Partial<Outgoing> = {}): Outgoing => ({ ...requestFor(contract, callNamed(contract, id)), ...change });
const bearer = { Authorization: "Bearer EXAMPLE-TOKEN-0001" };
const basic = { Authorization: `Basic ${btoa("admin:EXAMPLE-PASSWORD")}` };

/** The body as its reader sees it. */
const xmlOf = ({ text }: Incoming): unknown => new XMLParser({ ignoreDeclaration: true }).parse(text);

test("the versions stand at the one URL that has no version", async () => {
  const request = valid("listSupportedVersions");
  expect(request.path).toBe("/oracle-ecb/rest/api/supportedversions");
  const got = await mock.send(request);
  expect(xmlOf(got)).toMatchObject({ response: { data: { supportedVersions: { latestVersion: "v1.1" } } } });
});

describe("what clients leave out", () => {
  // p4irin/sbc_rest_client sends the token and the XML, and nothing else.
  test.each(["addConfigElement", "updateConfigElement"])("%s takes XML that nobody called XML", async (id) => {
    const got = await mock.send(valid(id, { headers: bearer }));
    expect(got.status).toBe(200);
    expect(mediaTypeOf(got)).toBe("application/xml");
    expect(xmlOf(got)).toHaveProperty("response.data.configElement");
  });

  test.each(["lockConfiguration", "unlockConfiguration"])("%s needs neither Accept nor a length", async (id) => {
    expect(await mock.send(valid(id, { headers: bearer }))).toMatchObject({ status: 204, text: "" });
  });

  test.each(["bearer EXAMPLE-TOKEN-0001", "BEARER EXAMPLE-TOKEN-0001"])("the scheme has no case: %s", async (value) => {
    expect((await mock.send(valid("lockConfiguration", { headers: { Authorization: value } }))).status).toBe(204);
  });
});

describe("the token", () => {
  test("the first one is given for a password alone", async () => {
    const { method, path } = valid("createToken");
    const got = await mock.send({ method, path, headers: basic });
    expect(xmlOf(got)).toMatchObject({ response: { data: { accessToken: expect.any(String) } } });
  });

  // The page prints the media type without its first half, and clients copy it.
  test.each(["application/x-www-form-urlencoded", "x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-8"])(
    "it is renewed with %s",
    async (type) => {
      const headers = { ...basic, "Content-Type": type, Prefer: "example=renewed-token" };
      const got = await mock.send(valid("createToken", { headers, body: "token=EXAMPLE%2BTOKEN%2F0001%3D%3D" }));
      expect(got.status, got.headers["x-latch-reason"]?.toString()).toBe(200);
      expect(xmlOf(got)).toHaveProperty("response.data.accessToken");
    },
  );
});

describe("423 says who is in the way", () => {
  const OTHER = "Resource locked by another user";
  const NOBODY = "User does not have the lock";
  const textOf = async (id: string, example: string): Promise<Incoming> => {
    const request = valid(id);
    return mock.send({ ...request, headers: { ...request.headers, Prefer: `code=423, example=${example}` } });
  };
  const writing = contract.calls
    .filter(({ id, answers }) => answers["423"] !== undefined && id !== "lockConfiguration")
    .map(({ id }) => id);

  test("lock knows one text", async () => {
    expect(callNamed(contract, "lockConfiguration").answers["423"]?.examples).toEqual(["locked-by-another-user"]);
    const got = await textOf("lockConfiguration", "locked-by-another-user");
    expect({ status: got.status, body: xmlOf(got) }).toMatchObject({
      status: 423,
      body: { response: { messages: { errorMessage: OTHER } } },
    });
  });

  test.each(writing)("%s knows both", async (id) => {
    expect(xmlOf(await textOf(id, "locked-by-another-user"))).toMatchObject({ response: { messages: { errorMessage: OTHER } } });
    expect(xmlOf(await textOf(id, "lock-not-held"))).toMatchObject({ response: { messages: { errorMessage: NOBODY } } });
  });

  test("every call that changes something has it, no call that reads", () => {
    const changing = contract.calls.filter(({ method, id }) => method !== "get" && id !== "createToken").map(({ id }) => id);
    expect([...writing, "lockConfiguration"].toSorted()).toEqual(changing.toSorted());
  });
});

test("key attributes are query parameters of their own names", async () => {
  const keyed = requestFor(contract, callNamed(contract, "deleteConfigElement"), { parameters: { key: { "group-name": "sg_proxies" } } });
  expect(keyed.path).toContain("?elementType=session-group&group-name=sg_proxies");
  expect((await mock.send(keyed)).status).toBe(204);
});

test("a job says where to ask for it", async () => {
  for (const id of ["manageConfiguration", "activateConfiguration"]) {
    const got = await mock.send(valid(id));
    expect(got.status).toBe(202);
    expect(xmlOf(got)).toMatchObject({ response: { links: { link: expect.stringMatching(/\/rest\/v1\.1\/admin\/asyncstatus$/) } } });
  }
});

test("entities of a document are not resolved", async () => {
  const body =
    '<!DOCTYPE configElement [<!ENTITY x SYSTEM "file:///etc/hostname">]><configElement><elementType>&x;</elementType></configElement>';
  const got = await mock.send(valid("addConfigElement", { body }));
  expect(got.status).toBeLessThan(500);
  expect(got.text).not.toContain("hostname");
});

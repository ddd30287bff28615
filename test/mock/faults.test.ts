import { describe, expect, test } from "vitest";
import { ask, BEARER, JSON_TYPE, mockOf, STAMP, TOKEN, type Asked } from "./harness.ts";

const mock = mockOf();
const BOX = "/box/v1/p/boxes/b1";
const ACT = `POST ${BOX}/action`;
const json = (body: string): Asked => ({ headers: { ...TOKEN, ...JSON_TYPE }, body });

const fault = (code: number, message: unknown) => ({ fault: { code, message } });

describe("in the vendor's shape, with a precise sentence", () => {
  test.each<[string, string, Asked, number, unknown]>([
    ["malformed JSON", ACT, json('{"lock":'), 400, fault(400, "The body is not valid JSON: Unexpected end of JSON input.")],
    ["bytes that are no text", ACT, { ...json(""), body: new Uint8Array([0x7b, 0xff]) }, 400, fault(400, "The body is not valid UTF-8.")],
    ["no body", ACT, { headers: TOKEN }, 400, fault(400, "The request has no body: send application/json.")],
    ["null", ACT, json("null"), 400, fault(400, "The body is the JSON value null: send an object.")],
    ["an array", ACT, json("[]"), 400, fault(400, "The body must be an object with one of the keys lock, open, move.")],
    ["no key", ACT, json("{}"), 400, fault(400, "The body must have exactly one key, it has 0: choose one of lock, open, move.")],
    [
      "two keys",
      ACT,
      json('{"lock":null,"open":null}'),
      400,
      fault(400, "The body must have exactly one key, it has 2: choose one of lock, open, move."),
    ],
    ["an unknown action", ACT, json('{"burn":null}'), 400, fault(400, "There is no action burn: choose one of lock, open, move.")],
    ["a wrong value", ACT, json('{"lock":1}'), 400, fault(400, "Request body property lock must be null.")],
    [
      "no branch of a union",
      ACT,
      json('{"move":{}}'),
      400,
      fault(400, "Request body property move must be string; Request body property move must have required property 'to'."),
    ],
    [
      "the branch of a union that was meant",
      ACT,
      json('{"move":{"to":5}}'),
      400,
      fault(400, "Request body property move.to must be string."),
    ],
    [
      "a wrong media type",
      ACT,
      { headers: { ...TOKEN, "Content-Type": "application/xml" }, body: "<a/>" },
      415,
      fault(415, "The media type application/xml is not taken here: send application/json."),
    ],
    [
      "a compressed body",
      ACT,
      { headers: { ...TOKEN, ...JSON_TYPE, "Content-Encoding": "gzip" }, body: "x" },
      415,
      fault(415, "The content encoding gzip is not taken: send the body as it is."),
    ],
    ["a wrong method", `DELETE ${BOX}`, { headers: TOKEN }, 405, fault(405, "DELETE is not possible here: use GET, HEAD.")],
    ["a body where none is taken", `GET ${BOX}`, json("{}"), 400, fault(400, "This call takes no body, and 2 bytes were sent.")],
    ["a wrong query", `GET ${BOX}?depth=0`, { headers: TOKEN }, 400, fault(400, "Request query parameter depth must be >= 1.")],
    [
      "a wrong header",
      `GET ${BOX}`,
      { headers: { ...TOKEN, "X-Mode": "none" } },
      400,
      fault(400, "Request header parameter X-Mode must be equal to one of the allowed values: full, brief."),
    ],
    [
      "no credential",
      `GET ${BOX}`,
      {},
      401,
      {
        error: {
          details: [{ message: "not me" }],
          title: "Unauthorized",
          message: "The request carries no credential: send the header X-Token; or the header Authorization, the header X-Date.",
        },
      },
    ],
    [
      "a credential with bytes no issuer sends",
      `GET ${BOX}`,
      { headers: { "X-Token": "ab\u0007c" } },
      401,
      { error_code: "B.1", error_msg: "The header X-Token holds characters that cannot be in a credential." },
    ],
  ])("%s", async (_, line, asked, status, body) => {
    const told = await ask(mock, line, asked);
    expect(told).toMatchObject({ status, headers: { "content-type": "application/json" } });
    expect(told.json).toEqual(body);
    expect(told.headers["x-latch-reason"]).toMatch(/^[\x20-\x7e]+\.$/);
  });

  test("a sentence that does not fit the schema stays out of the body, not out of the header", async () => {
    const told = await ask(mock, "GET /box/v1/nothing", { headers: TOKEN });
    expect(told).toMatchObject({ status: 404, json: { message: "Not found", code: 404 } });
    expect(told.headers["x-latch-reason"]).toBe("No call stands at /v1/nothing.");
  });

  test("an id that no server can have is an unknown route", async () => {
    expect(await ask(mock, "GET /box/v1/p/boxes/x1", { headers: TOKEN })).toMatchObject({ status: 404 });
  });

  test("documented headers come with it, Allow with 405", async () => {
    expect((await ask(mock, `GET ${BOX}`)).headers).toMatchObject({ "www-authenticate": 'Box realm="box"' });
    expect((await ask(mock, `PUT ${BOX}`, { headers: TOKEN })).headers).toMatchObject({ allow: "GET, HEAD" });
  });

  test("XML text is escaped", async () => {
    const told = await ask(mock, "POST /desk/rest/v1.1/desk", { headers: { Authorization: "<a&b> c" }, body: "<desk/>" });
    expect(told.status).toBe(401);
    expect(told.text).toContain("The Authorization header is &quot;&lt;a&amp;b&gt;&quot;, this call takes Bearer.");
  });
});

describe("order of the checks", () => {
  test.each<[string, string, Asked, number]>([
    ["route before method", "DELETE /box/v1/nothing", {}, 404],
    ["method before credential", `DELETE ${BOX}`, {}, 405],
    ["credential before body", ACT, { headers: JSON_TYPE, body: "{" }, 401],
    ["media type before body", ACT, { headers: { ...TOKEN, "Content-Type": "text/html" }, body: "{" }, 415],
    ["body before schema", `${ACT}?x`, json('{"move":{}'), 400],
  ])("%s", async (_, line, asked, status) => {
    expect((await ask(mock, line, asked)).status).toBe(status);
  });
});

describe("what a contract does not declare", () => {
  const lock = "POST /safe/v1/safes/s1/lock";

  test.each<[string, string, Asked, number]>([
    ["an unknown route", "GET /safe/v1/nothing", {}, 404],
    ["a wrong method", "PUT /safe/v1/safes/s1/lock", { headers: STAMP }, 405],
    ["a body where none is taken", lock, { headers: STAMP, body: "{}" }, 400],
  ])("%s is a problem of the mock's own", async (_, line, asked, status) => {
    const told = await ask(mock, line, asked);
    expect(told).toMatchObject({ status, headers: { "content-type": "application/problem+json" }, json: { status } });
  });

  test("a malformed credential is answered like a missing one, when only that is declared", async () => {
    const told = await ask(mock, lock, { headers: { "Safe-Key": "k", "Safe-Stamp": "yesterday" } });
    expect(told.status).toBe(401);
    expect(told.json).toEqual({
      errors: [{ code: "Unsigned", detail: [String.raw`Request header parameter Safe-Stamp must match pattern "^\d{13}$".`] }],
    });
  });
});

describe("XML", () => {
  const post = (body: string, headers = {}) => ask(mock, "POST /desk/rest/v1.1/desk", { headers: { ...BEARER, ...headers }, body });

  test.each([
    ["<desk>", 400, "The body is not well-formed XML: unclosed tag: desk"],
    ["no element at all", 400, "The body is not well-formed XML"],
    ["<chair/>", 400, "The root element of the body is chair: send desk."],
    ["<?xml version='1.0'?><!-- <chair> --><desk><name>a</name></desk>", 200, "<response><data/></response>"],
  ])("%s", async (body, status, text) => {
    const told = await post(body);
    expect(told).toMatchObject({ status, headers: { "content-type": "application/xml" } });
    expect(told.text).toContain(text);
  });

  test.each([
    [{}, 200],
    [{ "Content-Type": "application/xml; charset=UTF-8" }, 200],
    [{ "Content-Type": "application/json" }, 415],
    [{ "Content-Type": "text/plain" }, 415],
  ])("%o", async (headers, status) => {
    expect((await post("<desk/>", headers)).status).toBe(status);
  });
});

/** `readFault` on shapes that no contract shows, and on what servers in between send. */
import { describe, expect, test } from "vitest";
import { CredentialError } from "../../runtime/credential-error.ts";
import { LockError, refusedError } from "../../runtime/lock-error.ts";
import { readFault, type Fault } from "../../runtime/fault.ts";

const NOW = Date.parse("2026-01-05T10:00:00Z");
const read = (error: unknown, status = 400, response?: Response): Fault | undefined =>
  readFault({ status, error, ...(response && { response }) }, () => NOW);

describe("shapes", () => {
  test.each<[string, unknown, Partial<Fault>]>([
    ["a native fault of any name", { newFault: { code: 418, message: "New." } }, { vendor: "huawei", code: "newFault", message: "New." }],
    ["a wait in the body", { overLimit: { code: 429, message: "m", retryAfter: 7 } }, { code: "overLimit", retryAfter: 7 }],
    [
      "a vendor's error with details",
      { error: { code: "Ecs.0005", message: "m", details: [{ code: "x", message: "y" }] } },
      { code: "Ecs.0005" },
    ],
    ["a vendor's error without a word", { error: { code: "Ecs.0001" } }, { vendor: "huawei", code: "Ecs.0001", message: "Ecs.0001" }],
    ["what turns a line around", { error: { message: "\u202ea\u200b\u2066" } }, { message: "a" }],
    ["an error without a code", { error: { message: "m" } }, { vendor: "huawei", message: "m" }],
    ["a number that has no word", { error: { code: 401, message: "m" } }, { code: "401" }],
    ["a code of the other gateway", { error_msg: "m", error_code: "APIG.0301", request_id: "r" }, { code: "APIG.0301", requestId: "r" }],
    [
      "a list of errors",
      {
        errors: [
          { code: "A", detail: ["one", "two"] },
          { code: "B", detail: "three" },
        ],
      },
      { code: "A", message: "one; two; three" },
    ],
    ["a detail in the response", { errors: [{ code: "A", response: { message: "m" } }] }, { vendor: "samsung", message: "m" }],
    ["only a title", { errors: [{ code: "A", title: "T" }] }, { message: "T" }],
    ["only a code", { errors: [{ code: "A" }] }, { code: "A", message: "A" }],
    ["a name for a message", { status: "X", name: "n" }, { vendor: "samsung", code: "X", message: "n" }],
    [
      "no route, with a message",
      { path: "/p", error: "E", message: "m", requestId: "r" },
      { vendor: "samsung", code: "E", message: "m", requestId: "r" },
    ],
    [
      "what the SDK of Samsung declares",
      [{ loc: ["body", "name"], msg: "too long", type_: "value_error" }, { loc: null, msg: "no" }, { msg: null }],
      { vendor: "samsung", code: "value_error", message: "body.name: too long; no" },
    ],
    [
      "a problem of RFC 9457",
      { type: "about:blank", title: "T", status: 501, detail: "d" },
      { vendor: "unknown", code: "T", message: "d" },
    ],
    ["what is nearly a native fault", { fault: { message: "m" }, title: "T" }, { vendor: "unknown", message: "T" }],
    [
      "a native fault with something beside it",
      { forbidden: { code: 403, message: "m" }, more: 1 },
      { vendor: "huawei", code: "forbidden", message: "m" },
    ],
    ["what is nearly OpenStack's missing route", { code: "E1", title: "T", message: "m" }, { vendor: "unknown", code: "E1", message: "m" }],
    ["an error of OAuth", { error: "invalid_grant", error_description: "d" }, { vendor: "unknown", message: "d" }],
  ])("%s", (_, error, expected) => {
    expect(read(error)).toMatchObject({ status: 400, ...expected });
    expect(read(JSON.stringify(error))).toEqual(read(error));
  });
});

describe("text", () => {
  test.each<[string, string, Partial<Fault>]>([
    [
      "XML with errorMessage anywhere",
      "<response><data><x><errorMessage> a &amp;\n b </errorMessage></x></data></response>",
      { vendor: "oracle", message: "a & b" },
    ],
    ["XML with message", "<response><messages><message>m</message></messages></response>", { vendor: "oracle", message: "m" }],
    [
      "an empty errorMessage beside a message",
      "<response><errorMessage/><message>m</message></response>",
      { vendor: "oracle", message: "m" },
    ],
    [
      "XML of somebody else",
      "<Error><Code>SlowDown</Code><Message>m</Message></Error>",
      { vendor: "unknown", code: "SlowDown", message: "m" },
    ],
    ["XML without a word", "<response><data/></response>", { vendor: "unknown", message: "The answer was 400, without a word about why." }],
    ["XML that is broken", "<response><errorMessage>m</errorMessage>", { vendor: "unknown", message: "m" }],
    [
      "a page",
      "<!DOCTYPE html><html><head><title>502 Bad &lt;Gateway&gt;</title></head><body><p>x<br></body>",
      { message: "502 Bad <Gateway>" },
    ],
    ["a page with a headline", "\n <HTML><body><H1 class=a>Not here</H1>", { message: "Not here" }],
    ["a page without either", "<html><style>p{}</style><script>alert(1)</script><p>Gone <b>for</b> good", { message: "Gone for good" }],
    ["a page of nothing", "<html></html>", { message: "The answer was 400, without a word about why." }],
    ["a line", "  upstream\ttimed out\r\n", { vendor: "unknown", message: "upstream timed out" }],
    ["brackets that are no JSON", "[error] no", { message: "[error] no" }],
    ["JSON that says nothing", "{}", { message: "{}" }],
    ["what a terminal would obey", "a\u001b[31mb\u0000c\u009b", { message: "a [31mb c" }],
    ["a line of OpenStack's", "No.<br /><br />\n\n\n", { message: "No." }],
  ])("%s", (_, error, expected) => {
    expect(read(error)).toMatchObject(expected);
  });

  test("is cut, and no character in half", () => {
    const message = read(`${"x".repeat(998)}😀😀`)?.message ?? "";
    expect(message).toBe(`${"x".repeat(998)}…`);
    expect(read("x".repeat(1000))?.message).toHaveLength(1000);
    expect(read({ error: { code: "c".repeat(5000), message: "m" } })?.code).toHaveLength(1000);
  });

  test("of success is no error", () => {
    expect(readFault({ status: 200, data: "<response><data><errorMessage>m</errorMessage></data></response>" })).toBeUndefined();
    expect(readFault({ status: 200, data: { error_code: "Ecs.0605", fail_reason: "m", status: "FAIL" } })).toBeUndefined();
    expect(readFault({ status: 200, data: { message: "m", errors: [{ code: "A" }] } })).toBeUndefined();
    expect(readFault({ status: 204 })).toBeUndefined();
    expect(readFault({ status: 200, data: { error: { code: "Common.0024", message: "m" } } })).toMatchObject({
      status: 200,
      code: "Common.0024",
    });
    expect(readFault({ status: 200, error: "m" })).toMatchObject({ status: 200, message: "m" });
  });
});

describe("around the body", () => {
  const response = (headers: Record<string, string>, url?: string): Response => {
    const made = new Response(null, { status: 503, headers });
    return url === undefined ? made : Object.defineProperty(made, "url", { value: url });
  };

  test.each<[string, number | undefined]>([
    ["120", 120],
    [" 5 ", 5],
    ["0", 0],
    ["Mon, 05 Jan 2026 10:01:30 GMT", 90],
    ["Mon, 05 Jan 2026 09:00:00 GMT", 0],
    ["soon", undefined],
    ["9".repeat(400), undefined],
  ])("Retry-After: %s", (value, expected) => {
    expect(read(undefined, 503, response({ "Retry-After": value }))?.retryAfter).toBe(expected);
  });

  test("a part of a second is waited for whole", () => {
    const busy = response({ "Retry-After": "Mon, 05 Jan 2026 10:01:30 GMT" });
    expect(readFault({ status: 503, error: "m", response: busy }, () => NOW + 500)?.retryAfter).toBe(90);
  });

  test("the header counts before the body", () => {
    const body = { overLimit: { code: 429, message: "m", retryAfter: "60" } };
    expect(read(body, 429, response({ "Retry-After": "5" }))?.retryAfter).toBe(5);
    expect(read(body, 429, response({ "Retry-After": "soon" }))?.retryAfter).toBe(60);
    for (const retryAfter of ["-1", "0x10", "1e300", " ", "1.5"]) {
      expect(read({ overLimit: { code: 429, message: "m", retryAfter } }, 429)?.retryAfter).toBeUndefined();
    }
  });

  test.each(["X-Request-Id", "X-OpenStack-Request-Id", "X-Compute-Request-Id"])(
    "the id of the request in %s, where the body has none",
    (name) => {
      expect(read(undefined, 503, response({ [name]: "req-1" }))?.requestId).toBe("req-1");
      expect(read({ error_msg: "m", request_id: "own" }, 503, response({ [name]: "req-1" }))?.requestId).toBe("own");
    },
  );

  test.each<[string, string]>([
    ["https://ecs.ap-southeast-1.myhuaweicloud.com/v1/p", "huawei"],
    ["https://virtualserver.kr-west1.e.samsungsdscloud.com/v1/servers", "samsung"],
    ["https://example.com/?.myhuaweicloud.com/", "unknown"],
    ["https://myhuaweicloud.com.example.com/", "unknown"],
  ])("the host %s says whose an answer is", (url, vendor) => {
    const shape = { errors: [{ code: "A", detail: "m" }] };
    expect(read(shape, 503, response({}, url))?.vendor).toBe(vendor === "unknown" ? "samsung" : vendor);
    expect(read(undefined, 503, response({}, url))).toEqual({
      vendor,
      status: 503,
      message: "The answer was 503, without a word about why.",
    });
  });

  test("the status of the response, where the result has none", () => {
    const result: Record<string, unknown> = { response: response({}) };
    expect(readFault(result as { error: object })).toMatchObject({ status: 503 });
  });
});

describe("without an answer", () => {
  test.each<[unknown, Fault]>([
    [
      new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") }),
      { vendor: "unknown", status: 0, message: "fetch failed: connect ECONNREFUSED" },
    ],
    [
      new DOMException("lockServer took longer than 5 ms.", "TimeoutError"),
      { vendor: "unknown", status: 0, message: "lockServer took longer than 5 ms." },
    ],
    [new CredentialError("IAM answered 401.", 401), { vendor: "unknown", status: 401, message: "IAM answered 401." }],
    [
      refusedError("huawei", "lockServer", {
        status: 409,
        error: { conflictingRequest: { code: 409, message: "m" } },
        response: new Response(),
      }),
      { vendor: "huawei", status: 409, code: "conflictingRequest", message: "m" },
    ],
    [
      new LockError("huawei", "hidden", "Nothing says it.", { result: { status: 200, data: {}, response: new Response() } }),
      { vendor: "unknown", status: 200, message: "Nothing says it." },
    ],
    [Object.assign(new Error("A library's own."), { result: { rows: 1 } }), { vendor: "unknown", status: 0, message: "A library's own." }],
    [undefined, { vendor: "unknown", status: 0, message: "No answer came." }],
    [null, { vendor: "unknown", status: 0, message: "No answer came." }],
    ["x", { vendor: "unknown", status: 0, message: "No answer came." }],
    [{}, { vendor: "unknown", status: 0, message: "No answer came." }],
  ])("%s", (thrown, expected) => {
    expect(readFault(thrown as Error)).toEqual(expected);
  });
});

test("narrowed to a failure, there is always a fault to read; otherwise maybe none", () => {
  type Outcome = { status: 202; error?: undefined } | { status: 409; error: { conflictingRequest: { code: number; message: string } } };
  const outcomes: Outcome[] = [{ status: 202 }, { status: 409, error: { conflictingRequest: { code: 409, message: "m" } } }];
  const seen = outcomes.map((result) => {
    // @ts-expect-error a success has no fault: look first
    const unsure = (): string => readFault(result).message;
    if (result.status !== 409) return typeof unsure;
    const fault: Fault = readFault(result);
    return fault.code;
  });
  expect(seen).toEqual(["function", "conflictingRequest"]);
});

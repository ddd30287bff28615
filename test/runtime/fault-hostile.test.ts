/** `readFault` on whatever anybody may make up: it never throws, and what it gives is plain data within its limits. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readFault, type Fault, type FaultSource } from "../../runtime/fault.ts";

const NOW = Date.parse("2026-01-05T10:00:00Z");
const read = (error: unknown, status = 400, response?: Response): Fault | undefined =>
  readFault({ status, error, ...(response && { response }) }, () => NOW);

/** Plain, frozen, and of the types it promises. */
function expectSound(fault: Fault | undefined): void {
  if (fault === undefined) return;
  expect(Object.isFrozen(fault)).toBe(true);
  expect(Object.getPrototypeOf(fault)).toBe(Object.prototype);
  const { vendor, status, message, code = "c", requestId = "r", retryAfter = 0, ...more } = fault;
  expect(more).toEqual({});
  expect(["huawei", "samsung", "oracle", "unknown"]).toContain(vendor);
  expect(Number.isInteger(status)).toBe(true);
  for (const text of [message, code, requestId]) {
    expect(typeof text).toBe("string");
    expect(text.length).toBeGreaterThan(0);
    expect(text.length).toBeLessThanOrEqual(1000);
  }
  expect(Number.isInteger(retryAfter) && retryAfter >= 0).toBe(true);
  expect(structuredClone(fault)).toEqual(fault);
}

describe("never throws", () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
    withTypedArray: true,
    withSparseArray: true,
  });
  const KEYS = [
    "error",
    "errors",
    "error_msg",
    "error_code",
    "code",
    "message",
    "title",
    "detail",
    "msg",
    "loc",
    "status",
    "name",
    "path",
    "request_id",
    "__proto__",
    "length",
  ];
  /** What is nearly one of the shapes. */
  const nearly = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, anything, fc.string(), tie("object"), fc.array(tie("value"), { maxLength: 3 })),
    object: fc.dictionary(fc.oneof(fc.constantFrom(...KEYS), fc.string({ maxLength: 3 })), tie("value"), { maxKeys: 4 }),
  })).value;

  test("whatever the body, and whatever the result", () => {
    const body = fc.oneof(anything, nearly);
    const status = fc.oneof(fc.constantFrom(200, 202, 400, 401, 429, 503), fc.integer());
    fc.assert(
      fc.property(status, body, body, (code, error, data) => expectSound(readFault({ status: code, error, data }))),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(body, (result) => expectSound(readFault(result as FaultSource))),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(body, (response) => expectSound(readFault({ status: 500, response: response as Response }))),
      { numRuns: 500 },
    );
  });

  test("markup and JSON that is nearly right", () => {
    const piece = fc.constantFrom(
      "<",
      ">",
      "</",
      "<title>",
      "<h1",
      "</title>",
      "<!--",
      "<br/>",
      "&lt;",
      "&#x",
      "{",
      "}",
      "[",
      '"errors":',
      '"message":',
      '"x"',
      ",",
      "\n",
      "\ud800",
    );
    const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, (error) => expectSound(readFault({ status: 500, error }))),
      { numRuns: 2000 },
    );
  });

  const refuse = (): never => {
    throw new Error("no");
  };
  const traps = Object.fromEntries(["get", "has", "ownKeys", "getPrototypeOf", "getOwnPropertyDescriptor"].map((trap) => [trap, refuse]));
  const revoked = (target: object): object => {
    const { proxy, revoke } = Proxy.revocable(target, {});
    revoke();
    return proxy;
  };
  const cyclic: Record<string, unknown> = {};
  Object.assign(cyclic, { error: cyclic, errors: [cyclic], message: cyclic });
  const getters = (names: string[]): object =>
    Object.defineProperties({}, Object.fromEntries(names.map((name) => [name, { get: refuse, enumerable: true }])));

  test.each<[string, unknown]>([
    ["getters that throw", getters(KEYS)],
    ["one getter that throws", getters(["conflictingRequest"])],
    ["a proxy that throws", new Proxy({}, traps)],
    ["a proxy of a list that throws", new Proxy([], traps)],
    ["a revoked proxy", revoked({})],
    ["a revoked list", revoked([])],
    ["a cycle", cyclic],
    ["a list without an end", new Proxy([], { get: (_, key) => (key === "length" ? Infinity : { msg: "m" }) })],
    ["an endless depth", new Proxy({}, { get: (_, __, self: unknown) => self })],
    ["a length that is no number", new Proxy([], { get: () => Symbol("x") })],
    ["a prototype in disguise", JSON.parse('{"__proto__":{"message":"m"},"constructor":{"prototype":{}}}')],
    ["a number with a mind of its own", { valueOf: refuse, toString: refuse, [Symbol.toPrimitive]: refuse }],
    ["a function", Object.assign(refuse, { message: "m" })],
    ["a symbol", Symbol("x")],
    ["a big number", 10n ** 30n],
  ])("%s", (_, value) => {
    for (const result of [
      { status: 500, error: value },
      { status: 202, data: value },
      { status: 500, response: value },
      { response: value },
      { status: value },
      value,
    ]) {
      expectSound(readFault(result as FaultSource));
    }
    const headers = { get: () => value };
    expectSound(readFault({ status: 500, response: { headers } as unknown as Response }));
    expect(Object.hasOwn(Object.prototype, "message")).toBe(false);
  });

  test("headers that lie", () => {
    for (const value of ["a\nb", "\u0000", "日本", {}, 5, "x".repeat(5000)]) {
      const response: object = { headers: { get: () => value } };
      expectSound(readFault({ status: 500, response: response as Response }));
    }
  });

  test("what cannot be read hides nothing of what can", () => {
    const spoilt = new Proxy([], { get: () => Symbol("x") });
    expect(read({ errors: spoilt, error_code: "APIGW.0301", error_msg: "m" })).toMatchObject({
      vendor: "huawei",
      code: "APIGW.0301",
      message: "m",
    });
    expect(read([{ code: 1, message: "m" }])).toMatchObject({
      vendor: "unknown",
      message: "The answer was 400, without a word about why.",
    });
    const long = "x".repeat(10_000_000);
    const fault = read({ errors: Array(50).fill({ code: "C", detail: Array(50).fill(long) }) });
    expect(fault).toMatchObject({ vendor: "samsung", code: "C", message: `${"x".repeat(999)}…` });
  });

  const LONG = 10_000_000;
  test.each([
    ["text", "x".repeat(LONG)],
    ["blanks", " ".repeat(LONG)],
    ["open brackets", "[".repeat(LONG)],
    ["open tags", "<".repeat(LONG)],
    ["tags", "<a>".repeat(LONG / 3)],
    ["titles", "<title".repeat(LONG / 6)],
    ["comments", "<!--".repeat(LONG / 4)],
    ["entities", `<response><errorMessage>${"&".repeat(LONG)}`],
    ["line breaks", "<br ".repeat(LONG / 4)],
  ])("ten megabytes of %s, as the body and inside of it", (_, text) => {
    expectSound(readFault({ status: 500, error: text }));
    expectSound(readFault({ status: 500, error: { error: { code: text, message: text } } }));
    expectSound(readFault({ status: 500, error: { error_msg: text, request_id: text } }));
    expectSound(readFault({ status: 500, error: { errors: Array(50).fill({ code: text, detail: Array(50).fill(text) }) } }));
  });
});

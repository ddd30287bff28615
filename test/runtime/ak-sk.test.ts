/** The signature with an access key, held against the signer of the vendor's own SDK on the same requests. */
import { AKSKSigner } from "@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { akSk, akSkSignature } from "../../runtime/ak-sk.ts";
import { listen, ODD, type Loopback } from "./loopback.ts";

const KEY = { ak: "EXAMPLE-ACCESS-KEY", sk: "example-secret-key-for-tests-only" };
const NOW = Date.parse("2025-09-19T08:15:30.250Z");
const DATE = "20250919T081530Z";
const ORIGIN = "https://ecs.example.com";
const nobody = (): never => {
  throw new Error("No request of their own is sent by these credentials.");
};

/** What the SDK is given: a path, names and values as people write them, and the bytes of the body. */
interface Asked {
  method: string;
  segments: string[];
  query: [name: string, value: string][];
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer> | undefined;
}

const hash = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** The vendor's signer; only the hash of the body is node's, because the SDK has no bodies but JSON. */
class VendorSigner extends AKSKSigner {
  static override buildPayloadHash(request: { data?: Uint8Array }): string {
    return hash(request.data ?? new Uint8Array());
  }
  static authorizationOf({ method, segments, query, headers, body }: Asked): string {
    // Without a prototype: a name may be `valueOf`.
    const queryParams: Record<string, string | string[]> = Object.create(null);
    for (const [name, value] of query) {
      const before = queryParams[name];
      queryParams[name] = before === undefined ? value : [before, value].flat();
    }
    const credential = { getAk: () => KEY.ak, getSk: () => KEY.sk, processAuthRequest: nobody, processAuthParams: nobody };
    const request = {
      method,
      endpoint: `${ORIGIN}/${segments.join("/")}`,
      queryParams,
      headers: { ...headers, "X-Sdk-Date": DATE },
      data: body,
    };
    const signed: Record<string, string> = this.sign(request, credential);
    return signed["Authorization"] ?? "";
  }
  static pathOf(path: string): string | undefined {
    return this.CanonicalURI(path);
  }
}

const requestOf = ({ method, segments, query, headers, body }: Asked): Request => {
  const search = query.map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
  return new Request(`${ORIGIN}/${segments.map(encodeURIComponent).join("/")}${search && `?${search}`}`, {
    method,
    headers,
    ...(body && { body }),
  });
};

/** The SDK hands a path to `url.parse`, which escapes these by itself, and then escapes the escapes: see the test about paths. */
const SPOILT = /[\s<>"`{}|\\^'?#]/;
const text = fc.string({ unit: "grapheme", maxLength: 12 });
const segment = fc
  .oneof(text, fc.constantFrom("%", "%2F", "a%20b", "é", "日本", "~_-.", "!$&()*+,;=:@[]", "a/b"))
  .filter((value) => !SPOILT.test(value) && !/^\.{1,2}$/.test(value) && !value.includes("%2e"));
const values = fc.oneof(text, fc.constantFrom("", "a b", "a+b", "%", "&=", "ä", "*'()!~"));
const headers = fc.dictionary(fc.stringMatching(/^x-[a-z0-9]{1,6}(-[a-z0-9]{1,4})?$/), fc.stringMatching(/^[!-~]([ -~]{0,10}[!-~])?$/), {
  maxKeys: 4,
});
const asked: fc.Arbitrary<Asked> = fc
  .record({
    method: fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"),
    segments: fc.array(segment, { minLength: 1, maxLength: 5 }),
    query: fc.array(fc.tuple(fc.oneof(fc.constantFrom("limit", "name", "Name", ""), text), values), { maxLength: 5 }),
    headers: headers.map((extra) => ({ "content-type": "application/json", "x-project-id": "74610f3a5ad941998e91f076297ecf27", ...extra })),
    body: fc.option(fc.uint8Array({ maxLength: 300 }), { nil: undefined }),
  })
  .map((given) => {
    const bodiless = given.method === "GET" || given.method === "HEAD";
    return {
      ...given,
      body: bodiless || !given.body ? undefined : new Uint8Array(given.body),
    };
  });

test("agrees with the vendor's SDK on 500 requests", async () => {
  const seen = { escapes: 0, repeated: 0, empty: 0, bytes: 0, headers: 0 };
  const run = fc.asyncProperty(asked, async (given) => {
    const signed = await akSkSignature(requestOf(given), KEY, () => NOW);
    expect(signed).toEqual({ "X-Sdk-Date": DATE, Authorization: VendorSigner.authorizationOf(given) });
    const names = given.query.map(([name]) => name);
    seen.escapes += Number(/%/.test(requestOf(given).url));
    seen.repeated += Number(new Set(names).size < names.length);
    seen.empty += Number(given.query.some(([, value]) => value === ""));
    seen.bytes += Number((given.body?.length ?? 0) > 0);
    seen.headers += Number(Object.keys(given.headers).length > 2);
  });
  await fc.assert(run, { numRuns: 500 });
  // It proves little where the requests are tame.
  for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(25);
});

test("a body of JSON is hashed as the SDK hashes it by itself", async () => {
  const run = fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), async (data) => {
    const credential = { getAk: () => KEY.ak, getSk: () => KEY.sk, processAuthRequest: nobody, processAuthParams: nobody };
    const given = {
      method: "POST",
      endpoint: `${ORIGIN}/v1/p/cloudservers`,
      headers: { "content-type": "application/json", "X-Sdk-Date": DATE },
      data,
    };
    const expected: Record<string, string> = AKSKSigner.sign(given, credential);
    const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(data) };
    const signed = await akSkSignature(new Request(`${ORIGIN}/v1/p/cloudservers`, init), KEY, () => NOW);
    expect(signed["Authorization"]).toBe(expected["Authorization"]);
  });
  await fc.assert(run, { numRuns: 100 });
});

test("paths are read once and escaped once, also where the SDK's use of url.parse escapes twice", async () => {
  const run = fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 4 }), async (parts) => {
    fc.pre(!parts.some((part) => part === "." || part === ".."));
    // What the SDK makes of the path itself, without its way through `url.parse`.
    const vendor = VendorSigner.pathOf(`/${parts.join("/")}`);
    const escaped = parts.map((part) =>
      encodeURIComponent(part).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`),
    );
    expect(vendor).toBe(`/${escaped.join("/").replaceAll("%2F", "/")}/`.replace(/\/\/$/, "/"));
    const wire = `${ORIGIN}/${parts.map(encodeURIComponent).join("/")}`;
    const plain = `${ORIGIN}/${escaped.join("/")}`;
    const [one, other] = [await akSkSignature(new Request(wire), KEY, () => NOW), await akSkSignature(new Request(plain), KEY, () => NOW)];
    expect(one).toEqual(other);
  });
  await fc.assert(run, { numRuns: 100 });
});

test("the worked example of the sheet's header: names sorted, lower case, 64 digits, and the project signed", async () => {
  const body = '{"lock":null}';
  const url = `${ORIGIN}/v2.1/74610f3a5ad941998e91f076297ecf27/servers/89c312bb-285a-4026-a237-d441908c2f9e/action`;
  const request = new Request(url, { method: "POST", body, headers: { "content-type": "application/json", accept: "application/json" } });
  const signed = await akSk({ ...KEY, projectId: "74610f3a5ad941998e91f076297ecf27" }, () => NOW).authorize(request, nobody);
  expect(signed.headers.get("X-Project-Id")).toBe("74610f3a5ad941998e91f076297ecf27");
  expect(signed.headers.get("X-Sdk-Date")).toBe(DATE);
  expect(signed.headers.get("Authorization")).toMatch(
    /^SDK-HMAC-SHA256 Access=EXAMPLE-ACCESS-KEY, SignedHeaders=content-type;host;x-project-id;x-sdk-date, Signature=[\da-f]{64}$/,
  );
  expect([request.headers.has("Authorization"), request.bodyUsed]).toEqual([false, false]);
  expect(await signed.text()).toBe(body);
});

test("what a proxy or the runtime may change takes no part", async () => {
  const bare = new Request(`${ORIGIN}/v1/p`);
  const dressed = new Request(bare, { headers: { accept: "a/b", "accept-encoding": "gzip", "user-agent": "x", authorization: "old" } });
  const [one, other] = await Promise.all([bare, dressed].map((request) => akSkSignature(request, KEY, () => NOW)));
  expect(other).toEqual(one);
});

test("a host that the caller names is the one that is signed, as in the SDK", async () => {
  const headers = { host: "inner.example.com" };
  const given: Asked = { method: "GET", segments: ["v1"], query: [], headers, body: undefined };
  const signed = await akSkSignature(new Request(`${ORIGIN}/v1`, { headers }), KEY, () => NOW);
  expect(signed["Authorization"]).toBe(VendorSigner.authorizationOf(given));
  const other = await akSkSignature(new Request(`${ORIGIN}/v1`), KEY, () => NOW);
  expect(signed["Authorization"]).not.toBe(other["Authorization"]);
});

test("a hash that the caller sends stands for the body, as in the SDK", async () => {
  const given: Asked = {
    method: "POST",
    segments: ["v1"],
    query: [],
    headers: { "X-Sdk-Content-Sha256": "UNSIGNED-PAYLOAD" },
    body: undefined,
  };
  const request = new Request(`${ORIGIN}/v1`, { method: "POST", headers: given.headers, body: new Uint8Array([1, 2, 3]) });
  const credential = { getAk: () => KEY.ak, getSk: () => KEY.sk, processAuthRequest: nobody, processAuthParams: nobody };
  const vendor: Record<string, string> = AKSKSigner.sign(
    { method: "POST", endpoint: `${ORIGIN}/v1`, headers: { "X-Sdk-Content-Sha256": "UNSIGNED-PAYLOAD", "X-Sdk-Date": DATE } },
    credential,
  );
  expect((await akSkSignature(request, KEY, () => NOW))["Authorization"]).toBe(vendor["Authorization"]);
  expect(request.bodyUsed).toBe(false);
});

test("one byte of anything makes another signature", async () => {
  const make = (url: string, init: RequestInit = {}, key = KEY, now = NOW): Promise<Record<string, string>> =>
    akSkSignature(new Request(`${ORIGIN}${url}`, { method: "POST", body: "x", headers: { "x-a": "1" }, ...init }), key, () => now);
  const signatures = await Promise.all([
    make("/v1"),
    make("/v2"),
    make("/v1?a"),
    make("/v1?a=1"),
    make("/v1", { method: "PUT" }),
    make("/v1", { body: "y" }),
    make("/v1", { headers: { "x-a": "2" } }),
    make("/v1", {}, { ...KEY, sk: `${KEY.sk}.` }),
    make("/v1", {}, KEY, NOW + 1000),
  ]);
  const digits = signatures.map((signed) => signed["Authorization"]?.slice(-64));
  expect(new Set(digits).size).toBe(signatures.length);
  // A slash at the end is none.
  expect(await make("/v1/")).toEqual(await make("/v1"));
});

describe("over the wire", () => {
  let server: Loopback;
  beforeAll(async () => void (server = await listen()));
  afterAll(() => server.close());

  /** The signature as a gateway computes it, from what came: path and query unescaped once, the headers that are named. */
  const signatureOf = (received: Awaited<ReturnType<Loopback["receive"]>>): string => {
    const authorization = String(received.headers["authorization"]);
    const names = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(";") ?? [];
    const url = new URL(received.url);
    const extra = Object.fromEntries(names.filter((name) => name !== "x-sdk-date").map((name) => [name, String(received.headers[name])]));
    let path = url.pathname;
    try {
      path = decodeURIComponent(path);
    } catch {
      // Left as it came.
    }
    const signer = class extends VendorSigner {
      static override CanonicalURI(): string | undefined {
        return super.CanonicalURI(path);
      }
    };
    const given = {
      method: received.method,
      segments: [],
      query: [...url.searchParams],
      headers: extra,
      body: new Uint8Array(received.body),
    };
    return signer.authorizationOf(given);
  };

  test.each(ODD)("%j arrives as it was signed", async (path) => {
    const request = new Request(`${server.origin}${path}`, { method: "POST", body: "é\0x", headers: { "x-extra": "a,  b" } });
    const received = await server.receive(await akSk(KEY, () => NOW).authorize(request, nobody));
    expect(received.headers["authorization"]).toBe(signatureOf(received));
    expect(received.headers["content-length"]).toBe("4");
  });
});

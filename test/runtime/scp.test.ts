/** What goes to Samsung: the headers, the signature over the URL that is really sent, and what the mock makes of it. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import samsung from "../../generated/samsung-virtualserver/v1.3/mock.js";
import { createMock } from "../../mock/fetch.ts";
import { verifyScp } from "../../mock/signature.ts";
import { scpCredentials, scpSignature, type ScpOptions } from "../../runtime/scp.ts";
import type { Credentials } from "../../runtime/types.ts";
import { listen, ODD, type Loopback, type Received } from "./loopback.ts";
import { BASE, VECTORS } from "./scp-vectors.ts";

const { timestamp, accessKey, secretKey } = BASE;
const NOW = Number(timestamp);
const [LOCK] = VECTORS;
const nobody = (): never => {
  throw new Error("No request of their own is sent by these credentials.");
};
function credentialsOf(options: Parameters<typeof scpCredentials>[0], now = (): number => NOW): Credentials {
  const made = scpCredentials(options, now);
  if (!made) throw new Error("There are keys, and no credentials.");
  return made;
}
const ours = credentialsOf({ accessKey, secretKey });
const checked = (request: Pick<Request, "method" | "url" | "headers">): ReturnType<typeof verifyScp> =>
  verifyScp({ method: request.method, url: request.url, headers: Object.fromEntries(request.headers) }, secretKey, NOW, 1);

describe("the seven vectors", () => {
  test.each(VECTORS)("$name", async ({ method, url, accountId, expected }) => {
    const headers = await scpSignature({ method, url }, { accessKey, secretKey, ...(accountId && { accountId }) }, () => NOW);
    const account = accountId && { "Scp-AccountId": accountId };
    expect(headers).toEqual({
      "Scp-Accesskey": accessKey,
      "Scp-Signature": expected,
      "Scp-Timestamp": timestamp,
      "Scp-ClientType": "Openapi",
      ...account,
    });
  });

  test("the one over the path alone is what a verifier refuses", async () => {
    const [path, whole] = [VECTORS[6], VECTORS[0]];
    const headers = new Headers(await scpSignature(whole, { accessKey, secretKey }, () => NOW));
    expect(await checked({ ...whole, headers })).toBeUndefined();
    headers.set("Scp-Signature", path?.expected ?? "");
    expect(await checked({ ...whole, headers })).toBe("signature");
  });
});

test("every flipped bit of what is signed, of the secret and of the signature fails", async () => {
  const key = { accessKey, secretKey, accountId: "a8f1" };
  const headers = await scpSignature(LOCK, key, () => NOW);
  const names = Object.keys(headers);
  const flip = (text: string, at: number, bit: number): string =>
    `${text.slice(0, at)}${String.fromCharCode(text.charCodeAt(at) ^ (1 << bit))}${text.slice(at + 1)}`;
  let flipped = 0;
  for (const place of ["method", "url", "secret", ...names]) {
    const text = place === "secret" ? secretKey : place === "method" ? LOCK.method : place === "url" ? LOCK.url : (headers[place] ?? "");
    for (let at = 0; at < text.length; at++) {
      for (let bit = 0; bit < 7; bit++) {
        const other = flip(text, at, bit);
        // The signature counts the method in upper case.
        if (place === "method" && other.toUpperCase() === text) continue;
        const sent = Object.fromEntries(names.map((name) => [name.toLowerCase(), (name === place ? other : headers[name]) ?? ""]));
        const request = { method: place === "method" ? other : LOCK.method, url: place === "url" ? other : LOCK.url, headers: sent };
        expect(await verifyScp(request, place === "secret" ? other : secretKey, NOW, 1), `${place} ${at} ${bit}`).toBe("signature");
        flipped += 1;
      }
    }
  }
  expect(flipped).toBeGreaterThan(1500);
});

test("a request gets the headers and is otherwise left as it is", async () => {
  const body = JSON.stringify({ reboot_type: "SOFT" });
  const init = { method: "POST", body, headers: { "Accept-Language": "ko-KR", "content-type": "application/json" } };
  const request = new Request(LOCK.url, init);
  const signed = await credentialsOf({ accessKey, secretKey, accountId: "a8f1" }).authorize(request, nobody);
  expect([...request.headers.keys()]).toEqual(["accept-language", "content-type"]);
  expect(request.bodyUsed).toBe(false);
  expect(await signed.text()).toBe(body);
  expect(await request.text()).toBe(body);
  expect(Object.fromEntries(signed.headers)).toMatchObject({
    "accept-language": "ko-KR",
    "scp-accesskey": accessKey,
    "scp-accountid": "a8f1",
    "scp-clienttype": "Openapi",
    "scp-timestamp": timestamp,
  });
  expect(await checked(signed)).toBeUndefined();
});

test("each attempt is signed at its own time, in whole milliseconds", async () => {
  let now = NOW;
  const late = credentialsOf({ accessKey, secretKey }, () => (now += 1000.5));
  const request = new Request(LOCK.url, { method: "POST" });
  const times = [await late.authorize(request, nobody), await late.authorize(request, nobody)];
  expect(times.map(({ headers }) => headers.get("Scp-Timestamp"))).toEqual([String(NOW + 1000), String(NOW + 2001)]);
});

test("no key means no credentials; half a pair, an empty key and white space are mistakes", () => {
  expect(scpCredentials({})).toBeUndefined();
  expect(scpCredentials({ accountId: "a8f1" })).toBeUndefined();
  expect(() => scpCredentials({ accessKey } as ScpOptions)).toThrow(
    new TypeError("accessKey and secretKey belong together: give both or none."),
  );
  expect(() => scpCredentials({ secretKey } as ScpOptions)).toThrow("accessKey and secretKey belong together");
  const wrong = "is empty or has white space around it: mend it.";
  expect(() => scpCredentials({ accessKey, secretKey: "" })).toThrow(new TypeError(`secretKey ${wrong}`));
  expect(() => scpCredentials({ accessKey: `${accessKey}\n`, secretKey })).toThrow(new TypeError(`accessKey ${wrong}`));
});

describe("over the wire", () => {
  let server: Loopback;
  beforeAll(async () => void (server = await listen()));
  afterAll(() => server.close());
  const arrived = ({ method, url, headers }: Received): ReturnType<typeof verifyScp> =>
    verifyScp(
      { method, url, headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])) },
      secretKey,
      NOW,
      1,
    );

  test.each(ODD)("%j is sent as it was signed", async (path) => {
    const request = new Request(`${server.origin}${path}`, { method: "POST", body: "x" });
    const received = await server.receive(await ours.authorize(request, nobody));
    expect(received.body.toString()).toBe("x");
    expect(received.headers["scp-clienttype"]).toBe("Openapi");
    expect(await arrived(received)).toBeUndefined();
    // And it is this URL that was signed, not any.
    expect(await arrived({ ...received, url: `${received.url}x` })).toBe("signature");
  });

  test("so is whatever else one may write", async () => {
    const part = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 12 }),
      fc.constantFrom("%", "%2F", "%20", "..", "?", "#", "&", "=", "+", "\\"),
    );
    const run = fc.asyncProperty(fc.array(part, { maxLength: 6 }), async (parts) => {
      const request = new Request(`${server.origin}/${parts.join("/")}`);
      fc.pre(!/^[^?#]*\?(#|$)/.test(request.url));
      expect(await arrived(await server.receive(await ours.authorize(request, nobody)))).toBeUndefined();
    });
    await fc.assert(run, { numRuns: 200 });
  });

  test.each(["?", "/a?", "/a?#b"])("%j is not signed: whether its question mark is sent depends on the runtime", async (path) => {
    const signed = ours.authorize(new Request(`https://example.com${path}`), nobody);
    await expect(signed).rejects.toThrow(/^https:\/\/example\.com\S* ends with a question mark that asks for nothing: leave it out\.$/);
  });

  test("a body keeps its length: nothing is sent in chunks", async () => {
    const request = new Request(`${server.origin}/a`, { method: "POST", body: "four" });
    expect((await server.receive(await ours.authorize(request, nobody))).headers).toMatchObject({ "content-length": "4" });
  });
});

describe("the mock that knows the secret", () => {
  const id = "2a9be312-5d4b-4bc8-b2ae-35100fa9241f";
  const start = Date.parse("2026-09-01T00:00:00Z");
  const mock = createMock(samsung, { now: () => start, seedFile: { callers: { key: { accessKey, secret: secretKey } } } });
  const lock = async (credentials: Credentials): Promise<Response> =>
    mock(
      await credentials.authorize(
        new Request(`https://virtualserver.kr-west1.e.samsungsdscloud.com/v1/servers/${id}/lock`, { method: "POST" }),
        nobody,
      ),
    );

  test("locks for the right signature", async () => {
    const right = credentialsOf({ accessKey, secretKey }, () => start);
    expect((await lock(right)).status).toBe(202);
    const show = new Request(`https://virtualserver.kr-west1.e.samsungsdscloud.com/v1/servers/${id}`);
    expect(await (await mock(await right.authorize(show, nobody))).json()).toMatchObject({ id, locked: true });
  });

  test("refuses another secret, and a clock that is more than 15 minutes off", async () => {
    expect((await lock(credentialsOf({ accessKey, secretKey: "another" }, () => start))).status).toBe(401);
    expect((await lock(credentialsOf({ accessKey, secretKey }, () => start - 901_000))).status).toBe(401);
    expect((await lock(credentialsOf({ accessKey, secretKey }, () => start + 899_000))).status).toBe(202);
  });
});

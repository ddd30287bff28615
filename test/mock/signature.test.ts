import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { verifyScp } from "../../mock/signature.ts";
import { signScp } from "../../runtime/scp-signature.ts";
import { BASE, VECTORS } from "../runtime/scp-vectors.ts";

const NOW = Number(BASE.timestamp);
const WINDOW = 15 * 60_000;
const [LOCK] = VECTORS;

const headersOf = (signature: string, accountId?: string): Record<string, string> => ({
  "scp-accesskey": BASE.accessKey,
  "scp-timestamp": BASE.timestamp,
  "scp-clienttype": "Openapi",
  "scp-signature": signature,
  ...(accountId !== undefined && { "scp-accountid": accountId }),
});

const verify = (headers: Record<string, string>, now = NOW, windowMs = WINDOW) =>
  verifyScp({ method: LOCK.method, url: LOCK.url, headers }, BASE.secretKey, now, windowMs);

test.each(VECTORS.slice(0, 6))("accepts: $name", async ({ method, url, accountId, expected }) => {
  expect(await verifyScp({ method, url, headers: headersOf(expected, accountId) }, BASE.secretKey, NOW, WINDOW)).toBeUndefined();
});

test("refuses what was signed over the path alone", async () => {
  expect(await verify(headersOf(VECTORS[6]?.expected ?? ""))).toBe("signature");
});

test("an empty account id is none", async () => {
  expect(await verify(headersOf(LOCK.expected, ""))).toBeUndefined();
  expect(await verify(headersOf(LOCK.expected, "a"))).toBe("signature");
});

describe("one bit", () => {
  test("of the signature", async () => {
    for (let at = 0; at < LOCK.expected.length; at++) {
      const flipped = String.fromCharCode(LOCK.expected.charCodeAt(at) ^ 1);
      expect(await verify(headersOf(LOCK.expected.slice(0, at) + flipped + LOCK.expected.slice(at + 1))), `${at}`).toBe("signature");
    }
  });

  test("of anything that is signed", async () => {
    const good = headersOf(LOCK.expected);
    for (const name of ["scp-accesskey", "scp-timestamp", "scp-clienttype"]) {
      const value = good[name] ?? "";
      const flipped = value.slice(0, -1) + String.fromCharCode(value.charCodeAt(value.length - 1) ^ 1);
      expect(await verify({ ...good, [name]: flipped }), name).toBe("signature");
    }
    for (const wrong of [{ method: "PUT" }, { url: `${LOCK.url}?` }, { url: LOCK.url.replace("https", "http") }])
      expect(await verifyScp({ ...LOCK, headers: good, ...wrong }, BASE.secretKey, NOW, WINDOW)).toBe("signature");
    expect(await verifyScp({ ...LOCK, headers: good }, `${BASE.secretKey}.`, NOW, WINDOW)).toBe("signature");
  });
});

test.each(["", LOCK.expected.slice(0, -1), `${LOCK.expected}=`, ` ${LOCK.expected}`, `${LOCK.expected}, ${LOCK.expected}`, "=".repeat(44)])(
  "a signature that is longer, shorter or another: %s",
  async (signature) => {
    expect(await verify(headersOf(signature))).toBe("signature");
  },
);

describe.each(["scp-accesskey", "scp-timestamp", "scp-clienttype", "scp-signature"])("%s", (name) => {
  test("may not be missing", async () => {
    const rest = Object.entries(headersOf(LOCK.expected)).filter(([header]) => header !== name);
    expect(await verify(Object.fromEntries(rest))).toBe("signature");
  });

  test("may not be empty, not even where it was signed so", async () => {
    const given = { ...headersOf(LOCK.expected), [name]: "" };
    const { "scp-accesskey": accessKey = "", "scp-timestamp": timestamp = "", "scp-clienttype": clientType = "" } = given;
    const signed = await signScp({ ...BASE, method: LOCK.method, url: LOCK.url, accessKey, timestamp, clientType });
    expect(await verify({ ...given, "scp-signature": name === "scp-signature" ? "" : signed })).toBe("signature");
  });
});

describe("the window", () => {
  test.each([
    [-WINDOW, undefined],
    [WINDOW, undefined],
    [-WINDOW - 1, "window"],
    [WINDOW + 1, "window"],
    [Number.NaN, "window"],
  ])("%d ms from the clock: %s", async (distance, expected) => {
    expect(await verify(headersOf(LOCK.expected), NOW + distance)).toBe(expected);
  });

  test("only who holds the secret is told about the clock", async () => {
    expect(await verify(headersOf("wrong"), NOW + 2 * WINDOW)).toBe("signature");
  });

  test.each(["1605290625", "16052906256820", "160529062568x", "+605290625682", "1.60529062568", "1605290625682 ", "0x17605290625"])(
    "a timestamp that is not 13 digits, rightly signed: %s",
    async (timestamp) => {
      const signature = await signScp({ ...BASE, ...LOCK, timestamp });
      expect(await verify({ ...headersOf(signature), "scp-timestamp": timestamp }, NOW, Infinity)).toBe("window");
    },
  );
});

test("whatever comes, it answers", async () => {
  const text = fc.string({ unit: "binary", maxLength: 50 });
  const names = fc.constantFrom("scp-accesskey", "scp-timestamp", "scp-clienttype", "scp-signature", "scp-accountid", "__proto__");
  const request = fc.record({ method: text, url: text, headers: fc.dictionary(names, text) });
  const run = fc.asyncProperty(request, text, fc.double(), fc.double(), async (given, secret, now, window) => {
    expect(await verifyScp(given, secret, now, window)).toBe("signature");
  });
  await fc.assert(run);
});

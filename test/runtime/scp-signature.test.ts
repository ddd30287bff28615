import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { signScp, type ScpSignatureInput } from "../../runtime/scp-signature.ts";
import { BASE, VECTORS } from "./scp-vectors.ts";

test.each(VECTORS)("$name", async ({ expected, ...input }) => {
  expect(await signScp({ ...BASE, ...input })).toBe(expected);
});

const [LOCK] = VECTORS;

test("method in any case, timestamp as number or text, empty account as none, Openapi where no client type is given", async () => {
  const { method, url, expected } = LOCK;
  expect(await signScp({ ...BASE, method: method.toLowerCase(), url })).toBe(expected);
  expect(await signScp({ ...BASE, method, url, timestamp: 1605290625682, accountId: "", clientType: "Openapi" })).toBe(expected);
});

test("agrees with Node's HMAC, whatever the text", async () => {
  const text = fc.string({ unit: "grapheme", maxLength: 30 });
  const input = fc.record({
    method: fc.constantFrom("GET", "POST"),
    url: fc.webUrl({ withQueryParameters: true }),
    timestamp: fc.nat(),
    accessKey: text,
    secretKey: fc.string({ unit: "grapheme", minLength: 1, maxLength: 100 }),
    accountId: text,
    clientType: text,
  });
  const run = fc.asyncProperty(input, async (given) => {
    const { method, url, timestamp, accessKey, secretKey, accountId, clientType } = given;
    const expected = createHmac("sha256", secretKey).update(`${method}${url}${timestamp}${accessKey}${accountId}${clientType}`);
    expect(await signScp(given)).toBe(expected.digest("base64"));
  });
  await fc.assert(run);
});

test("one bit of any input makes another signature", async () => {
  const { method, url, expected } = LOCK;
  const whole: ScpSignatureInput = { ...BASE, method, url, timestamp: String(BASE.timestamp), accountId: "a8f1", clientType: "Openapi" };
  const signed = await signScp(whole);
  expect(signed).not.toBe(expected);
  const places = (["url", "timestamp", "accessKey", "secretKey", "accountId", "clientType"] as const).flatMap((part) =>
    [...String(whole[part])].map((__, at) => ({ part, at })),
  );
  for (const { part, at } of places) {
    const text = String(whole[part]);
    const flipped = `${text.slice(0, at)}${String.fromCharCode(text.charCodeAt(at) ^ 1)}${text.slice(at + 1)}`;
    expect(await signScp({ ...whole, [part]: flipped }), `${part} ${at}`).not.toBe(signed);
  }
});

describe("the imported keys", () => {
  test("are kept, but not all of them", async () => {
    const imported = vi.spyOn(crypto.subtle, "importKey");
    const sign = (secretKey: string): Promise<string> => signScp({ ...BASE, method: "GET", url: "https://a.test/", secretKey });
    try {
      const first = await sign("kept-0");
      expect(await sign("kept-0")).toBe(first);
      expect(imported).toHaveBeenCalledTimes(1);
      for (let n = 1; n <= 16; n++) await sign(`kept-${n}`);
      expect(imported).toHaveBeenCalledTimes(17);
      await sign("kept-16");
      expect(imported).toHaveBeenCalledTimes(17);
      expect(await sign("kept-0")).toBe(first);
      expect(imported).toHaveBeenCalledTimes(18);
    } finally {
      imported.mockRestore();
    }
  });
});

test("what cannot be signed with is said so", async () => {
  const { method, url } = LOCK;
  await expect(signScp({ ...BASE, method, url, secretKey: "" })).rejects.toThrow("The secret key is empty: pass the one");
  vi.stubGlobal("crypto", {});
  try {
    await expect(signScp({ ...BASE, method, url })).rejects.toThrow("There is no Web Crypto here: load the page over https");
  } finally {
    vi.unstubAllGlobals();
  }
});

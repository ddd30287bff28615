/** The ways to prove who asks in Chromium, under a strict Content-Security-Policy: the same values as in Node, and sent as they were signed. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyScp } from "../../mock/signature.ts";
import { akSkSignature } from "../../runtime/ak-sk.ts";
import type { ecbToken } from "../../runtime/ecb.ts";
import type { readFault } from "../../runtime/fault.ts";
import type { scpCredentials, scpSignature } from "../../runtime/scp.ts";
import { MISSING } from "../pages/browser.ts";
import { listen, ODD, type Loopback } from "./loopback.ts";
import { openScript, type ScriptPage } from "./script-page.ts";
import { BASE, VECTORS } from "./scp-vectors.ts";

/** What the page's script puts there for the tests. */
declare global {
  var latch: {
    akSkSignature: typeof akSkSignature;
    ecbToken: typeof ecbToken;
    readFault: typeof readFault;
    scpCredentials: typeof scpCredentials;
    scpSignature: typeof scpSignature;
  };
}

const SCRIPT = `
import { akSkSignature } from "./runtime/ak-sk.ts";
import { ecbToken } from "./runtime/ecb.ts";
import { readFault } from "./runtime/fault.ts";
import { scpCredentials, scpSignature } from "./runtime/scp.ts";
globalThis.latch = { akSkSignature, ecbToken, readFault, scpCredentials, scpSignature };`;
const { timestamp, accessKey, secretKey } = BASE;
const NOW = Number(timestamp);
const KEY = { ak: "EXAMPLE-ACCESS-KEY", sk: "example-secret-key-for-tests-only", projectId: "74610f3a5ad941998e91f076297ecf27" };

describe.skipIf(MISSING)("in Chromium", () => {
  let script: ScriptPage;
  let server: Loopback;
  beforeAll(async () => {
    [script, server] = await Promise.all([openScript(SCRIPT), listen()]);
  });
  afterAll(() => Promise.all([script?.close(), server?.close()]));

  test("Samsung's vectors", async () => {
    const signed = await script.observed.page.evaluate(
      ([vectors, key, now]) =>
        Promise.all(
          vectors.map(async ({ accountId, ...request }) => {
            const headers = await globalThis.latch.scpSignature(request, { ...key, ...(accountId && { accountId }) }, () => now);
            return headers["Scp-Signature"];
          }),
        ),
      [VECTORS, { accessKey, secretKey }, NOW] as const,
    );
    expect(signed).toEqual(VECTORS.map(({ expected }) => expected));
  });

  test("Huawei's signature is the one that Node makes", async () => {
    const urls = ODD.map((path) => `https://ecs.example.com${path}`);
    const body = '{"lock":null,"é":"😀"}';
    const inPage = await script.observed.page.evaluate(
      ([addresses, key, text, now]) =>
        Promise.all(
          addresses.map((url) => {
            const request = new Request(url, { method: "POST", body: text, headers: { "content-type": "application/json" } });
            return globalThis.latch.akSkSignature(request, key, () => now);
          }),
        ),
      [urls, KEY, body, NOW] as const,
    );
    const inNode = urls.map((url) =>
      akSkSignature(new Request(url, { method: "POST", body, headers: { "content-type": "application/json" } }), KEY, () => NOW),
    );
    expect(inPage).toEqual(await Promise.all(inNode));
  });

  test.each(ODD)("%j is sent as it was signed, with its body", async (path) => {
    const sent = await script.observed.page.evaluate(
      async ([url, key, now]) => {
        const credentials = globalThis.latch.scpCredentials(key, () => now);
        const request = await credentials?.authorize(new Request(url, { method: "POST", body: "four" }), fetch);
        return request ? (await fetch(request)).status : 0;
      },
      [server.origin + path, { accessKey, secretKey }, NOW] as const,
    );
    const { method, url, headers, body } = server.last();
    expect([sent, body.toString(), headers["content-length"]]).toEqual([200, "four", "4"]);
    const flat = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    expect(await verifyScp({ method, url, headers: flat }, secretKey, NOW, 1)).toBeUndefined();
  });

  test("Oracle's token, and a fault", async () => {
    const got = await script.observed.page.evaluate(async () => {
      const made = globalThis.latch.ecbToken({ username: "admin", password: "pässword" }, "https://ecb.example.com/rest/v1.1");
      const asked: string[] = [];
      const answer = "<response><data><accessToken>t</accessToken></data></response>";
      const request = await made?.authorize(
        new Request("https://ecb.example.com/rest/v1.1/configuration/lock", { method: "POST" }),
        async (own) => {
          asked.push(own.url, own.headers.get("Authorization") ?? "");
          return new Response(answer);
        },
      );
      const fault = globalThis.latch.readFault({ status: 423, error: "<response><errorMessage>m</errorMessage></response>" });
      return { asked, sent: request?.headers.get("Authorization"), fault };
    });
    expect(got).toEqual({
      asked: ["https://ecb.example.com/rest/v1.1/auth/token", `Basic ${Buffer.from("admin:pässword", "utf8").toString("base64")}`],
      sent: "Bearer t",
      fault: { vendor: "oracle", status: 423, message: "m" },
    });
  });

  test("the browser did not complain of anything", () => {
    expect(script.observed.complaints).toEqual([]);
  });
});

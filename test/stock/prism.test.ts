/** `prism mock` on the bundle as it stands: it starts, answers a call with a documented answer, and survives malformed JSON. */
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { callsOf } from "../../scripts/calls.ts";
import { serve, type Serving } from "../cli/serving.ts";
import { BUNDLES, binOf, neutralFolder, type Bundle } from "./tools.ts";

/** Prism cannot be told to take a free port: ask the system for one, and let it go again. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function servePrism(path: string): Promise<Serving> {
  const args = [binOf("prism"), "mock", "--multiprocess", "false", "--host", "127.0.0.1", "--port", String(await freePort()), path];
  return serve(process.execPath, args, /listening on (http:\/\/\S+)/, { cwd: neutralFolder() });
}

const LIMIT = (): AbortSignal => AbortSignal.timeout(30_000);
const SERVER = "4f4b3dfa-eb70-47cf-a60a-998a53bd6666";
const huawei = "/0c2eba2c5f2e4b3b8c1b4a3f1e9d7c6b";

/** One call of each API that takes JSON (Oracle's takes none), and headers that carry a credential. */
const PROBES: Record<string, (bundle: Bundle) => { call: string; path: string; body?: object; headers: Record<string, string> }> = {
  "huawei-ecs-native": () => ({
    call: "lockServer",
    path: `${huawei}/servers/${SERVER}/action`,
    body: { lock: null },
    headers: { "X-Auth-Token": "a-token" },
  }),
  "huawei-ecs": ({ version }) => ({
    call: version === "v2" ? "changeServerOs" : "resizeServer",
    path: `${huawei}/cloudservers/${SERVER}/${version === "v2" ? "changeos" : "resize"}`,
    body: version === "v2" ? { "os-change": { imageid: SERVER, keyname: "a-key" } } : { resize: { flavorRef: "s3.medium.2" } },
    headers: { "X-Auth-Token": "a-token" },
  }),
  "samsung-virtualserver": ({ version }) => ({
    call: "rebootServer",
    path: `/v1/servers/${SERVER}/reboot`,
    body: { reboot_type: "SOFT" },
    headers: {
      "Scp-AccessKey": "0123456789abcdef0123456789abcdef",
      "Scp-Signature": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
      "Scp-Timestamp": "1785542400000",
      "Scp-ClientType": "user-api",
      "Scp-Api-Version": `virtualserver ${version.slice(1)}`,
    },
  }),
  "oracle-ecb": () => ({ call: "lockConfiguration", path: "/configuration/lock", headers: { Authorization: "Bearer a-token" } }),
};

test.each(BUNDLES)("prism mock serves $key", async (bundle) => {
  const probe = PROBES[bundle.api]?.(bundle);
  if (!probe) throw new Error(`${bundle.api} has no probe: add one to PROBES`);
  const prism = await servePrism(bundle.path);
  const headers = { ...probe.headers, "content-type": "application/json" };
  const body = probe.body && JSON.stringify(probe.body);
  const answered = await fetch(prism.url + probe.path, { method: "POST", headers, signal: LIMIT(), ...(body && { body }) });
  const call = callsOf(bundle.document).find(({ id }) => id === probe.call);
  expect(call?.statuses.filter((status) => status.startsWith("2"))).toContain(String(answered.status));
  // 5.16 never answers this; the version is pinned for it.
  const malformed = await fetch(prism.url + probe.path, { method: "POST", headers, signal: LIMIT(), body: '{"lock":' });
  await malformed.text();
  expect(malformed.status).toBeGreaterThanOrEqual(probe.body ? 400 : 200);
  expect(malformed.status).toBeLessThan(500);
});

/** A whole client in Chromium, under a strict Content-Security-Policy, against the mock on loopback: signed, limited, raw and typed. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as samsung from "../../generated/samsung-virtualserver/v1.3/client.ts";
import { createMockServer, type Listening } from "../../mock/http.ts";
import { loadContracts } from "../../mock/load.ts";
import { ROOT } from "../../scripts/root.ts";
import { MISSING } from "../pages/browser.ts";
import { openScript, type ScriptPage } from "./script-page.ts";

/** What the page's script puts there for the tests. */
declare global {
  var samsungClient: typeof samsung;
}

const SCRIPT = `import * as client from "./generated/samsung-virtualserver/v1.3/client.ts";\nglobalThis.samsungClient = client;`;
const KEY = { accessKey: "EXAMPLE-KEY", secretKey: "not-a-real-secret" };

describe.skipIf(MISSING)("a client in Chromium", () => {
  let script: ScriptPage;
  let mock: Listening;
  beforeAll(async () => {
    const seedFile = { callers: { ops: { accessKey: KEY.accessKey, secret: KEY.secretKey } } };
    const listening = createMockServer({ contracts: await loadContracts(ROOT), seedFile }).listen();
    [script, mock] = await Promise.all([openScript(SCRIPT), listening]);
  });
  afterAll(() => Promise.all([script?.close(), mock?.close()]));

  test("locks with a signature that the mock checks, reads the lock with openapi-fetch's GET, and gives up in time", async () => {
    const got = await script.observed.page.evaluate(
      async ([baseUrl, key]) => {
        const { createClient, lockServer, showServer, stopServer } = globalThis.samsungClient;
        const path = { server_id: "2a9be312-5d4b-4bc8-b2ae-35100fa9241f" };
        const client = createClient({ ...key, baseUrl, timeout: 60_000 });
        const wrong = createClient({ ...key, secretKey: "another", baseUrl });
        const locked = await lockServer(client, path);
        const stopped = await stopServer(client, path);
        const refused = await lockServer(wrong, path);
        const raw = await client.GET("/v1/servers/{server_id}", { params: { path } });
        const silent = createClient({ baseUrl, timeout: 1, fetch: () => new Promise(() => {}) });
        const late = await showServer(silent, path).catch((error: unknown) => String(error));
        const stopping = new AbortController();
        stopping.abort(new Error("Enough."));
        const aborted = await showServer(client, path, { signal: stopping.signal }).catch((error: unknown) => String(error));
        const code = stopped.status === 409 ? stopped.error.errors[0]?.code : undefined;
        return { statuses: [locked.status, stopped.status, refused.status], code, shown: raw.data?.locked, late, aborted };
      },
      [`${mock.url}/samsung-virtualserver`, KEY] as const,
    );
    expect(got).toEqual({
      statuses: [202, 409, 401],
      code: "Conflict",
      shown: true,
      late: "TimeoutError: showServer took longer than 1 ms.",
      aborted: "Error: Enough.",
    });
  });
});

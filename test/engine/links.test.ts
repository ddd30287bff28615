/** Documented links lead to where the client has the mock: a client that polls them does not leave for the vendor's host. */
import { describe, expect, test } from "vitest";
import type { MockAnswer } from "../../mock/types.ts";
import { bearer, ID, PROJECT, scene, SCP } from "./engine.ts";

type Headers = Record<string, string>;

/** Requests from one origin, to one mock. */
function client(origin: string, alone?: string) {
  const { engine } = scene({ alone });
  return async (line: string, headers: Headers = {}, body?: string): Promise<MockAnswer> => {
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const [method = "", url = ""] = line.split(" ");
    return engine.respond({ method, url, origin, headers: lower, ...(body !== undefined && { body: new TextEncoder().encode(body) }) });
  };
}

describe.each(["http://127.0.0.1:4010", "https://box.test"])("from %s", (origin) => {
  test("the broker's job is polled where it was begun", async () => {
    const send = client(origin);
    await send("POST /oracle-ecb/rest/v1.1/configuration/lock", bearer("t"));
    const answer = await send("PUT /oracle-ecb/rest/v1.1/configuration/management?action=save", bearer("t"));
    const link = `${origin}/oracle-ecb/rest/v1.1/admin/asyncstatus`;
    expect(answer).toMatchObject({ status: 202, body: expect.stringContaining(`<link>${link}</link>`) });
    expect(await send(`GET ${new URL(link).pathname}`, bearer("t"))).toMatchObject({ status: 200 });
  });

  test("the broker's 404 names a list of versions that answers", async () => {
    const send = client(origin);
    const { status, body } = await send("GET /oracle-ecb/rest/v1.1/nothing?a=b", bearer("t"));
    const link = /<link>Available URL\(s\): ([^<]+)<\/link>/.exec(String(body))?.[1] ?? "";
    expect([status, link]).toEqual([404, `${origin}/oracle-ecb/rest/api/supportedversions`]);
    expect(await send(`GET ${new URL(link).pathname}`, bearer("t"))).toMatchObject({ status: 200 });
  });

  test("the native API's links and the Location of a rebuild", async () => {
    const send = client(origin);
    const headers = { "X-Auth-Token": "t", "Content-Type": "application/json" };
    const url = `/huawei-ecs-native/v2.1/${PROJECT}/servers/${ID}`;
    const rebuilt = await send(`POST ${url}/action`, headers, JSON.stringify({ rebuild: { imageRef: ID } }));
    expect(rebuilt).toMatchObject({ status: 202, headers: { location: origin + url } });
    const shown = await send(`GET ${url}`, headers);
    for (const { body } of [rebuilt, shown]) {
      const links = [...String(body).matchAll(/"href":"([^"]+)"/g)].map(([, href]) => href);
      expect(links).toContain(origin + url);
      expect(links.filter((href) => !href?.startsWith(`${origin}/huawei-ecs-native/`))).toEqual([]);
    }
  });

  test("Samsung's list of versions, also where the API stands alone", async () => {
    for (const [alone, base] of [
      [undefined, "/samsung-virtualserver"],
      ["samsung-virtualserver", ""],
    ] as const) {
      const { body } = await client(origin, alone)(`GET ${base}/`, SCP);
      const hrefs = [...String(body).matchAll(/"href":"([^"]+)"/g)].map(([, href]) => href);
      expect(new Set(hrefs)).toEqual(new Set([`${origin}${base}/v1`]));
    }
  });
});

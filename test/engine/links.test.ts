/** Documented links lead to where the client has the mock: a client that polls them does not leave for the vendor's host. */
import { expect, test } from "vitest";
import { bearer, scene } from "./engine.ts";

test.each([
  ["http://127.0.0.1:4010", "http://127.0.0.1:4010/oracle-ecb/rest/v1.1/admin/asyncstatus"],
  ["https://box.test", "https://box.test/oracle-ecb/rest/v1.1/admin/asyncstatus"],
])("from %s", async (origin, link) => {
  const { engine } = scene();
  const send = (line: string): unknown =>
    engine.respond({
      method: line.split(" ")[0] ?? "",
      url: line.split(" ")[1] ?? "",
      origin,
      headers: { authorization: bearer("t")["Authorization"] ?? "" },
    });
  await send("POST /oracle-ecb/rest/v1.1/configuration/lock");
  const answer = await send("PUT /oracle-ecb/rest/v1.1/configuration/management?action=save");
  expect(answer).toMatchObject({ status: 202, body: expect.stringContaining(`<link>${link}</link>`) });
  expect(await send(`GET ${new URL(link).pathname}`)).toMatchObject({ status: 200 });
});

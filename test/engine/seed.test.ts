/** A wrong seed file is one sentence with its place. */
import { expect, test } from "vitest";
import { scene } from "./engine.ts";

test.each([
  [[], "A seed file is a map with callers, tokens and servers"],
  [{ caller: {} }, "A seed file has no member caller: choose from callers, tokens, servers"],
  [{ callers: { a: { acessKey: "k" } } }, "callers.a has no member acessKey: choose from accessKey, secret"],
  [{ callers: { a: { admin: "yes" } } }, "callers.a.admin must be true or false"],
  [{ callers: { a: { policy: "x" } } }, "callers.a.policy must be a list of permissions"],
  [{ tokens: { T: "nobody" } }, "The token T belongs to nobody"],
  [{ callers: { a: {} }, tokens: { T: { caller: "a", expires: "soon" } } }, "tokens.T.expires is not a date"],
  [
    { servers: { s: { id: "x" } } },
    "The server s needs an api: choose from huawei-ecs-native, huawei-ecs, samsung-virtualserver, oracle-ecb",
  ],
  [{ servers: { s: { api: "samsung-virtualserver" } } }, "The server s needs an id"],
  [
    { servers: { s: { api: "samsung-virtualserver", id: "x", sate: "ACTIVE" } } },
    "A server of samsung-virtualserver has no field sate: choose from name",
  ],
  [{ servers: { s: { api: "samsung-virtualserver", id: "x", state: "ASLEEP" } } }, "servers.s.state is one of ACTIVE, SHUTOFF"],
])("%j", (seedFile, sentence) => {
  expect(() => scene({ seedFile: JSON.parse(JSON.stringify(seedFile)) })).toThrow(sentence);
});

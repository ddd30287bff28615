/** A wrong seed file is one sentence with its place. */
import { expect, test } from "vitest";
import { ID, scene } from "./engine.ts";

test.each([
  [[], "A seed file is a map with callers, tokens and servers"],
  [{ caller: {} }, "A seed file has no member caller: choose from callers, tokens, servers"],
  [{ callers: { a: { acessKey: "k" } } }, "callers.a has no member acessKey: choose from accessKey, secret"],
  [{ callers: { a: { admin: "yes" } } }, "callers.a.admin must be true or false"],
  [{ callers: { a: { policy: "x" } } }, "callers.a.policy must be a list of permissions"],
  [{ tokens: { T: "nobody" } }, "The token T belongs to nobody"],
  [{ callers: { a: {} }, tokens: { T: { caller: "a", expires: "soon" } } }, "tokens.T.expires is not a date"],
  [{ tokens: { T: "nobody" } }, "The token T belongs to nobody: add its caller to callers"],
  [{ callers: { a: {} }, tokens: { T: "b" } }, "The token T belongs to nobody: name one of a"],
  [{ callers: { a: {} }, tokens: { "T T": "a" } }, 'The token "T T" is empty, or holds a blank'],
  [
    { callers: { a: {} }, tokens: { T: { caller: "a", expire: "2026-01-01" } } },
    "tokens.T has no member expire: choose from caller, expires",
  ],
  [{ callers: { a: { token: "T" }, b: {} }, tokens: { T: "b" } }, "The token T is that of a already"],
  [{ callers: { a: { token: "a b" } } }, "callers.a.token is empty, or holds a blank"],
  [{ callers: { a: { project: 7461 } } }, 'callers.a.project must be text: quote it, as in "7461"'],
  [{ callers: { a: null } }, "The caller a is not a map: give it accessKey"],
  [{ callers: { a: { accessKey: "k" }, b: { accessKey: "k" } } }, "The callers a and b have the same accessKey: give each its own"],
  [{ callers: { a: { user: "u" }, b: { user: "u" } } }, "The callers a and b have the same user"],
  [{ callers: { a: { secret: "s" } } }, "The caller a has a secret and no access key: add the accessKey"],
  [{ callers: { a: { policy: ["ecs:servers:get", "ecs:server:get"] } } }, "No call knows the permission ecs:server:get"],
  [
    { callers: { a: { role: "administator" } } },
    "No call knows the role administator: choose from admin, member, reader, administrator, user",
  ],
  [{ servers: { s: { id: ID } } }, "The server s needs an api: choose from huawei-ecs-native, huawei-ecs, samsung-virtualserver"],
  [{ servers: { s: { api: "huawei", id: ID } } }, "There is no api huawei for the server s: choose from huawei-ecs-native"],
  [{ servers: { s: { api: 7, id: ID } } }, "There is no api 7 for the server s"],
  [
    { servers: { s: { api: "oracle-ecb" } } },
    "oracle-ecb has one box per world, which is not in a seed file: set it with PUT /_latch/resources/oracle-ecb/-",
  ],
  [{ servers: { s: { api: "samsung-virtualserver", id: "x" } } }, "x is no id of a server: write one that fits ^[0-9a-f]{8}-"],
  [{ servers: { s: { api: "samsung-virtualserver", id: 7 } } }, 'servers.s.id must be text: quote it, as in "7"'],
  [
    { servers: { s: { api: "huawei-ecs", id: ID }, t: { api: "huawei-ecs", id: ID.toUpperCase() } } },
    "The servers s and t are the same one: name it once, or give each its own id",
  ],
  [{ servers: { s: { api: "huawei-ecs", id: ID }, t: { api: "huawei-ecs-native", id: ID } } }, "The servers s and t are the same one"],
  [{ servers: { s: { api: "huawei-ecs", id: ID, name: { x: 1 } } } }, "servers.s.name must be text (minLength 1, maxLength 255): see docs"],
  [
    { servers: { s: { api: "huawei-ecs", id: ID, name: 7 } } },
    'servers.s.name must be text (minLength 1, maxLength 255): quote it, as in "7"',
  ],
  [{ servers: { s: { api: "huawei-ecs", id: ID, updated: "garbage" } } }, 'servers.s.updated must be text (format "date-time")'],
  [{ servers: { s: { api: "huawei-ecs", id: ID, flavor: ["x"] } } }, "servers.s.flavor must be text"],
  [{ servers: { s: { api: "samsung-virtualserver", id: ID, partition: "many" } } }, "servers.s.partition must be a whole number or null"],
  [{ servers: { s: { api: "samsung-virtualserver" } } }, "The server s needs an id"],
  [
    { servers: { s: { api: "samsung-virtualserver", id: "x", sate: "ACTIVE" } } },
    "A server of samsung-virtualserver has no field sate: choose from name",
  ],
  [{ servers: { s: { api: "samsung-virtualserver", id: "x", state: "ASLEEP" } } }, "servers.s.state is one of ACTIVE, SHUTOFF"],
])("%j", (seedFile, sentence) => {
  expect(() => scene({ seedFile: JSON.parse(JSON.stringify(seedFile)) })).toThrow(sentence);
});

test("what a seed file may say is not refused", () => {
  const callers = {
    a: { accessKey: "k", secret: "s", policy: ["*", "ecs:servers:un*", "ecs:serverVolumes:use", "virtualserver:Show*"], role: "reader" },
    b: { user: "u", password: "p p", role: "user", admin: false, policy: [] },
  };
  const servers = {
    s: { api: "huawei-ecs", id: ID, project: null, task_state: null, updated: "2026-08-01T00:00:00Z", flavor_before: "s3.large.2" },
  };
  const seedFile = {
    callers,
    tokens: { T: { caller: "a" } },
    servers: { ...servers, t: { api: "samsung-virtualserver", id: ID, partition: 3 } },
  };
  expect(() => scene({ seedFile })).not.toThrow();
});

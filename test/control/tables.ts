/** Small behaviour tables over real bundles: a keyed space that two APIs share, another one, and a box. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Behaviour, ResourceSpec } from "../../mock/state/types.ts";
import type { Contract } from "../../mock/types.ts";
import { isObject } from "../../scripts/document.ts";
import { ROOT } from "../../scripts/root.ts";

export const SERVER = "89c312bb-285a-4026-a237-d441908c2f9e";
export const OTHER = "11111111-285a-4026-a237-d441908c2f9e";

const table = (api: string, resource: ResourceSpec, more: Partial<Behaviour> = {}): Behaviour => ({
  api,
  summary: "For tests of the control API.",
  resource,
  request: { microversion: { from: [{ header: "X-Version" }], default: "2.1" } },
  ignores: [],
  samples: {},
  calls: {},
  ...more,
});

const server: ResourceSpec = {
  name: "server",
  space: "huawei",
  key: "path.server_id",
  format: "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
  fields: {
    project: { initial: "$caller.project" },
    vm_state: { values: ["active", "stopped", "resized", "error"], initial: "active" },
    task_state: { values: [null, "rebooting", "powering-off"], initial: null },
    locked: { values: [false, true], initial: false },
  },
  derived: {
    status: [
      { when: { vm_state: "active", task_state: "rebooting" }, is: "REBOOT" },
      { when: { vm_state: "active" }, is: "ACTIVE" },
      { is: "SHUTOFF" },
    ],
    busy: [{ when: { task_state: null }, is: false }, { is: true }],
  },
};

/** The other API of the space knows one field and one value more. */
const sibling: ResourceSpec = {
  ...server,
  fields: { ...server.fields, image: { initial: null }, vm_state: { values: ["active", "stopped", "building"], initial: "active" } },
  derived: { ...server.derived, power: [{ when: { vm_state: "stopped" }, is: 4 }, { is: 1 }] },
};

const safe: ResourceSpec = {
  name: "server",
  space: "samsung-virtualserver",
  key: "path.server_id",
  fields: { state: { values: ["ACTIVE", "SHUTOFF"], initial: "ACTIVE" }, locked: { values: [false, true], initial: false } },
  derived: {},
};

const box: ResourceSpec = {
  name: "box",
  space: "oracle-ecb",
  fields: { holder: { initial: null } },
  derived: { configuration: [{ when: { holder: { exists: true } }, is: "locked" }, { is: "free" }] },
};

function contract(api: string, version: string, behaviour: Behaviour): Contract {
  const document: unknown = parse(readFileSync(join(ROOT, "generated", api, version, "openapi.yaml"), "utf8"));
  if (!isObject(document)) throw new Error(`The bundle of ${api}@${version} is not an object.`);
  return { key: `${api}@${version}`, api, version, document, behaviour };
}

const unknown = { from: [], refused: {}, unknown: { project: "$path.project_id", role: "member", admin: false } };

export const contracts: Contract[] = [
  contract("huawei-ecs-native", "v2.1", table("huawei-ecs-native", server, { caller: unknown })),
  contract("huawei-ecs", "v1", table("huawei-ecs", sibling)),
  contract("samsung-virtualserver", "v1.2", table("samsung-virtualserver", safe)),
  contract("samsung-virtualserver", "v1.3", table("samsung-virtualserver", safe)),
  contract("oracle-ecb", "v1.1", table("oracle-ecb", box)),
];

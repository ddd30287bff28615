/** Who and what the Huawei models know: callers, servers, and how a step names them. */
import type { CallStep, SeedFile } from "../model.ts";
import type { Server, Vm } from "./huawei-server.ts";

export const HOME = "74610f3a5ad941998e91f076297ecf27";
export const ELSEWHERE = "0d1e2f3a4b5c4d6e8f90a1b2c3d4e5f6";

export interface Person {
  project: string;
  admin: boolean;
  role: string;
  policy: string[] | undefined;
}

const SERVERS: Record<string, Partial<Server> & { id: string }> = {
  "web-1": { id: "89c312bb-285a-4026-a237-d441908c2f9e" },
  "web-2": { id: "4f4b3dfa-eb70-47cf-a60a-998a53bd598a", vm: "stopped", flavor: "s3.medium.2" },
  "db-1": { id: "bae51750-0089-41a1-9b18-5c777978ff6d", vm: "error" },
  held: { id: "459a2b9d-804a-4745-ab19-a113bb1b4ddc", lockedBy: "admin" },
  resized: {
    id: "0b3a1c5e-7d9f-4b2a-8c4e-6f8091a2b3c4",
    vm: "resized",
    flavor: "c3.15xlarge.2",
    before: { vm: "stopped", flavor: "s3.medium.2" },
  },
  // Resized by a hand that left no resize behind.
  stuck: { id: "e215580f-73ad-429d-b6f2-5433947433b0", vm: "resized" },
  undoing: {
    id: "5a8f61a3-c24e-4a7f-9193-b4e5f6071829",
    vm: "resized",
    task: "resize_reverting",
    before: { vm: "active", flavor: "s3.medium.2" },
  },
  theirs: { id: "83cdb52d-9ebf-4469-9cfa-e7b5b80da846", owner: ELSEWHERE },
};
const VMS: Vm[] = ["building", "active", "stopped", "resized", "error", "deleted", "shelved", "shelved_offloaded"];
const TASKS = [
  ...["scheduling", "block_device_mapping", "networking", "spawning", "rebooting", "reboot_pending", "reboot_started"],
  ...["rebooting_hard", "reboot_pending_hard", "reboot_started_hard", "rebuilding", "rebuild_block_device_mapping", "rebuild_spawning"],
  ...[
    "migrating",
    "resize_prep",
    "resize_migrating",
    "resize_migrated",
    "resize_finish",
    "resize_reverting",
    "powering-off",
    "powering-on",
  ],
  ...["deleting", "shelving", "shelving_offloading", "shelving_image_pending_upload", "shelving_image_uploading", "unshelving"],
];
/** A server in every pair of states of 1.8, and in every other one: most are led to by no call here. */
export const PAIRS = VMS.flatMap((vm) => [null, ...TASKS].map((task) => ({ name: `${vm}-${task ?? "idle"}`, vm, task })));
PAIRS.forEach(({ name, vm, task }, index) => {
  SERVERS[name] = { id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`, vm, task };
});
/** Not in the seed: it belongs to whoever gets to it first. */
const FRESH = "23037c18-027a-44e5-b6b9-f8d8f113fe02";
const NOWHERE = "not-a-server";

const tokenOf = (who: string): string => `TOKEN-OF-${who.toUpperCase()}`;

export const seed: SeedFile = {
  callers: {
    owner: { project: HOME, role: "member", accessKey: "AKOFOWNER0000000000" },
    chief: { project: HOME, role: "admin", admin: true },
    root: { project: ELSEWHERE, role: "admin", admin: true },
    stranger: { project: ELSEWHERE, role: "member" },
    reader: { project: HOME, role: "reader" },
    powerless: { project: HOME, role: "member", policy: [] },
    limited: {
      project: HOME,
      role: "member",
      policy: ["ecs:servers:get", "ecs:servers:st*", "ecs:servers:lock", "ecs:cloudServers:resize", "ecs:cloudServers:show*"],
    },
  },
  tokens: Object.fromEntries(["owner", "chief", "root", "stranger", "reader", "limited", "powerless"].map((who) => [tokenOf(who), who])),
  servers: Object.fromEntries(
    Object.entries(SERVERS).map(([name, { id, owner = HOME, vm, task, flavor, lockedBy, before }]) => [
      name,
      {
        api: "huawei-ecs-native",
        id,
        name,
        project: owner,
        ...(vm && { vm_state: vm }),
        ...(task !== undefined && { task_state: task }),
        ...(before && { vm_state_before: before.vm, flavor_before: before.flavor }),
        ...(flavor !== undefined && { flavor }),
        ...(lockedBy && { locked: true, locked_by: lockedBy }),
      },
    ]),
  ),
};

/** The servers as a run finds them, by the names that steps use. */
export function initialServers(): Record<string, Server> {
  const blank: Omit<Server, "id" | "name"> = {
    owner: HOME,
    vm: "active",
    task: null,
    lockedBy: null,
    flavor: "s3.small.1",
    image: "3ed456f5-3d8f-4383-a6c9-312032afcd1a",
    metadata: { owner: "latch" },
    keyName: "KeyPair-350b",
    userData: null,
    description: null,
    adminPass: undefined,
    changed: "2019-05-22T07:48:53Z",
    before: null,
    due: [],
    failed: {},
  };
  const named = Object.entries(SERVERS).map(([name, server]) => [name, { ...blank, name, ...server }] as const);
  return { ...Object.fromEntries(named), fresh: { ...blank, owner: undefined, id: FRESH, name: "ecs-lock-demo" } };
}

/** What the path says the project is. */
export function projectOf({ who, how }: CallStep): string {
  const own = seed.callers?.[who]?.project ?? HOME;
  return how["project"] === "other" ? (own === HOME ? ELSEWHERE : HOME) : own;
}

/** Somebody without an entry in the seed file is a member of the project of the URL. */
export function personOf(step: CallStep): Person {
  const { project = projectOf(step), admin = false, role = "member", policy } = seed.callers?.[step.who] ?? {};
  return { project, admin, role, policy };
}

/** Whether the seed names the caller. */
export const isKnown = ({ who }: CallStep): boolean => Object.hasOwn(seed.callers ?? {}, who);

/** `*` in a policy stands for any text. */
export const permits = ({ policy }: Person, permission: string): boolean =>
  policy === undefined || policy.some((text) => new RegExp(`^${text.replaceAll("*", ".*")}$`).test(permission));

/** The id as the URL has it. */
export const idOf = ({ target, how }: CallStep, servers: Record<string, Server>): string => {
  const id = servers[target]?.id ?? NOWHERE;
  return how["upper"] === true ? id.toUpperCase() : id;
};

/** The token of the caller, or the access key where the step says so and the caller has one. */
export function credentialOf({ who, how }: CallStep): Record<string, string> {
  const accessKey = seed.callers?.[who]?.accessKey;
  if (how["signed"] !== true || accessKey === undefined) return { "x-auth-token": tokenOf(who) };
  const signature = `SDK-HMAC-SHA256 Access=${accessKey}, SignedHeaders=host;x-sdk-date, Signature=${"0f".repeat(32)}`;
  return { authorization: signature, "x-sdk-date": "20260801T000000Z" };
}

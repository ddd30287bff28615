/** The server of the Huawei models: its states over time, and the status that people see (fact sheet, 1.8). */

export type Vm = "building" | "active" | "stopped" | "resized" | "error" | "deleted" | "shelved" | "shelved_offloaded";

/** Something that will have happened to a server. */
export interface Due {
  at: number;
  change: Partial<Server>;
  /** The end of a job: what happens instead when the server is locked then, and the number under which the result is kept. */
  job?: { number: number; ifLocked: Partial<Server> };
}

export interface Server {
  id: string;
  /** The project that has it; undefined until somebody gets to a server that nobody named. */
  owner: string | undefined;
  name: string;
  vm: Vm;
  task: string | null;
  lockedBy: "owner" | "admin" | null;
  flavor: string;
  image: string;
  metadata: Record<string, string>;
  keyName: string | null;
  userData: string | null;
  description: string | null;
  /** What the last rebuild said; undefined where it said nothing. */
  adminPass: string | undefined;
  changed: string;
  /** Vm state and flavor before a resize that is neither confirmed nor reverted. */
  before: { vm: Vm; flavor: string } | null;
  due: Due[];
  /** How jobs have ended, by number. */
  failed: Record<number, boolean>;
}

const second = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** A server with some of it changed at an instant. */
export const altered = (server: Server, at: number, change: Partial<Server>): Server => ({ ...server, ...change, changed: second(at) });

/** A server after everything that is due by now. */
export function settled(server: Server, now: number): Server {
  const ripe = server.due.filter(({ at }) => at <= now).sort((some, other) => some.at - other.at);
  const rest: Server = { ...server, due: server.due.filter(({ at }) => at > now) };
  return ripe.reduce((state, { at, change, job }) => {
    const fails = job !== undefined && state.lockedBy !== null;
    const failed = job === undefined ? state.failed : { ...state.failed, [job.number]: fails };
    return altered({ ...state, failed }, at, fails ? job.ifLocked : change);
  }, rest);
}

const REBUILDING = ["rebuilding", "rebuild_block_device_mapping", "rebuild_spawning"];
const RESIZING = ["resize_prep", "resize_migrating", "resize_migrated", "resize_finish"];
const BUILDING = ["scheduling", "block_device_mapping", "networking", "spawning"];
const SHELVING = ["shelving", "shelving_image_pending_upload", "shelving_image_uploading", "unshelving"];

/** 1.8: what a server without a task is, and the tasks that do not show. */
const AT_REST: Record<Vm, [status: string, tasks: string[]]> = {
  building: ["BUILD", BUILDING],
  active: ["ACTIVE", ["powering-off", "deleting"]],
  stopped: ["SHUTOFF", ["powering-on", "deleting"]],
  resized: ["VERIFY_RESIZE", []],
  error: ["ERROR", ["deleting"]],
  deleted: ["DELETED", []],
  shelved: ["SHELVED", SHELVING],
  shelved_offloaded: ["SHELVED_OFFLOADED", ["shelving_offloading", "unshelving"]],
};

/** 1.8: what a task makes of a server, and where. Nova has the resize of an active server, which the vendor's table lacks. */
const AT_WORK: [status: string, states: Vm[], tasks: string[]][] = [
  ["REBOOT", ["active"], ["rebooting", "reboot_pending", "reboot_started"]],
  ["HARD_REBOOT", ["active"], ["rebooting_hard", "reboot_pending_hard", "reboot_started_hard"]],
  ["REBUILD", ["active", "stopped", "error"], REBUILDING],
  ["MIGRATING", ["active"], ["migrating"]],
  ["RESIZE", ["active", "stopped"], RESIZING],
  ["REVERT_RESIZE", ["resized"], ["resize_reverting"]],
];

/** 1.8: the public status of a pair of states. */
export function statusOf({ vm, task }: Pick<Server, "vm" | "task">): string {
  const [status, silent] = AT_REST[vm];
  if (task === null || silent.includes(task)) return status;
  return AT_WORK.find(([, states, tasks]) => states.includes(vm) && tasks.includes(task))?.[0] ?? "UNKNOWN";
}

/** 1 runs, 4 is shut down, 0 is neither; a server that was resized is what it was before. */
export function powerOf({ vm, before }: Pick<Server, "vm" | "before">): number {
  if (vm === "resized") return before?.vm === "stopped" ? 4 : 1;
  if (vm === "active") return 1;
  return vm === "stopped" || vm === "shelved" || vm === "shelved_offloaded" ? 4 : 0;
}

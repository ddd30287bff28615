/** What the vendor's own calls refuse and do, and how their jobs show (fact sheet, 3, 4.2, 4.3 and 5). */
import type { Json } from "../../../mock/state/types.ts";
import type { CallStep, Prediction } from "../model.ts";
import type { Person } from "./huawei-seed.ts";
import { altered, powerOf, settled, statusOf, type Due, type Server } from "./huawei-server.ts";

export interface Job {
  target: string;
  type: string;
  begun: number;
}

export interface State {
  servers: Record<string, Server>;
  /** In the order in which they were submitted, which is that of `seen`. */
  jobs: Job[];
}

/** The calls that start jobs. */
export const WRITES: Record<string, { path: string; permission: string; task: string; versions: string[] }> = {
  resizeServer: { path: "resize", permission: "resize", task: "resize_prep", versions: ["v1", "v1.1"] },
  migrateServer: { path: "migrate", permission: "migrate", task: "resize_prep", versions: ["v1"] },
  changeServerOs: { path: "changeos", permission: "changeOS", task: "rebuilding", versions: ["v1", "v2"] },
  reinstallServerOs: { path: "reinstallos", permission: "rebuild", task: "rebuilding", versions: ["v1", "v2"] },
};
const BEGINS = 1000;
const TAKES = 10_000;

const millis = (at: number): string => new Date(at).toISOString();
const text = (value: Json | undefined): string => (typeof value === "string" ? value : "");

/** An error of the service; its words are the documentation's matter. */
export const error = (status: number, example: string, code: string): Prediction => ({ status, example, shows: { "/error/code": code } });

/** Which of the jobs a step means: a number counts from the newest one back. */
export const jobNumber = ({ how }: CallStep, count: number): number => (typeof how["back"] === "number" ? count - 1 - how["back"] : -1);

/** The vendor's read of a server. */
export function shown(server: Server, owner: string): Prediction {
  const status = statusOf(server);
  return {
    status: 200,
    shows: {
      "/server/id": server.id,
      "/server/name": server.name,
      "/server/status": status,
      ...(status === "ERROR" ? { "/server/fault/code": 500 } : { "/server/fault": undefined }),
      "/server/locked": server.lockedBy !== null,
      "/server/created": "2019-05-22T07:48:19Z",
      "/server/key_name": server.keyName,
      "/server/updated": server.changed,
      "/server/tenant_id": owner,
      "/server/flavor/id": server.flavor,
      "/server/flavor/name": server.flavor,
      "/server/image/id": server.image,
      "/server/OS-EXT-STS:vm_state": server.vm,
      "/server/OS-EXT-STS:task_state": server.task,
      "/server/OS-EXT-STS:power_state": powerOf(server),
    },
  };
}

/** The read of a job. */
export function showJob({ servers, jobs }: State, step: CallStep, person: Person, now: number, seen: readonly string[]): Prediction {
  const number = jobNumber(step, jobs.length);
  const job = jobs[number];
  const found = job && servers[job.target];
  if (!job || !found || found.owner !== person.project) return error(400, "no-such-job", "Common.0011");
  const failed = settled(found, now).failed[number];
  const over = failed !== undefined;
  const status = over ? (failed ? "FAIL" : "SUCCESS") : now < job.begun + BEGINS ? "INIT" : "RUNNING";
  return {
    status: 200,
    shows: {
      "/status": status,
      "/job_id": seen[number] ?? "",
      "/job_type": job.type,
      "/entities/server_id": found.id,
      "/begin_time": millis(job.begun),
      "/end_time": over ? millis(job.begun + TAKES) : null,
      "/error_code": failed ? "Ecs.0605" : null,
      ...(!failed && { "/fail_reason": null }),
    },
  };
}

/** What stands against a job, undefined where nothing does. */
export function hindrance({ call, how }: CallStep, { vm, task, lockedBy, flavor }: Server): Prediction | undefined {
  if (lockedBy !== null) return error(400, "server-locked", "Ecs.0605");
  if (task !== null) return error(501, "command-running", "Ecs.0603");
  const stops = how["stop"] === true && call !== "migrateServer";
  if (vm !== "stopped" && !(vm === "active" && stops)) return error(400, "wrong-state", "Ecs.0100");
  return call === "resizeServer" && how["flavor"] === flavor ? error(400, "same-flavor", "Ecs.0009") : undefined;
}

/** A job begins. */
export function submit({ servers, jobs }: State, { call, how, target }: CallStep, server: Server, now: number): State {
  const task = WRITES[call]?.task ?? "";
  const success =
    call === "resizeServer" ? { flavor: text(how["flavor"]) } : call === "changeServerOs" ? { image: text(how["image"]) } : {};
  const end: Due = { at: now + TAKES, change: { task: null, ...success }, job: { number: jobs.length, ifLocked: { task: null } } };
  const due: Due[] = task === "resize_prep" ? [{ at: now + BEGINS, change: { task: "resize_migrating" } }, end] : [end];
  return { servers: { ...servers, [target]: altered(server, now, { task, due }) }, jobs: [...jobs, { target, type: call, begun: now }] };
}

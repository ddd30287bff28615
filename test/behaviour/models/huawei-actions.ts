/** What the native actions refuse and do (fact sheet, 2, 7.4, 7.5 and 7.9). */
import type { Json } from "../../../mock/state/types.ts";
import type { CallStep, Prediction } from "../model.ts";
import { permits, projectOf, type Person } from "./huawei-seed.ts";
import { minorOf } from "./huawei-views.ts";
import { altered, type Due, type Server, type Vm } from "./huawei-server.ts";

export interface Action {
  key: string;
  slug: string;
  permission: string;
}
/** The actions of the native API by their call. */
export const ACTIONS: Record<string, Action> = {
  lockServer: { key: "lock", slug: "lock", permission: "lock" },
  unlockServer: { key: "unlock", slug: "unlock", permission: "unlock" },
  stopServer: { key: "os-stop", slug: "stop", permission: "stop" },
  startServer: { key: "os-start", slug: "start", permission: "start" },
  rebootServer: { key: "reboot", slug: "reboot", permission: "reboot" },
  resizeServer: { key: "resize", slug: "resize", permission: "resize" },
  confirmServerResize: { key: "confirmResize", slug: "confirm-resize", permission: "resize" },
  revertServerResize: { key: "revertResize", slug: "revert-resize", permission: "resize" },
  rebuildServer: { key: "rebuild", slug: "rebuild", permission: "rebuild" },
};

const REBOOTING = ["rebooting", "reboot_pending", "reboot_started", "rebooting_hard", "reboot_pending_hard", "reboot_started_hard"];

/** 7.4: the states in which Nova (and for rebuild the vendor) takes an action. */
function takes({ call, how }: CallStep, { vm }: Server): boolean {
  const hard = how["type"] === "HARD";
  const states: Record<string, Vm[]> = {
    stopServer: ["active", "error"],
    startServer: ["stopped"],
    rebootServer: hard ? ["active", "stopped", "error"] : ["active"],
    resizeServer: ["active", "stopped"],
    confirmServerResize: ["resized"],
    revertServerResize: ["resized"],
    rebuildServer: ["active", "stopped"],
  };
  return states[call]?.includes(vm) ?? true;
}

const text = (value: Json | undefined): string => (typeof value === "string" ? value : "");

/** A member that a rebuild named, also as null. */
const orNull = (how: CallStep["how"], name: "description" | "keyName" | "userData"): Partial<Server> => {
  const value = how[name];
  return typeof value === "string" || value === null ? { [name]: value } : {};
};

/** An error of Nova, and whether its words are predictable: an id in upper case may be repeated in either. */
function fault(step: CallStep, status: number, example: string, key: string, message: string): Prediction {
  const shows = { [`/${key}/code`]: status, ...(step.how["upper"] !== true && { [`/${key}/message`]: message }) };
  return { status, example, shows };
}

/** What an action does when nothing stands against it. */
export function act(step: CallStep, server: Server, person: Person, now: number): Server {
  const { how } = step;
  const later = (ms: number, change: Partial<Server>): Due => ({ at: now + ms, change });
  const begin = (task: string, due: Due[], more: Partial<Server> = {}): Server => altered(server, now, { task, due, ...more });
  const wasAt = server.before;
  switch (step.call) {
    case "lockServer":
      if (server.owner !== person.project) return altered(server, now, { lockedBy: "admin" });
      return server.lockedBy === null ? altered(server, now, { lockedBy: "owner" }) : server;
    case "unlockServer":
      return server.lockedBy === null ? server : altered(server, now, { lockedBy: null });
    case "stopServer":
      return begin("powering-off", [later(2000, { vm: "stopped", task: null })]);
    case "startServer":
      return begin("powering-on", [later(2000, { vm: "active", task: null })]);
    case "rebootServer":
      if (how["type"] === "HARD") return begin("rebooting_hard", [later(3000, { vm: "active", task: null })]);
      return begin("rebooting", [later(3000, { task: null })]);
    case "resizeServer": {
      const steps = ["resize_migrating", "resize_migrated", "resize_finish"].map((task, index) => later(1000 * (index + 1), { task }));
      const done = later(4000, { vm: "resized", task: null, flavor: text(how["flavor"]) });
      return begin("resize_prep", [...steps, done], { before: { vm: server.vm, flavor: server.flavor } });
    }
    case "confirmServerResize":
      return altered(server, now, { before: null, ...(wasAt && { vm: wasAt.vm }) });
    case "revertServerResize":
      return begin("resize_reverting", [later(4000, { task: null, before: null, ...wasAt })]);
    case "rebuildServer":
      return begin("rebuilding", [later(3000, { task: null })], {
        image: text(how["image"]),
        adminPass: typeof how["adminPass"] === "string" ? how["adminPass"] : undefined,
        ...(typeof how["name"] === "string" && { name: how["name"] }),
        ...(typeof how["metadata"] === "string" && { metadata: { rebuild: how["metadata"] } }),
        // 7.2: version 2 drops what it does not know.
        ...(minorOf(step) >= 19 && orNull(how, "description")),
        ...(minorOf(step) >= 54 && orNull(how, "keyName")),
        ...(minorOf(step) >= 57 && orNull(how, "userData")),
      });
    default:
      return server;
  }
}

/** Refusals in the order of 7.5 and 7.9, undefined where the action is taken. */
export function refusal(
  step: CallStep,
  server: Server | undefined,
  person: Person,
  action: Action | undefined,
  id: string,
): Prediction | undefined {
  const url = projectOf(step);
  if (url !== person.project) {
    const message = `Malformed request URL: URL's project_id '${url}' doesn't match Context's project_id '${person.project}'`;
    return fault(step, 400, "project-mismatch", "badRequest", message);
  }
  // 7.3: outside its versions a member does not fit the schema, which 7.9 has before the server.
  const minor = minorOf(step);
  const spans: [how: string, member: string, fits: boolean][] = [
    ["description", "description", minor >= 19],
    ["keyName", "key_name", minor >= 54],
    ["userData", "user_data", minor >= 57],
    ["personality", "personality", minor < 57],
  ];
  const misfit = step.contract.endsWith("@v2") ? undefined : spans.find(([how, , fits]) => step.how[how] !== undefined && !fits);
  if (misfit) {
    const [, member] = misfit;
    const message = `Invalid input for field/attribute rebuild. Additional properties are not allowed ('${member}' was unexpected)`;
    return { status: 400, example: "invalid-request", shows: { "/badRequest/code": 400, "/badRequest/message": message } };
  }
  if (!permits(person, `ecs:servers:${action?.permission ?? "get"}`))
    return { status: 403, example: `policy-refuses-${action?.slug ?? "show"}` };
  if (action && person.role === "reader") return { status: 403, example: `policy-refuses-${action.slug}` };
  if (!server || (!person.admin && (server.owner ?? person.project) !== person.project))
    return fault(step, 404, "server-not-found", "itemNotFound", `Instance ${id} could not be found.`);
  if (!action || step.call === "lockServer") return undefined;
  if (step.call === "unlockServer")
    return server.lockedBy === "admin" && !person.admin ? { status: 403, example: "locked-by-administrator" } : undefined;
  const conflict = (example: string, message: string): Prediction => fault(step, 409, example, "conflictingRequest", message);
  if (server.lockedBy !== null && !person.admin) return conflict("instance-locked", `Instance ${id} is locked`);
  const verb = action.key.replace("os-", "");
  const cannot = (state: string): string => `Cannot '${verb}' instance ${id} while it is in ${state}`;
  if (!takes(step, server)) return conflict(`${action.slug}-in-wrong-state`, cannot(`vm_state ${server.vm}`));
  const tolerated = step.call === "rebootServer" && step.how["type"] === "HARD" && REBOOTING.includes(server.task ?? "");
  if (server.task !== null && !tolerated) return conflict(`${action.slug}-while-busy`, cannot(`task_state ${server.task}`));
  if (step.call === "resizeServer" && step.how["flavor"] === server.flavor)
    return fault(step, 400, "same-flavor", "badRequest", "When resizing, instances must change flavor!");
  if (action.key.endsWith("Resize") && server.before === null)
    return fault(step, 400, "not-resized", "badRequest", "Instance has not been resized.");
  return undefined;
}

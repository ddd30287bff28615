/** What the native API shows of a server, by microversion (fact sheet, 4.1, 7.5 and 7.6). */
import type { CallStep, Prediction } from "../model.ts";
import { powerOf, statusOf, type Server } from "./huawei-server.ts";

/** The minor number of the microversion; /v2 has none. */
export const minorOf = ({ contract, how }: CallStep): number =>
  contract.endsWith("@v2") || typeof how["version"] !== "string" ? 1 : Number(how["version"].split(".")[1]);

const PROGRESSING = ["ACTIVE", "BUILD", "REBUILD", "RESIZE", "VERIFY_RESIZE", "MIGRATING"];

/** The read. */
export function shown(step: CallStep, server: Server, owner: string): Prediction {
  const minor = minorOf(step);
  const status = statusOf(server);
  const from = (version: number, pointer: string): Record<string, undefined> => (minor < version ? { [pointer]: undefined } : {});
  return {
    status: 200,
    shows: {
      ...(step.how["upper"] !== true && { "/server/id": server.id }),
      "/server/name": server.name,
      "/server/status": status,
      "/server/updated": server.changed,
      "/server/tenant_id": owner,
      "/server/image/id": server.image,
      "/server/flavor/id": minor < 47 ? server.flavor : undefined,
      "/server/flavor/original_name": minor < 47 ? undefined : server.flavor,
      "/server/OS-EXT-STS:vm_state": server.vm,
      "/server/OS-EXT-STS:task_state": server.task,
      "/server/OS-EXT-STS:power_state": powerOf(server),
      "/server/locked": minor < 9 ? undefined : server.lockedBy !== null,
      "/server/progress": PROGRESSING.includes(status) ? 0 : undefined,
      ...(status === "ERROR" ? { "/server/fault/code": 500 } : { "/server/fault": undefined }),
      ...from(3, "/server/OS-EXT-SRV-ATTR:hostname"),
      ...from(3, "/server/os-extended-volumes:volumes_attached/0/delete_on_termination"),
      ...from(16, "/server/host_status"),
      "/server/description": minor < 19 ? undefined : null,
      ...from(26, "/server/tags"),
    },
  };
}

/** The answer of rebuild: the same server with fewer members. */
export function rebuilt(step: CallStep, server: Server, owner: string): Prediction {
  const all = shown(step, server, owner).shows ?? {};
  const alike = [
    "id",
    "name",
    "status",
    "updated",
    "tenant_id",
    "image/id",
    "flavor/id",
    "flavor/original_name",
    "locked",
    "description",
    "tags",
  ];
  const shows = Object.fromEntries(
    alike.flatMap((name) => (`/server/${name}` in all ? [[`/server/${name}`, all[`/server/${name}`]]] : [])),
  );
  const from = (version: number, pointer: string): Record<string, undefined> => (minorOf(step) < version ? { [pointer]: undefined } : {});
  return { status: 202, shows: { ...shows, ...from(54, "/server/key_name"), ...from(57, "/server/user_data") } };
}

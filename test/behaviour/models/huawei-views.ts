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
      "/server/created": "2019-05-22T07:48:19Z",
      "/server/tenant_id": owner,
      "/server/metadata": server.metadata,
      "/server/key_name": server.keyName,
      "/server/OS-EXT-SRV-ATTR:user_data": minor < 3 ? undefined : server.userData,
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
      "/server/description": minor < 19 ? undefined : server.description,
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
    "created",
    "updated",
    "tenant_id",
    "metadata",
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
  const own = {
    "/server/key_name": minorOf(step) < 54 ? undefined : server.keyName,
    "/server/user_data": minorOf(step) < 57 ? undefined : server.userData,
    ...(server.adminPass !== undefined && { "/server/adminPass": server.adminPass }),
  };
  return { status: 202, shows: { ...shows, ...own } };
}

/** The lock of a Huawei Cloud server, set by the native API, as a `Lockable`. */
import type { LockFacts, ServerLockable } from "./lockable.ts";
import { serverLockable, type ServerCalls } from "./lockable-server.ts";
import type { Reading } from "./wait.ts";

export const huaweiFacts = {
  vendor: "huawei",
  api: "huawei-ecs-native",
  scope: "one server",
  blocks: {
    who: "everybody who is no administrator, whoever locked it too",
    calls: ["stopServer", "startServer", "rebootServer", "resizeServer", "confirmServerResize", "revertServerResize", "rebuildServer"],
  },
  contention: { lock: 202, unlock: 403, blocked: 409 },
  idempotent: { lock: true, unlock: true },
  expires: null,
} as const satisfies LockFacts;

/** The results of the native `showServer`. */
export interface HuaweiShown extends Reading {
  readonly data?: { readonly server: { readonly locked?: boolean } } | undefined;
}

/** The microversion from which on a server shows its lock, whatever the client asks for otherwise. */
const SHOWS_LOCK = { "OpenStack-API-Version": "compute 2.9", "X-OpenStack-Nova-API-Version": "2.9" };

/** The permission that the owner of a server lacks for the lock of an administrator; a 403 without it is about the caller's role. */
const isForeign = ({ status, error }: Reading): boolean => status === 403 && JSON.stringify(error ?? "").includes("unlock_override");

/**
 * `huaweiServerLock(client, { project_id, server_id }, { lockServer, unlockServer, showServer })`. The lock belongs to the project or to
 * an administrator of another one, whose lock the project cannot take away (`busy`); inside the project it has no owner, as with
 * `samsungServerLock`. At `v2` it cannot be seen: `isLocked` wants a client of `v2.1`.
 * @param client of `latch/huawei-ecs-native/…`
 * @param server its project and its id
 * @param calls the functions beside `createClient`
 */
export const huaweiServerLock = <Client, Shown extends HuaweiShown>(
  client: Client,
  server: { project_id: string; server_id: string },
  calls: ServerCalls<Client, { project_id: string; server_id: string }, Shown>,
): ServerLockable =>
  serverLockable(client, server, calls, {
    facts: huaweiFacts,
    flag: ({ data }) => data?.server.locked,
    asking: { headers: SHOWS_LOCK },
    foreign: isForeign,
  });

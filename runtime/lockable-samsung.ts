/** The lock of a Samsung Cloud Platform virtual server, as a `Lockable`. */
import type { LockFacts, ServerLockable } from "./lockable.ts";
import { serverLockable, type ServerCalls } from "./lockable-server.ts";
import type { Reading } from "./wait.ts";

export const samsungFacts = {
  vendor: "samsung",
  api: "samsung-virtualserver",
  scope: "one server",
  blocks: { who: "everybody, whoever locked it too", calls: ["startServer", "stopServer", "rebootServer", "deleteServer"] },
  contention: { lock: 202, unlock: 202, blocked: 409 },
  idempotent: { lock: true, unlock: true },
  expires: null,
} as const satisfies LockFacts;

/** The results of `showServer`. */
export interface SamsungShown extends Reading {
  readonly data?: { readonly locked: boolean } | undefined;
}

/**
 * `samsungServerLock(client, { server_id }, { lockServer, unlockServer, showServer })`. The lock has no owner: nobody is told that it was there
 * already, and whoever may unlock takes it away. It guards against mistakes, not against somebody else's work.
 * @param client of `latch/samsung-virtualserver/…`
 * @param server its id
 * @param calls the functions beside `createClient`
 */
export const samsungServerLock = <Client, Shown extends SamsungShown>(
  client: Client,
  server: { server_id: string },
  calls: ServerCalls<Client, { server_id: string }, Shown>,
): ServerLockable => serverLockable(client, server, calls, { facts: samsungFacts, flag: ({ data }) => data?.locked });

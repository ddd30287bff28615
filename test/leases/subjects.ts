/** The three locks that the suite is run on: who holds one, who is in the way of it, and a call that it blocks. */
import ecb from "../../generated/oracle-ecb/v1.1/mock.js";
import * as box from "../../generated/oracle-ecb/v1.1/client.ts";
import nova from "../../generated/huawei-ecs-native/v2.1/mock.js";
import * as huawei from "../../generated/huawei-ecs-native/v2.1/client.ts";
import scp from "../../generated/samsung-virtualserver/v1.3/mock.js";
import * as samsung from "../../generated/samsung-virtualserver/v1.3/client.ts";
import { configurationLock } from "../../runtime/lockable-ecb.ts";
import { huaweiServerLock } from "../../runtime/lockable-huawei.ts";
import { samsungServerLock } from "../../runtime/lockable-samsung.ts";
import type { Lockable, ServerLockable } from "../../runtime/lockable.ts";
import { BASE, write } from "./box.ts";
import type { VirtualClock } from "./clock.ts";
import { mockOf, type World } from "./world.ts";

export interface Subject {
  world: World;
  /** Of whoever takes the lock. */
  lockable: Lockable<unknown>;
  /** Of somebody else, who may use the same thing but whose lock it is not. */
  other: Lockable<unknown>;
  /** A call that the lock blocks, by that somebody. @returns its status */
  blocked(): Promise<number>;
  /** Without the lock the call works. */
  works: number;
  /** Of somebody who may not lock, and the status that says so. */
  refused: [lockable: Lockable<unknown>, status: number];
}

export interface ServerSubject extends Subject {
  lockable: ServerLockable;
  other: ServerLockable;
}

const PROJECT = "74610f3a5ad941998e91f076297ecf27";
const SERVER = "89c312bb-285a-4026-a237-d441908c2f9e";

export function samsungSubject(clock: VirtualClock): ServerSubject {
  const world = mockOf(scp, clock, {
    seedFile: { callers: { reader: { accessKey: "READER", policy: ["virtualserver:ShowVirtualServer"] } } },
  })();
  const { lockServer, unlockServer, showServer, startServer, stopServer } = samsung;
  const key = (accessKey: string): samsung.Client =>
    samsung.createClient({
      fetch: world.fetch,
      retry: false,
      now: clock.now,
      headers: {
        "Scp-Accesskey": accessKey,
        "Scp-Signature": "EXAMPLE",
        "Scp-Timestamp": String(clock.now()),
        "Scp-ClientType": "Openapi",
      },
    });
  const server = { server_id: SERVER };
  const lock = (client: samsung.Client, where = server): ServerLockable =>
    samsungServerLock(client, where, { lockServer, unlockServer, showServer });
  let running = true;
  return {
    world,
    lockable: lock(key("FIRST")),
    other: lock(key("SECOND")),
    async blocked() {
      const { status } = await (running ? stopServer : startServer)(key("SECOND"), server);
      if (status === 202) running = !running;
      await clock.advance(10_000);
      return status;
    },
    works: 202,
    refused: [lock(key("READER")), 403],
  };
}

/** The lock is an administrator's of another project, and the owner of the server is in its way. */
export function huaweiSubject(clock: VirtualClock, { byOwner = false } = {}): ServerSubject {
  const callers = {
    root: { project: "0d1e2f3a4b5c4d6e8f90a1b2c3d4e5f6", admin: true },
    owner: { project: PROJECT },
    auditor: { project: PROJECT, policy: ["ecs:servers:get"] },
  };
  const world = mockOf(nova, clock, {
    seedFile: {
      callers,
      tokens: { "TOKEN-ROOT": "root", "TOKEN-OWNER": "owner", "TOKEN-AUDITOR": "auditor" },
      servers: { "web-1": { api: "huawei-ecs-native", id: SERVER, project: PROJECT } },
    },
  })();
  const { lockServer, unlockServer, showServer, startServer, stopServer } = huawei;
  const client = (token: string): huawei.Client => huawei.createClient({ fetch: world.fetch, retry: false, now: clock.now, token });
  const lock = (token: string, project: string): ServerLockable =>
    huaweiServerLock(client(token), { project_id: project, server_id: SERVER }, { lockServer, unlockServer, showServer });
  let running = true;
  return {
    world,
    lockable: byOwner ? lock("TOKEN-OWNER", PROJECT) : lock("TOKEN-ROOT", callers.root.project),
    other: lock("TOKEN-OWNER", PROJECT),
    async blocked() {
      const where = { project_id: PROJECT, server_id: SERVER };
      const { status } = await (running ? stopServer(client("TOKEN-OWNER"), where) : startServer(client("TOKEN-OWNER"), where));
      if (status === 202) running = !running;
      await clock.advance(10_000);
      return status;
    },
    works: 202,
    refused: [lock("TOKEN-AUDITOR", PROJECT), 403],
  };
}

export function ecbSubject(clock: VirtualClock): Subject {
  const world = mockOf(ecb, clock, { seedFile: { callers: { viewer: { user: "viewer", password: "example", role: "user" } } } })();
  const { createToken, lockConfiguration, unlockConfiguration } = box;
  const client = (username: string): box.Client =>
    box.createClient({ baseUrl: BASE, username, password: "example", fetch: world.fetch, retry: false, now: clock.now });
  const lock = (own: box.Client): Lockable<unknown> => configurationLock(own, { createToken, lockConfiguration, unlockConfiguration });
  const second = client("second");
  const other = lock(second);
  return {
    world,
    lockable: lock(client("first")),
    other,
    // Without the lock nobody writes: it is asked for first, and what counts is whether one gets in.
    async blocked() {
      const { outcome } = await other.lock();
      const status = await write(second);
      if (outcome === "locked") await other.unlock();
      return status;
    },
    works: 200,
    refused: [lock(client("viewer")), 403],
  };
}

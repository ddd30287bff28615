/** The box of the tests: a mock of an Oracle ECB, clients of several users, and what they do with its configuration. */
import ecb from "../../generated/oracle-ecb/v1.1/mock.js";
import {
  addConfigElement,
  createClient,
  createToken,
  lockConfiguration,
  unlockConfiguration,
  type Client,
} from "../../generated/oracle-ecb/v1.1/client.ts";
import { configurationLock } from "../../runtime/lockable-ecb.ts";
import type { OwnedLockable } from "../../runtime/lockable.ts";
import type { Fetch, Sleep } from "../../runtime/types.ts";
import { VirtualClock } from "./clock.ts";
import { mockOf, type World } from "./world.ts";

export const BASE = "https://box.example.com/rest/v1.1";

export type Box = World & {
  /** A client with a token of its own. */
  client(options?: { username?: string; fetch?: Fetch }): Client;
  /** The lock of such a client. */
  lock(client?: Client): OwnedLockable<Client, "self" | "another">;
};

const SEED = { callers: { viewer: { user: "viewer", password: "example", role: "user" } } };

export function boxes(clock: VirtualClock): () => Box {
  const open = mockOf(ecb, clock, { seedFile: SEED });
  return () => {
    const world = open();
    const client: Box["client"] = ({ username = "admin", fetch = world.fetch } = {}) =>
      createClient({ baseUrl: BASE, username, password: "example", fetch, retry: false, now: clock.now });
    const lock: Box["lock"] = (own = client()) => configurationLock(own, { createToken, lockConfiguration, unlockConfiguration });
    return { ...world, client, lock };
  };
}

/** A client whose writes wait until a door is opened. */
export function slowWriter(box: Box): { client: Client; open: () => void } {
  let open = (): void => {};
  const door = new Promise<void>((resolve) => (open = resolve));
  const client = box.client({
    async fetch(request) {
      if (request.url.endsWith("/configElements")) await door;
      return box.fetch(request);
    },
  });
  return { client, open };
}

let elements = 0;

/** Adds an element that was not there. @returns the status */
export async function write(client: Client, signal?: AbortSignal): Promise<number> {
  const name = `group-${(elements += 1)}`;
  const attribute = `<attribute><name>group-name</name><value>${name}</value></attribute>`;
  const body = `<configElement><elementType>session-group</elementType>${attribute}</configElement>`;
  return (await addConfigElement(client, { body }, signal && { signal })).status;
}

/** What a promise rejects with. */
export const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (value) => new Error(`It did not fail, and gave ${String(value)}.`),
    (error: unknown) => error,
  );

/** A box, its clock, and the options that let leases go by it. */
export function start(): { clock: VirtualClock; box: Box; quick: { now: () => number; sleep: Sleep; rest: Sleep } } {
  const clock = new VirtualClock();
  return { clock, box: boxes(clock)(), quick: { now: clock.now, sleep: clock.sleep, rest: clock.sleep } };
}

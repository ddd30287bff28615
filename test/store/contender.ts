/**
 * One of the processes that fight over a lock (processes.test.ts): `contender.ts <redis url> <name> <attempts> <at a time>`. It says "ready",
 * begins when it is told anything, and reports a Tally.
 */
import { once } from "node:events";
import { createClient } from "redis";
import { createQueue } from "../../mock/store/queue.ts";
import { createRedisStore } from "../../mock/store/redis.ts";
import { update } from "../../mock/store/update.ts";

export interface Tally {
  won: number;
  /** How often somebody else wrote between reading and writing. */
  collisions: number;
  /** Milliseconds. */
  took: number;
}

const [url = "", name = "", attempts = "", width = ""] = process.argv.slice(2);
const store = await createRedisStore(url);
const history = createClient({ url });
await history.connect();
const queue = createQueue();
const tally: Tally = { won: 0, collisions: 0, took: 0 };

interface Lock {
  holder: string | null;
  attempts: number;
}

type Decide = (lock: Lock) => { next: Lock; result: boolean };

async function change(decide: Decide): Promise<boolean> {
  let asked = 0;
  const result = await update(store, "default", "lock", (entry) => {
    asked++;
    const { holder, attempts } = entry ?? {};
    const decision = decide({ holder: typeof holder === "string" ? holder : null, attempts: Number(attempts ?? 0) });
    return { result: decision.result, next: { ...decision.next } };
  });
  tally.collisions += asked - 1;
  return result;
}

/** Attempts go one after the other within a process, as in the mock; a release pushes in, so that it meets those of its own process too. */
async function tryToLock(me: string): Promise<void> {
  const free = ({ holder, attempts }: Lock) => ({ next: { holder: holder ?? me, attempts: attempts + 1 }, result: holder === null });
  if (!(await queue.run("lock", () => change(free)))) return;
  tally.won++;
  await history.rPush("history", `acquire ${me}`);
  await history.rPush("history", `release ${me}`);
  const released = await change(({ holder, attempts }) => ({ next: { holder: null, attempts }, result: holder === me }));
  if (!released) await history.rPush("history", `robbed ${me}`);
}

process.send?.("ready");
await once(process, "message");
const began = performance.now();
let left = Number(attempts);
await Promise.all(
  Array.from({ length: Number(width) }, async (_, at) => {
    while (left-- > 0) await tryToLock(`${name}/${at}/${left}`);
  }),
);
tally.took = performance.now() - began;
process.send?.(tally);
await Promise.all([store.close(), history.close()]);
process.disconnect?.();

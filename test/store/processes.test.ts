/** Two processes fight over one lock: never two holders, never a lost update. */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Tally } from "./contender.ts";
import { MISSING, startRedis, type RedisServer } from "./redis-server.ts";

const ATTEMPTS = 10_000;
/** Attempts that a process has under way at the same time. */
const WIDTH = 100;

const isTally = (message: unknown): message is Tally => typeof message === "object" && message !== null && "collisions" in message;

async function messageOf(child: ChildProcess): Promise<unknown> {
  const ended = once(child, "exit").then(([code]) => Promise.reject(new Error(`a contender ended with ${code}`)));
  const [message]: unknown[] = await Promise.race([once(child, "message"), ended]);
  return message;
}

async function run(child: ChildProcess): Promise<Tally> {
  const told = messageOf(child);
  child.send("go");
  const tally = await told;
  if (!isTally(tally)) throw new Error(`a contender said ${JSON.stringify(tally)}`);
  return tally;
}

describe.skipIf(MISSING)("two processes on one lock", () => {
  let server: RedisServer;
  beforeAll(async () => void (server = await startRedis()));
  afterAll(() => server.stop());

  test("10,000 attempts: acquire and release alternate, and every attempt is counted", async () => {
    const file = join(import.meta.dirname, "contender.ts");
    const children = ["one", "two"].map((name) => fork(file, [server.url, name, String(ATTEMPTS / 2), String(WIDTH)], { execArgv: [] }));
    try {
      expect(await Promise.all(children.map(messageOf))).toEqual(["ready", "ready"]);
      const tallies = await Promise.all(children.map(run));
      console.log(`${ATTEMPTS} attempts of two processes:`, ...tallies);

      const client = createClient({ url: server.url });
      await client.connect();
      const history = await client.lRange("history", 0, -1);
      const lock: unknown = JSON.parse((await client.hGet("latch:default", "lock")) ?? "null");
      await client.close();

      const won = tallies.reduce((sum, tally) => sum + tally.won, 0);
      expect(lock).toEqual({ holder: null, attempts: ATTEMPTS });
      expect(won).toBeGreaterThan(1);
      expect(history).toHaveLength(2 * won);
      const holders = history.filter((_, at) => at % 2 === 0).map((line) => line.replace("acquire ", ""));
      expect(history).toEqual(holders.flatMap((holder) => [`acquire ${holder}`, `release ${holder}`]));
      expect(new Set(holders).size).toBe(won);
      // They did get in each other's way, or nothing was shown.
      expect(tallies.reduce((sum, tally) => sum + tally.collisions, 0)).toBeGreaterThan(0);
    } finally {
      for (const child of children) child.kill();
    }
  });
});

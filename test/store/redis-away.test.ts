/** What happens when the server does not answer, or no longer. */
import { once } from "node:events";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { formatError, LatchError } from "../../scripts/errors.ts";
import { createRedisStore } from "../../mock/store/redis.ts";
import { StoreUnavailable, type Store } from "../../mock/store/types.ts";
import { update } from "../../mock/store/update.ts";
import { MISSING, startRedis, type RedisServer } from "./redis-server.ts";

const PASSWORD = "not-to-be-seen";
const increment = (store: Store) => update(store, "w", "k", (entry) => ({ next: { n: Number(entry?.["n"] ?? 0) + 1 }, result: undefined }));

/** Every way in which an error could show it. */
const shown = (error: unknown): string =>
  error instanceof Error
    ? `${String(error)} ${error.stack} ${JSON.stringify(error)} ${error.cause ? shown(error.cause) : ""}`
    : String(error);

describe.skipIf(MISSING)("a Redis that goes away", () => {
  let server: RedisServer;
  let store: Store;
  const restart = async (port?: number): Promise<void> => {
    server = await startRedis({ args: ["--requirepass", PASSWORD], ...(port !== undefined && { port }) });
  };
  beforeAll(async () => {
    await restart();
    store = await createRedisStore(`redis://:${PASSWORD}@127.0.0.1:${server.port}/0`);
  });
  afterAll(async () => {
    await store.close();
    await server.stop();
  });

  test("killed in the middle: what was running rejects with a sentence; started again, it works again", async () => {
    for (const round of [1, 2]) {
      const commands = Array.from({ length: 500 }, async (_, at) => {
        await increment(store);
        if (at === 0) server.child.kill("SIGKILL");
      });
      const outcomes = await Promise.allSettled(commands);
      const failures = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
      expect(failures.length).toBeGreaterThan(0);
      for (const failure of failures) {
        expect(failure).toBeInstanceOf(StoreUnavailable);
        expect(String(failure)).toContain(`The Redis at redis://127.0.0.1:${server.port}/0 is away (`);
        expect(String(failure)).toContain("start it again, latch connects to it by itself.");
        expect(shown(failure)).not.toContain(PASSWORD);
      }
      await server.stop();
      await expect(store.ping()).rejects.toThrow(StoreUnavailable);
      await expect(store.replace("w", { k: { n: 1 } })).rejects.toThrow(StoreUnavailable);

      await restart(server.port);
      await vi.waitFor(() => store.ping(), { timeout: 30_000 });
      // It has forgotten everything, the script too; and nothing comes late from before.
      expect(await store.entries("w")).toEqual({});
      await increment(store);
      await increment(store);
      expect(await store.read("w", "k"), `round ${round}`).toEqual({ n: 2 });
    }
  });

  test("stopped, not dead: commands reject after the limit, and work again when it goes on", async () => {
    const impatient = await createRedisStore(`redis://:${PASSWORD}@127.0.0.1:${server.port}/0`, { limit: 500 });
    server.child.kill("SIGSTOP");
    await expect(impatient.ping()).rejects.toThrow(
      `The Redis at redis://127.0.0.1:${server.port}/0 did not do what it was asked (no answer within 500 ms)`,
    );
    await expect(impatient.entries("w")).rejects.toThrow(StoreUnavailable);
    server.child.kill("SIGCONT");
    await vi.waitFor(() => impatient.ping(), { timeout: 30_000 });
    await impatient.close();
  });

  test("close does not wait for a server that is away", async () => {
    const other = await startRedis();
    const closing = await createRedisStore(other.url);
    const running = Promise.allSettled(Array.from({ length: 20 }, () => increment(closing)));
    await other.stop();
    await Promise.all([closing.close(), running]);
    await expect(closing.ping()).rejects.toThrow("is closed");
  });
});

describe("a Redis that was never there", () => {
  const failureOf = async (url: string, limit?: number): Promise<string> => {
    const failure: unknown = await createRedisStore(url, limit === undefined ? {} : { limit }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LatchError);
    expect(shown(failure)).not.toContain(PASSWORD);
    return failure instanceof LatchError ? formatError(failure) : "";
  };

  test("nobody listens, or nobody answers", async () => {
    const silent = createServer().listen(0, "127.0.0.1");
    await once(silent, "listening");
    const address = silent.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const url = `redis://latch:${PASSWORD}@127.0.0.1:${port}`;
    expect(await failureOf(url, 100)).toBe(
      `The Redis at redis://latch@127.0.0.1:${port} cannot be used (no answer within 100 ms): see that it runs, and that the address, the user and the password are right.`,
    );
    silent.close();
    expect(await failureOf(url)).toContain(`The Redis at redis://latch@127.0.0.1:${port} cannot be used (ECONNREFUSED)`);
  });

  test.each([
    ["nonsense", 'The store "nonsense" is not an address: write it as redis://'],
    [`redis://user:${PASSWORD}@host:port`, 'The store "redis://…@host:port" is not an address'],
    [`redis://user:${PASSWORD}@a@host:99999`, 'The store "redis://…@host:99999" is not an address'],
    [`http://user:${PASSWORD}@host`, 'The store "http://…@host" is not a Redis'],
    [`redis://:${PASSWORD}@host/zero`, 'The store "redis://…@host/zero" names a database that is no number'],
    ["", 'The store "" is not an address'],
  ])("an address that is none: %s", async (url, sentence) => {
    expect(await failureOf(url)).toContain(sentence);
  });
});

import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRedisStore } from "../../mock/store/redis.ts";
import { StoreUnavailable } from "../../mock/store/types.ts";
import { MISSING, startRedis, type RedisServer } from "./redis-server.ts";
import { describeStore } from "./suite.ts";

describe.skipIf(MISSING)("a store in Redis", () => {
  let server: RedisServer;
  beforeAll(async () => void (server = await startRedis()));
  afterAll(() => server.stop());

  describeStore(() => createRedisStore(server.url, { prefix: "suite" }));

  test("what one writes another reads, and only one of them swaps", async () => {
    const [one, two] = await Promise.all([createRedisStore(server.url), createRedisStore(server.url)]);
    expect(one.local).toBe(false);
    await one.swap("w", "k", undefined, { n: 1 });
    const [mine, theirs] = [await one.read("w", "k"), await two.read("w", "k")];
    expect(theirs).toStrictEqual({ n: 1 });
    expect(await two.swap("w", "k", theirs, { n: 2 })).toBe(true);
    expect(await one.swap("w", "k", mine, { n: 3 })).toBe(false);
    expect(await two.entries("w")).toStrictEqual({ k: { n: 2 } });
    await Promise.all([one.close(), two.close()]);
  });

  test("prefixes keep mocks apart, and nothing else of the server is touched", async () => {
    const client = createClient({ url: server.url });
    await client.connect();
    await client.set("somebody", "else");
    const [red, blue] = await Promise.all([
      createRedisStore(server.url, { prefix: "red" }),
      createRedisStore(server.url, { prefix: "blue" }),
    ]);
    await red.replace("w", { k: { n: 1 } });
    expect(await blue.read("w", "k")).toBeUndefined();
    expect(await blue.worlds()).toEqual([]);
    expect(await client.hGet("red:w", "k")).toBe('{"n":1}');
    await red.replace("w");
    expect(await client.keys("red*")).toEqual([]);
    expect(await client.get("somebody")).toBe("else");
    await Promise.all([red.close(), blue.close(), client.close()]);
  });

  test("what is compared is the text that was read, whoever wrote it", async () => {
    const [client, store] = [createClient({ url: server.url }), await createRedisStore(server.url, { prefix: "text" })];
    await client.connect();
    await client.hSet("text:w", "k", '{ "b": 1e0,\n "a": "\\u0041" }');
    const seen = await store.read("w", "k");
    expect(seen).toStrictEqual({ b: 1, a: "A" });
    expect(await store.swap("w", "k", seen, { b: 2 })).toBe(true);
    await client.hSet("text:w", "torn", '{"a":');
    await expect(store.read("w", "torn")).rejects.toThrow(StoreUnavailable);
    await client.set("text:odd", "no hash");
    await expect(store.read("odd", "k")).rejects.toThrow(
      `The Redis at ${server.url} did not do what it was asked (WRONGTYPE Operation against a key holding the wrong kind of value): look at its log.`,
    );
    await Promise.all([store.close(), client.close()]);
  });

  test("close waits for what is running, and lets nothing in afterwards", async () => {
    const store = await createRedisStore(server.url, { prefix: "close" });
    const swaps = Array.from({ length: 200 }, (_, n) => store.swap("w", `k${n}`, undefined, { n }));
    const closed = Promise.all([store.close(), store.close()]);
    await expect(store.ping()).rejects.toThrow(`The store at ${server.url} is closed: open it again before you use it.`);
    expect(await Promise.all(swaps)).toEqual(swaps.map(() => true));
    await closed;
    await expect(store.read("w", "k0")).rejects.toThrow(StoreUnavailable);
  });
});

describe.skipIf(MISSING)("the address of a store", () => {
  const PASSWORD = "p@ss:w/rd";
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis({ args: ["--requirepass", "main-word", "--user", "latch", "on", `>${PASSWORD}`, "~*", "+@all"] });
  });
  afterAll(() => server.stop());

  const at = (credentials: string, path = ""): string => `redis://${credentials}127.0.0.1:${server.port}${path}`;

  test("user, password and database are used", async () => {
    const store = await createRedisStore(at(`latch:${encodeURIComponent(PASSWORD)}@`, "/3"));
    await store.replace("w", { k: { n: 1 } });
    const [third, first] = await Promise.all([createRedisStore(at(":main-word@", "/3")), createRedisStore(at(":main-word@"))]);
    expect(await third.read("w", "k")).toStrictEqual({ n: 1 });
    expect(await first.read("w", "k")).toBeUndefined();
    await Promise.all([store.close(), third.close(), first.close()]);
  });

  test.each([
    ["without credentials", "", "", "NOAUTH"],
    ["with a wrong password", "latch:secret-word@", "", "WRONGPASS"],
    ["with a database that is not there", ":main-word@", "/99", "ERR DB index is out of range"],
  ])("refused %s: a sentence, without the password", async (_, credentials, path, reason) => {
    const failure = await createRedisStore(at(credentials, path)).catch(String);
    expect(failure).toContain(reason);
    expect(failure).toContain(`127.0.0.1:${server.port}`);
    expect(failure).not.toMatch(/secret-word|main-word/);
  });
});

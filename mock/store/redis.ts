/**
 * State in a Redis that several processes share: the Node door, loaded only where it is asked for. Each world is a hash
 * `<prefix>:<world>` (field: key, value: the entry as JSON text), and `<prefix>` is the set of the worlds that hold anything. What was read
 * is compared as text, exactly as it came.
 */
import { LatchError } from "../../scripts/errors.ts";
import { openGate, reasonOf, within } from "./gate.ts";
import { nameOfRedis } from "./redis-url.ts";
import type { Entry, Store } from "./types.ts";

export interface RedisStoreOptions {
  /** In front of every key: two mocks with different prefixes do not see each other. */
  prefix?: string;
  /** Milliseconds after which the server is taken to be away, when connecting and for every answer. */
  limit?: number;
}

/** An entry that is not there is "", which no JSON is. An empty hash is gone by itself. */
const SWAP = `
local was = redis.call("HGET", KEYS[1], ARGV[1])
if (was or "") ~= ARGV[2] then return 0 end
if ARGV[3] == "" then
  redis.call("HDEL", KEYS[1], ARGV[1])
  if redis.call("EXISTS", KEYS[1]) == 0 then redis.call("SREM", KEYS[2], ARGV[4]) end
  return 1
end
redis.call("HSET", KEYS[1], ARGV[1], ARGV[3])
if not was then redis.call("SADD", KEYS[2], ARGV[4]) end
return 1`;

const LONGEST_PAUSE = 1_000;
const backoff = (retries: number): number => Math.min(50 * 2 ** Math.min(retries, 10), LONGEST_PAUSE) * (0.5 + Math.random() / 2);

async function loadRedis() {
  try {
    return await import("redis");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")) throw error;
    throw new LatchError("A store in Redis needs the package redis, which is not installed", "run npm install redis@6.3.1");
  }
}

/** A client that is connected, and the last thing that went wrong with it. */
async function connect(url: string, name: string, limit: number) {
  const { createClient, defineScript, RESP_TYPES } = await loadRedis();
  const swap = defineScript({
    SCRIPT: SWAP,
    NUMBER_OF_KEYS: 2,
    parseCommand(parser, hash: string, worlds: string, rest: string[]) {
      parser.pushKeys([hash, worlds]);
      parser.push(...rest);
    },
    transformReply: (reply: number) => reply === 1,
  });
  let [reached, trouble]: [boolean, unknown] = [false, undefined];
  const client = createClient({
    url,
    scripts: { swap },
    // What waits in a queue for the server to come back might be carried out long after its caller was told that it failed.
    disableOfflineQueue: true,
    // The library's limit ends when a command is sent; the gate's does not.
    commandOptions: { timeout: 0 },
    maintNotifications: "disabled",
    socket: { connectTimeout: limit, reconnectStrategy: (retries) => reached && backoff(retries) },
  });
  client.on("error", (error: unknown) => (trouble = error));
  try {
    await within(limit, client.connect());
  } catch (error) {
    client.destroy();
    const what = `The Redis at ${name} cannot be used (${reasonOf(error)})`;
    throw new LatchError(what, "see that it runs, and that the address, the user and the password are right");
  }
  reached = true;
  // As an object, a hash would come without its field "__proto__".
  return { client, hashes: client.withTypeMapping({ [RESP_TYPES.MAP]: Map }), trouble: () => trouble };
}

/**
 * A store in the Redis at this address, connected. Where the connection is lost it is made again, first after some 50 ms, later every
 * second; until then every command rejects at once.
 * @param url `redis://user:password@host:port/database`, or `rediss://` with TLS
 * @returns a store whose methods reject with StoreUnavailable, at the latest after the limit; a `swap` or `replace` that was cut off may have
 *   been carried out
 * @throws LatchError when the package is not installed, the address is none, or the server cannot be reached or refuses
 */
export async function createRedisStore(url: string, { prefix = "latch", limit = 5_000 }: RedisStoreOptions = {}): Promise<Store> {
  const name = nameOfRedis(url);
  const { client, hashes, trouble } = await connect(url, name, limit);
  const { run, close } = openGate({ name, limit, ready: () => client.isReady, trouble });
  const hashOf = (world: string): string => `${prefix}:${world}`;
  /** The text there of each entry that was read or written here. */
  const texts = new WeakMap<Entry, string>();
  const entryOf = (text: string): Entry => {
    const entry: Entry = JSON.parse(text);
    texts.set(entry, text);
    return entry;
  };

  return {
    local: false,

    read: (world, key) =>
      run(async () => {
        const text = await client.hGet(hashOf(world), key);
        return text === null ? undefined : entryOf(text);
      }),

    swap: (world, key, seen, next) =>
      run(async () => {
        const [was, text] = [seen === undefined ? "" : texts.get(seen), next === undefined ? "" : JSON.stringify(next)];
        // Not from here, so it is not what is there.
        if (was === undefined) return false;
        const written = await client.swap(hashOf(world), prefix, [key, was, text, world]);
        if (written && next !== undefined) texts.set(next, text);
        return written;
      }),

    entries: (world) =>
      run(async () => Object.fromEntries([...(await hashes.hGetAll(hashOf(world)))].map(([key, text]) => [key, entryOf(text)]))),

    replace: (world, entries = {}) =>
      run(async () => {
        const fields = Object.entries(entries).map(([key, entry]): [string, string] => [key, JSON.stringify(entry)]);
        const emptied = client.multi().del(hashOf(world));
        await (fields.length === 0 ? emptied.sRem(prefix, world) : emptied.hSet(hashOf(world), fields).sAdd(prefix, world)).exec();
      }),

    worlds: () => run(() => client.sMembers(prefix)),
    ping: () => run(async () => void (await client.ping())),
    close: () => close(() => client.destroy()),
  };
}

/** A lease from its beginning to its end: taking, waiting, keeping alive, giving back. */
import { describe, expect, test } from "vitest";
import { lease } from "../../runtime/lease.ts";
import { LockError } from "../../runtime/lock-error.ts";
import type { Sleep } from "../../runtime/types.ts";
import { failure, start, write } from "./box.ts";
import { MINUTE, NOON } from "./clock.ts";

test("the lock is there inside the block and gone behind it", async () => {
  const { clock, box, quick } = start();
  const lockable = box.lock();
  {
    await using lock = await lease(lockable, quick);
    expect(lock.held).toBe(true);
    expect(lock.signal.aborted).toBe(false);
    expect(await write(lock.client, lock.signal)).toBe(200);
    expect(await lockable.holder?.()).toBe("self");
    expect(await box.lock().holder?.()).toBe("another");
  }
  expect(await lockable.isLocked()).toBe(false);
  expect(await lockable.holder?.()).toBeUndefined();
  expect(clock.sleepers).toBe(0);
});

test("the function gives what its body gives, and the lock is gone when it throws", async () => {
  const { box, quick } = start();
  const lockable = box.lock();
  expect(await lease(lockable, quick, async (lock) => [await write(lock.client), await lockable.isLocked()])).toEqual([200, true]);
  expect(await lockable.isLocked()).toBe(false);
  const mistake = new Error("a mistake of the body");
  const seen: boolean[] = [];
  const ended = lease(lockable, quick, async () => {
    seen.push(await lockable.isLocked());
    throw mistake;
  });
  expect(await failure(ended)).toBe(mistake);
  expect(seen).toEqual([true]);
  expect(await lockable.isLocked()).toBe(false);
});

describe("somebody else's lock", () => {
  test("is waited for, with pauses by chance below 0.5, 1, 2, 4 … 15 s", async () => {
    const { clock, box, quick } = start();
    const other = box.lock();
    await other.lock();
    const pauses: number[] = [];
    const sleep: Sleep = (milliseconds, signal) => (pauses.push(milliseconds), clock.sleep(milliseconds, signal));
    const taken = lease(box.lock(), { ...quick, sleep, random: () => 0.5 });
    await clock.advance(20_000);
    expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 7500, 7500]);
    await other.unlock();
    const lock = await clock.settle(taken);
    expect(lock.held).toBe(true);
    await lock.release();
  });

  test("is not waited for beyond the deadline", async () => {
    const { clock, box, quick } = start();
    await box.lock().lock();
    const refused = await clock.settle(failure(lease(box.lock(), { ...quick, deadline: 5000 })));
    expect(refused).toBeInstanceOf(LockError);
    expect(refused).toMatchObject({ vendor: "oracle", reason: "busy", status: 423 });
    // The last try had a tenth of the time for itself.
    expect(clock.now()).toBe(NOON + 4500);
    expect(clock.sleepers).toBe(0);
  });

  test("is tried once with a deadline of 0", async () => {
    const { clock, box, quick } = start();
    await box.lock().lock();
    expect(await failure(lease(box.lock(), { ...quick, deadline: 0 }))).toMatchObject({ reason: "busy" });
    expect(box.sent.filter(({ line }) => line.endsWith("/lock"))).toHaveLength(2);
    expect(clock.now()).toBe(NOON);
  });

  test("is not waited for by who gives up", async () => {
    const { clock, box, quick } = start();
    await box.lock().lock();
    const going = new AbortController();
    const refused = failure(lease(box.lock(), { ...quick, signal: going.signal }));
    await clock.advance(1000);
    const enough = new Error("enough");
    going.abort(enough);
    expect(await refused).toBe(enough);
    expect(await failure(lease(box.lock(), { ...quick, signal: going.signal }))).toBe(enough);
    expect(clock.sleepers).toBe(0);
  });

  test("ends when its holder is gone for ten minutes", async () => {
    const { clock, box, quick } = start();
    await box.lock().lock();
    const lock = await clock.settle(lease(box.lock(), { ...quick, deadline: 11 * MINUTE }));
    expect(clock.now()).toBeGreaterThanOrEqual(NOON + 10 * MINUTE);
    await lock.release();
  });
});

test("a lock that this program holds itself is not said to be somebody else's", async () => {
  const { clock, box, quick } = start();
  const client = box.client();
  await using lock = await lease(box.lock(client), quick);
  const refused = await clock.settle(failure(lease(box.lock(client), { ...quick, deadline: 5000 })));
  expect(refused).toMatchObject({ reason: "busy", status: undefined, message: expect.stringContaining("Another lease of this program") });
  expect(lock.held).toBe(true);
});

test("two leases of one client, which the box cannot tell apart, wait for each other", async () => {
  const { clock, box, quick } = start();
  const client = box.client();
  let inside = 0;
  const most: number[] = [];
  const work = (): Promise<void> =>
    lease(box.lock(client), quick, async (lock) => {
      most.push((inside += 1));
      await write(lock.client);
      await clock.sleep(3000);
      inside -= 1;
    });
  await clock.settle(Promise.all([work(), work(), work()]));
  expect(most).toEqual([1, 1, 1]);
  expect(await box.lock().isLocked()).toBe(false);
});

test("trouble that passes is waited for as long as the vendor says", async () => {
  const { clock, box, quick } = start();
  const answers: Record<string, string>[] = [{ "Retry-After": "7" }, {}];
  const fetch: typeof box.fetch = async (request) => {
    const headers = request.url.endsWith("/lock") ? answers.shift() : undefined;
    return headers ? new Response(null, { status: 503, headers }) : box.fetch(request);
  };
  const lock = await clock.settle(lease(box.lock(box.client({ fetch })), { ...quick, random: () => 0 }));
  expect(clock.now()).toBe(NOON + 7000 + 1000);
  await lock.release();
  expect(await box.lock().isLocked()).toBe(false);
});

test("a refusal is thrown at once, and nothing is undone that was not done", async () => {
  const { box, quick } = start();
  const refused = await failure(lease(box.lock(box.client({ username: "viewer" })), quick));
  expect(refused).toMatchObject({ name: "LockError", reason: "refused", status: 403 });
  expect(box.sent.map(({ line }) => line.split("/").at(-1))).toEqual(["token", "lock"]);
});

describe("nobody knows whether the lock was taken:", () => {
  test("the answer is lost, so it is given back", async () => {
    const { box, quick } = start();
    box.lose("/lock");
    const lockable = box.lock();
    expect(await failure(lease(lockable, quick))).toMatchObject({ message: "fetch failed: the answer was lost" });
    expect(await lockable.isLocked()).toBe(false);
    expect(await lease(lockable, quick, async () => "free again")).toBe("free again");
  });

  test("who waits gives up while the box says yes, so it is given back", async () => {
    const { box, quick } = start();
    const going = new AbortController();
    const fetch: typeof box.fetch = async (request) => {
      const response = await box.fetch(request);
      if (request.url.endsWith("/lock")) going.abort(new Error("enough"));
      return response;
    };
    expect(await failure(lease(box.lock(box.client({ fetch })), { ...quick, signal: going.signal }))).toMatchObject({ message: "enough" });
    expect(await box.lock().isLocked()).toBe(false);
  });

  test("neither answer comes, so the token is let go, and the lock ends with it although the client works on", async () => {
    const { clock, box, quick } = start();
    box.lose("/lock");
    await box.fault({ call: "unlockConfiguration", drop: true, times: 1 });
    const client = box.client();
    expect(await failure(lease(box.lock(client), quick))).toMatchObject({ message: "fetch failed: the answer was lost" });
    for (let minute = 0; minute < 10; minute++) {
      expect(await box.lock().isLocked(), `after ${minute} minutes`).toBe(true);
      await write(client);
      await clock.advance(MINUTE);
    }
    expect(await box.lock().isLocked()).toBe(false);
  });

  test("a gateway gives up behind a box that said yes, so it is asked again, and has it", async () => {
    const { clock, box, quick } = start();
    let first = true;
    const fetch: typeof box.fetch = async (request) => {
      const response = await box.fetch(request);
      if (!first || !request.url.endsWith("/lock")) return response;
      first = false;
      return new Response(null, { status: 504 });
    };
    const lock = await clock.settle(lease(box.lock(box.client({ fetch })), quick));
    expect(await write(lock.client)).toBe(200);
    await lock.release();
  });
});

test("a lease is kept alive for as long as it lasts, and others are kept out", async () => {
  const { clock, box, quick } = start();
  const other = box.lock();
  const tokens = new Set<string | undefined>();
  await clock.settle(
    lease(box.lock(), quick, async (lock) => {
      for (let minute = 0; minute < 45; minute++) {
        await clock.sleep(MINUTE);
        expect(lock.held, `after ${minute} minutes`).toBe(true);
        tokens.add(lock.client.credentials?.current()?.token);
        if (minute % 15 === 7) expect(await write(lock.client, lock.signal)).toBe(200);
        if (minute % 10 === 3) expect((await other.lock()).outcome).toBe("busy");
      }
    }),
  );
  expect(tokens.size).toBe(9);
  expect(await other.isLocked()).toBe(false);
});

test("a renewal waits until no call is under way, and calls wait for a renewal", async () => {
  const { clock, box, quick } = start();
  let open = (): void => {};
  const door = new Promise<void>((resolve) => (open = resolve));
  let held = true;
  const fetch: typeof box.fetch = async (request) => {
    if (held && request.url.endsWith("/configElements")) await door;
    return box.fetch(request);
  };
  const lock = await lease(box.lock(box.client({ fetch })), quick);
  await clock.advance(4 * MINUTE + 50_000);
  const slow = write(lock.client);
  await clock.advance(MINUTE);
  const next = write(lock.client);
  await clock.advance(MINUTE);
  expect(box.sent.filter(({ line }) => line.endsWith("/token"))).toHaveLength(1);
  held = false;
  open();
  expect(await clock.settle(Promise.all([slow, next]))).toEqual([200, 200]);
  expect(box.sent.map(({ line }) => line.split("/").at(-1))).toEqual(["token", "lock", "configElements", "token", "configElements"]);
  await lock.release();
});

test("a call that hangs does not cost the lock: with two minutes left it is not waited for", async () => {
  const { clock, box, quick } = start();
  const fetch: typeof box.fetch = (request) => (request.url.endsWith("/configElements") ? new Promise(() => {}) : box.fetch(request));
  const lock = await lease(box.lock(box.client({ fetch })), quick);
  void write(lock.client);
  await clock.advance(30 * MINUTE);
  expect(lock.held).toBe(true);
  await lock.release();
  expect(await box.lock().isLocked()).toBe(false);
});

test("after its end a lease says so, and the client itself works on", async () => {
  const { box, quick } = start();
  const client = box.client();
  const lock = await lease(box.lock(client), quick);
  const { signal, client: own } = lock;
  await lock.release();
  await lock.release();
  expect(lock.held).toBe(false);
  expect(signal.reason).toMatchObject({ name: "LockError", reason: "over" });
  const before = box.sent.length;
  expect(await failure(write(own))).toMatchObject({ name: "LockError", reason: "over", vendor: "oracle" });
  expect(await failure(own.GET("/admin/asyncstatus"))).toMatchObject({ reason: "over" });
  expect(box.sent).toHaveLength(before);
  expect(await write(client)).toBe(423);
});

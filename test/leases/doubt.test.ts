/** Answers that say neither yes nor no: what a gateway in trouble passed on may have been done. */
import { describe, expect, test } from "vitest";
import { listConfigElements } from "../../generated/oracle-ecb/v1.1/client.ts";
import { lease } from "../../runtime/lease.ts";
import { withServerLock } from "../../runtime/server-lock.ts";
import { failure, slowWriter, start, write } from "./box.ts";
import { MINUTE, VirtualClock } from "./clock.ts";
import { samsungSubject } from "./subjects.ts";

describe("taking a lock", () => {
  test.each([500, 504])("that is answered %d and was taken is given back", async (status) => {
    const { clock, box, quick } = start();
    box.lose("/lock", 1000, status);
    expect(await clock.settle(failure(lease(box.lock(), { ...quick, deadline: 5000 })))).toMatchObject({ reason: "refused", status });
    expect(await box.lock().isLocked()).toBe(false);
  });

  test("of a server, answered 500 although it was done, is undone", async () => {
    const clock = new VirtualClock();
    const { world, lockable } = samsungSubject(clock);
    world.lose("/lock", 1, 500);
    const patience = { now: clock.now, sleep: clock.sleep };
    expect(await clock.settle(failure(withServerLock(lockable, async () => {}, patience)))).toMatchObject({
      reason: "refused",
      status: 500,
    });
    expect(await lockable.isLocked()).toBe(false);
  });
});

describe("a renewal", () => {
  test("that is answered 502 and was done moves the lock to a token that nobody has: found out", async () => {
    const { clock, box, quick } = start();
    const lock = await lease(box.lock(), quick);
    box.lose("/token", 1, 502);
    await clock.advance(6 * MINUTE);
    expect(lock.signal.reason).toMatchObject({ reason: "lost" });
  });

  /** A lease with a call under way that does not end. */
  async function busy(every?: number) {
    const { clock, box, quick } = start();
    const { client, open } = slowWriter(box);
    const lock = await lease(box.lock(client), { ...quick, ...(every !== undefined && { every }) });
    await clock.advance(5 * MINUTE - 1);
    const slow = write(lock.client);
    const tokens = (): number => box.sent.filter(({ line }) => line.endsWith("/token")).length;
    const end = async (): Promise<void> => {
      open();
      await slow;
      await lock.release();
    };
    return { clock, lock, tokens, end };
  }

  test("waits for a call under way, until two minutes are left of the token", async () => {
    const { clock, lock, tokens, end } = await busy();
    await clock.advance(3 * MINUTE - 1);
    expect(tokens()).toBe(1);
    await clock.advance(MINUTE);
    expect(tokens()).toBe(2);
    expect(lock.held).toBe(true);
    await end();
  });

  test("that another call waits for comes no later", async () => {
    const { clock, lock, tokens, end } = await busy();
    await clock.advance(MINUTE);
    const second = listConfigElements(lock.client, { query: { elementType: "session-group" } });
    await clock.advance(2 * MINUTE - 1);
    expect(tokens()).toBe(1);
    await clock.advance(MINUTE);
    expect(tokens()).toBe(2);
    await end();
    expect((await second).status).toBe(200);
  });

  test("that comes late does not wait at all", async () => {
    const { clock, lock, tokens, end } = await busy(8.5 * MINUTE);
    await clock.advance(3.5 * MINUTE);
    expect(tokens()).toBe(1);
    await clock.advance(1);
    expect(tokens()).toBe(2);
    await clock.advance(4 * MINUTE);
    expect(lock.held).toBe(true);
    await end();
  });
});

describe("giving a lock back", () => {
  test("after a 429, which did nothing: a lock that is gone then was lost before", async () => {
    const { clock, box, quick } = start();
    const lockable = box.lock();
    const lock = await lease(lockable, quick);
    await lockable.unlock();
    await box.fault({ call: "unlockConfiguration", status: "500", times: 1 });
    expect(await clock.settle(lock.release())).toBeUndefined();
    const again = await lease(lockable, quick);
    await lockable.unlock();
    box.lose("/unlock", 1, 429);
    expect(await clock.settle(failure(again.release()))).toMatchObject({ reason: "lost", status: 423 });
  });
});

test("a lease that cannot wait for the next look counts as lost", async () => {
  const { clock, box, quick } = start();
  const cause = new Error("no timers here");
  const lock = await lease(box.lock(), { ...quick, rest: () => Promise.reject(cause) });
  await clock.flush();
  expect(lock.held).toBe(false);
  expect(lock.signal.reason).toMatchObject({ reason: "lost", cause });
});

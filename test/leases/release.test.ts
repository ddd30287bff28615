/** Giving a lock back to a box that does not want to take it, and the two errors that may come of it. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { lease } from "../../runtime/lease.ts";
import { LockError } from "../../runtime/lock-error.ts";
import { scoped, suppressed } from "../../runtime/scoped.ts";
import { failure, start, write } from "./box.ts";
import { MINUTE, NOON } from "./clock.ts";

const LEFT = { name: "LockError", reason: "left", vendor: "oracle" };
const mistake = new Error("a mistake of the body");

afterEach(() => void vi.unstubAllGlobals());

test.each([
  ["in trouble twice", { status: "500", times: 2 }],
  ["cut off three times", { drop: true, times: 3 }],
])("a box that is %s is asked again", async (_, fault) => {
  const { clock, box, quick } = start();
  const lock = await lease(box.lock(), quick);
  await box.fault({ call: "unlockConfiguration", ...fault });
  await clock.settle(lock.release());
  expect(await box.lock().isLocked()).toBe(false);
});

test("a release whose answer is lost is a release", async () => {
  const { clock, box, quick } = start();
  const lock = await lease(box.lock(), quick);
  box.lose("/unlock");
  await clock.settle(lock.release());
  expect(box.sent.slice(-2).map(({ status }) => status)).toEqual([0, 423]);
  expect(await box.lock().isLocked()).toBe(false);
});

test("a release whose answer is lost is a release, though somebody else has the lock by now", async () => {
  const { clock, box, quick } = start();
  const lock = await lease(box.lock(), quick);
  box.lose("/unlock");
  const released = lock.release();
  await clock.flush();
  await box.lock().lock();
  await clock.settle(released);
  expect(await box.lock().isLocked()).toBe(true);
});

test("a box that stays in trouble is left within ten seconds, and the lock ends by itself although the client works on", async () => {
  const { clock, box, quick } = start();
  const client = box.client();
  const lock = await lease(box.lock(client), quick);
  await box.fault({ call: "unlockConfiguration", status: "500" });
  const error = await clock.settle(failure(lock.release()));
  expect(error).toMatchObject({ ...LEFT, status: 500, message: expect.stringContaining("PT10M") });
  expect(clock.now()).toBe(NOON + 9000);
  for (let minute = 0; minute < 9; minute++) {
    await clock.advance(MINUTE);
    expect(await write(client)).toBe(423);
    expect((await box.lock().lock()).outcome, `after ${minute + 1} minutes`).toBe("busy");
  }
  await clock.advance(MINUTE);
  expect((await box.lock().lock()).outcome).toBe("locked");
});

test("a refusal of the release is told at once", async () => {
  const { clock, box, quick } = start();
  const lock = await lease(box.lock(), quick);
  await box.fault({ call: "unlockConfiguration", status: "403" });
  expect(await failure(lock.release())).toMatchObject({ ...LEFT, status: 403, cause: { reason: "refused" } });
  expect(clock.now()).toBe(NOON);
});

describe("where the body fails and the release fails, both are told", () => {
  async function withUsing({ clock, box, quick }: ReturnType<typeof start>): Promise<void> {
    await using lock = await lease(box.lock(), { ...quick, within: 1000 });
    await box.fault({ call: "unlockConfiguration", drop: true });
    expect(lock.held).toBe(true);
    void clock.advance(5000);
    throw mistake;
  }
  async function withFunction({ clock, box, quick }: ReturnType<typeof start>): Promise<void> {
    await lease(box.lock(), { ...quick, within: 1000 }, async () => {
      await box.fault({ call: "unlockConfiguration", drop: true });
      void clock.advance(5000);
      throw mistake;
    });
  }

  test.each([
    ["await using", withUsing],
    ["a function", withFunction],
  ])("by %s", async (_, work) => {
    const error = await failure(work(start()));
    expect(error).toBeInstanceOf(SuppressedError);
    expect((error as SuppressedError).suppressed).toBe(mistake);
    expect((error as SuppressedError).error).toMatchObject(LEFT);
    expect((error as SuppressedError).error).toBeInstanceOf(LockError);
  });

  test("also where the platform has no SuppressedError", async () => {
    vi.stubGlobal("SuppressedError", undefined);
    const error = await failure(withFunction(start()));
    expect(error).toMatchObject({ name: "SuppressedError", suppressed: mistake, error: LEFT });
    expect(String(error)).toContain("a mistake of the body");
  });

  test("and where one of them fails, that one", async () => {
    const way = new Error("on the way out");
    const throws = (error: Error) => () => Promise.reject(error);
    const fine = async (): Promise<void> => {};
    expect(await failure(scoped(throws(mistake), fine))).toBe(mistake);
    expect(await failure(scoped(fine, throws(way)))).toBe(way);
    expect(await failure(scoped(throws(mistake), throws(way)))).toMatchObject({ suppressed: mistake, error: way });
    expect(suppressed(way, mistake).message).toBe("Error: a mistake of the body; and on the way out: Error: on the way out");
  });
});

test("the release does not wait for who asked to stop waiting for the lock", async () => {
  const { box, quick } = start();
  const going = new AbortController();
  const lock = await lease(box.lock(), { ...quick, signal: going.signal });
  going.abort();
  expect(lock.held).toBe(true);
  await lock.release();
  expect(await box.lock().isLocked()).toBe(false);
});

/** A lock that is lost is told before anything more is written with it, in whichever way it was lost. */
import { describe, expect, test } from "vitest";
import type { Client } from "../../generated/oracle-ecb/v1.1/client.ts";
import { lease, type Lease } from "../../runtime/lease.ts";
import type { LockError } from "../../runtime/lock-error.ts";
import { BASE, failure, slowWriter, start, write, type Box } from "./box.ts";
import { MINUTE, NOON } from "./clock.ts";

const LOST = { name: "LockError", reason: "lost", vendor: "oracle" };

/** The signal says why, nothing is sent any more, and the end of the lease does not ask the box. */
async function expectLost(lock: Lease<Client>, box: Box): Promise<void> {
  expect(lock.signal.reason).toMatchObject(LOST);
  expect(lock.held).toBe(false);
  const before = box.sent.length;
  expect(await failure(write(lock.client))).toBe(lock.signal.reason);
  expect(await failure(lock.client.POST("/configuration/unlock", {}))).toBe(lock.signal.reason);
  expect(await failure(lock.release())).toBe(lock.signal.reason);
  expect(box.sent).toHaveLength(before);
}

describe("renewals that fail until the token ends", () => {
  const broken = (): never => {
    throw new TypeError("fetch failed");
  };
  test.each([
    ["a broken connection", broken],
    ["a refusal", () => new Response(null, { status: 401 })],
    ["a box in trouble", () => new Response(null, { status: 500 })],
  ])("by %s: told at the minute, and somebody else has the lock no sooner", async (_, answer) => {
    const { clock, box, quick } = start();
    const fetch: Box["fetch"] = async (request) => (request.url.endsWith("/token") && clock.now() > NOON ? answer() : box.fetch(request));
    const lock = await lease(box.lock(box.client({ fetch })), quick);
    const { signal } = lock;
    let aborted = 0;
    signal.addEventListener("abort", () => (aborted = clock.now()));
    const next = lease(box.lock(), { ...quick, deadline: 30 * MINUTE });
    await clock.advance(10 * MINUTE - 1);
    expect(signal.aborted).toBe(false);
    const got = await clock.settle(next);
    expect(aborted).toBe(NOON + 10 * MINUTE);
    expect(clock.now()).toBeGreaterThanOrEqual(aborted);
    await expectLost(lock, box);
    await got.release();
  });

  test("even where nobody woke up to look: the next call is not sent", async () => {
    const { clock, box, quick } = start();
    const lock = await lease(box.lock(), { ...quick, rest: (_, signal) => clock.sleep(24 * 60 * MINUTE, signal) });
    await clock.advance(10 * MINUTE);
    const before = box.sent.length;
    expect(await failure(write(lock.client))).toMatchObject(LOST);
    expect(box.sent).toHaveLength(before);
    await expectLost(lock, box);
  });
});

describe("a renewal whose answer is lost", () => {
  test("moves the lock to a token that nobody has: found out with the next renewal", async () => {
    const { clock, box, quick } = start();
    const lock = await lease(box.lock(), quick);
    box.lose("/token");
    await clock.advance(5 * MINUTE);
    expect(lock.held).toBe(true);
    await clock.advance(MINUTE);
    await expectLost(lock, box);
    await clock.advance(10 * MINUTE);
    expect(await box.lock().isLocked()).toBe(false);
  });

  test("is found out by a call in between, before it is sent", async () => {
    const { clock, box, quick } = start();
    const lock = await lease(box.lock(), { ...quick, every: 20 * MINUTE });
    await clock.advance(5 * MINUTE);
    box.lose("/token");
    expect(await failure(write(lock.client))).toMatchObject(LOST);
    expect(box.sent.some(({ line }) => line.endsWith("/configElements"))).toBe(false);
    await expectLost(lock, box);
  });

  test("and never reached the box costs nothing", async () => {
    const { clock, box, quick } = start();
    const lock = await lease(box.lock(), quick);
    await box.fault({ call: "createToken", drop: true, times: 3 });
    await clock.advance(20 * MINUTE);
    expect(lock.held).toBe(true);
    expect(await write(lock.client)).toBe(200);
    await lock.release();
    expect(await box.lock().isLocked()).toBe(false);
  });

  test("and cannot be asked about is asked about again", async () => {
    const { clock, box, quick } = start();
    const lock = await lease(box.lock(), quick);
    box.lose("/token");
    await box.fault({ call: "lockConfiguration", status: "500", times: 2 });
    await clock.advance(6 * MINUTE);
    expect(lock.held).toBe(true);
    await clock.advance(MINUTE);
    await expectLost(lock, box);
  });
});

describe("the box says that the lock is somebody else's", () => {
  test.each([
    ["and has another holder", true],
    ["and nobody has it", false],
  ])("%s: told before the answer is", async (_, taken) => {
    const { box, quick } = start();
    const client = box.client();
    const lockable = box.lock(client);
    const lock = await lease(lockable, quick);
    await lockable.unlock();
    if (taken) await box.lock().lock();
    let aborted = false;
    lock.signal.addEventListener("abort", () => (aborted = true));
    expect(await write(lock.client)).toBe(423);
    expect(aborted).toBe(true);
    expect(lock.signal.reason).toMatchObject({ ...LOST, status: undefined });
    await expectLost(lock, box);
  });

  test.each([
    ["and has another holder", true],
    ["and nobody has it", false],
  ])("%s: to a method of openapi-fetch, which does not take it again", async (_, taken) => {
    const { box, quick } = start();
    const lockable = box.lock();
    const lock = await lease(lockable, quick);
    await lockable.unlock();
    if (taken) await box.lock().lock();
    const { response } = await lock.client.PUT("/configuration/management", { params: { query: { action: "save" } } });
    expect(response.status).toBe(423);
    await expectLost(lock, box);
  });

  test("when the lease is over", async () => {
    const { box, quick } = start();
    const lockable = box.lock();
    const lock = await lease(lockable, quick);
    await lockable.unlock();
    expect(await failure(lock.release())).toMatchObject({ ...LOST, status: 423 });
    await lock.release();
  });
});

test("a call that a renewal overtook is no loss: the box is asked", async () => {
  const { clock, box, quick } = start();
  const { client, open } = slowWriter(box);
  const lock = await lease(box.lock(client), quick);
  await clock.advance(5 * MINUTE - 1);
  const slow = write(lock.client);
  await clock.advance(1000);
  await client.credentials?.keepAlive();
  open();
  expect(await slow).toBe(423);
  expect(lock.held).toBe(true);
  expect(await write(lock.client)).toBe(200);
  await lock.release();
  expect(await box.lock().isLocked()).toBe(false);
});

test("a token that the box refuses has lost its lock, and no other one writes instead", async () => {
  const { box, quick } = start();
  const lock = await lease(box.lock(), quick);
  await box.fault({ call: "addConfigElement", status: "401", times: 1 });
  expect(await failure(write(lock.client))).toMatchObject(LOST);
  expect(box.sent.filter(({ line }) => line.endsWith("/configElements"))).toHaveLength(1);
  await expectLost(lock, box);
});

test("a client with a token of its own cannot renew it: ten minutes", async () => {
  const { clock, box, quick } = start();
  const headers = { Authorization: "Bearer EXAMPLE-TOKEN-OF-MY-OWN" };
  const { createClient } = await import("../../generated/oracle-ecb/v1.1/client.ts");
  const client = createClient({ baseUrl: BASE, headers, fetch: box.fetch, retry: false, now: clock.now });
  const lock = await lease(box.lock(client), quick);
  expect(await write(lock.client)).toBe(200);
  await clock.advance(10 * MINUTE - 1);
  expect(lock.held).toBe(true);
  await clock.advance(1);
  await expectLost(lock, box);
});

describe("who is told at the end", () => {
  /** Lost on the way, and only looked at as the body does. */
  async function block(look: (lock: Lease<Client>) => unknown): Promise<void> {
    const { clock, box, quick } = start();
    await using lock = await lease(box.lock(), quick);
    look(lock);
    await box.fault({ call: "createToken", drop: true });
    await clock.advance(11 * MINUTE);
  }

  test("whoever never looked", async () => {
    expect(await failure(block(() => {}))).toMatchObject(LOST);
  });

  test("nobody who has the signal: a second error would hide the first", async () => {
    await expect(block((lock) => lock.signal)).resolves.toBeUndefined();
  });

  test("the caller of a function that went on as if nothing had happened", async () => {
    const { clock, box, quick } = start();
    const signals: AbortSignal[] = [];
    const ended = lease(box.lock(), quick, async (lock) => {
      signals.push(lock.signal);
      await box.fault({ call: "createToken", drop: true });
      await clock.sleep(11 * MINUTE);
      return "done";
    });
    expect(await clock.settle(failure(ended))).toBe(signals[0]?.reason);
    expect(signals[0]?.reason).toMatchObject(LOST);
  });

  test("with the error of its own that a function ended with", async () => {
    const { clock, box, quick } = start();
    const ended = lease(box.lock(), quick, async (lock) => {
      await box.fault({ call: "createToken", drop: true });
      await clock.sleep(11 * MINUTE, lock.signal);
    });
    const error = (await clock.settle(failure(ended))) as LockError;
    expect(error).toMatchObject(LOST);
  });
});

/** A vendor that takes a request and never answers: nobody waits longer than they said. Timers are vitest's. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as samsung from "../../generated/samsung-virtualserver/v1.3/client.ts";
import { lease } from "../../runtime/lease.ts";
import { samsungServerLock } from "../../runtime/lockable-samsung.ts";
import { withServerLock } from "../../runtime/server-lock.ts";
import type { Fetch } from "../../runtime/types.ts";
import { boxes, failure } from "./box.ts";
import { VirtualClock } from "./clock.ts";

/** Heeds the signal, as `fetch` does. */
const hangs: Fetch = (request) =>
  new Promise((_, reject) => request.signal.addEventListener("abort", () => reject(request.signal.reason as Error)));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Milliseconds until a promise rejects, and with what. */
async function took(promise: Promise<unknown>): Promise<[milliseconds: number, error: unknown]> {
  const begin = Date.now();
  const ended = failure(promise).then((error): [number, unknown] => [Date.now() - begin, error]);
  await vi.runAllTimersAsync();
  return ended;
}

const box = () => boxes(new VirtualClock())();
const SILENT = { name: "LockError", reason: "silent", status: undefined };

describe("a box", () => {
  test.each([
    [100, 1100],
    [30_000, 31_000],
    [0, 6000],
  ])("with a deadline of %d ms a lease gives up, and waits a second to give back what it may have taken", async (deadline, end) => {
    const silent = box();
    const [time, error] = await took(lease(silent.lock(silent.client({ fetch: hangs })), { deadline, random: () => 1 }));
    expect(error).toMatchObject(SILENT);
    expect(time).toBe(end);
  });

  test("is not waited for by who gives up, but for that second", async () => {
    const silent = box();
    const signal = AbortSignal.abort();
    const going = new AbortController();
    setTimeout(() => going.abort(signal.reason), 200);
    expect(await took(lease(silent.lock(silent.client({ fetch: hangs })), { signal: going.signal }))).toEqual([1200, signal.reason]);
  });

  test("that stops answering is left when the time to release is over", async () => {
    const silent = box();
    let dead = false;
    const fetch: Fetch = (request) => (dead ? hangs(request) : silent.fetch(request));
    const lock = await lease(silent.lock(silent.client({ fetch })), { within: 1000 });
    dead = true;
    const [time, error] = await took(lock.release());
    expect(error).toMatchObject({ reason: "left" });
    expect(time).toBe(1000);
  });
});

test("a server: withServerLock gives up at its deadline", async () => {
  const client = samsung.createClient({ fetch: hangs, headers: { "Scp-Signature": "EXAMPLE" } });
  const lockable = samsungServerLock(client, { server_id: "2a9be312-5d4b-4bc8-b2ae-35100fa9241f" }, samsung);
  const [time, error] = await took(withServerLock(lockable, async () => {}, { deadline: 500 }));
  expect(error).toMatchObject({ name: "LockError", reason: "silent" });
  expect(time).toBe(500);
});

test("options that are undefined are options that are not given", async () => {
  const silent = box();
  const options: object = { deadline: undefined, first: undefined, random: undefined };
  expect((await took(lease(silent.lock(silent.client({ fetch: hangs })), options)))[0]).toBe(61_000);
});

/** Waiting that can be called off; the timers are turned by hand. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sleep } from "../../runtime/sleep.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

test("it ends when the time is over, and leaves no listener", async () => {
  const { signal } = new AbortController();
  const removed = vi.spyOn(signal, "removeEventListener");
  let over = false;
  const waiting = sleep(1000, signal).then(() => (over = true));
  await vi.advanceTimersByTimeAsync(999);
  expect(over).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await waiting;
  expect(removed).toHaveBeenCalledOnce();
});

test("it ends with the signal's reason, and leaves no timer", async () => {
  const abort = new AbortController();
  const waiting = sleep(1000, abort.signal);
  abort.abort(new Error("Enough."));
  await expect(waiting).rejects.toThrow("Enough.");
  await expect(sleep(1000, abort.signal)).rejects.toThrow("Enough.");
  expect(vi.getTimerCount()).toBe(0);
});

test("it needs no signal", async () => {
  const waiting = sleep(0);
  await vi.advanceTimersByTimeAsync(0);
  await expect(waiting).resolves.toBeUndefined();
});

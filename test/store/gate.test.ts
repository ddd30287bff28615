import { expect, test, vi } from "vitest";
import { openGate, reasonOf } from "../../mock/store/gate.ts";
import { StoreUnavailable } from "../../mock/store/types.ts";

const open = (ready: () => boolean, limit = 1_000, trouble: () => unknown = () => undefined) =>
  openGate({ name: "redis://h", limit, ready, trouble });

test("without a connection nothing is sent, and so nothing can be carried out later", async () => {
  const command = vi.fn(() => Promise.resolve("done"));
  const gate = open(
    () => false,
    1_000,
    () => new Error("connect ECONNREFUSED 127.0.0.1:1"),
  );
  await expect(gate.run(command)).rejects.toThrow(
    "The Redis at redis://h is away (connect ECONNREFUSED 127.0.0.1:1): start it again, latch connects to it by itself.",
  );
  expect(command).not.toHaveBeenCalled();
});

test("what comes too late is not waited for, however it ends", async () => {
  vi.useFakeTimers();
  try {
    const gate = open(() => true);
    let fail: (error: Error) => void = () => undefined;
    const outcome = gate.run(() => new Promise((_, reject) => (fail = reject))).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await outcome).toEqual(
      new StoreUnavailable("The Redis at redis://h did not do what it was asked (no answer within 1000 ms): look at its log."),
    );
    fail(new Error("too late"));
    expect(await gate.run(async () => "in time")).toBe("in time");
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test("the end comes once, after what is running", async () => {
  const gate = open(() => true);
  const end = vi.fn();
  let finish: (text: string) => void = () => undefined;
  const running = gate.run(() => new Promise<string>((resolve) => (finish = resolve)));
  const closed = Promise.all([gate.close(end), gate.close(end)]);
  await expect(gate.run(async () => "more")).rejects.toThrow("The store at redis://h is closed: open it again before you use it.");
  expect(end).not.toHaveBeenCalled();
  finish("done");
  expect(await running).toBe("done");
  await closed;
  expect(end).toHaveBeenCalledTimes(1);
});

test.each([
  [Object.assign(new AggregateError([]), { code: "ECONNREFUSED" }), "ECONNREFUSED"],
  [new Error("ERR something is wrong."), "ERR something is wrong"],
  [new RangeError(), "RangeError"],
  [undefined, "the connection was lost"],
])("the reason of %s", (error, reason) => {
  expect(reasonOf(error)).toBe(reason);
});

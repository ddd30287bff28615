/** The waiting itself: how often, how long, and what ends it. */
import { describe, expect, onTestFinished, test, vi } from "vitest";
import * as samsung from "../../generated/samsung-virtualserver/v1.3/client.ts";
import { waitForState } from "../../runtime/wait-samsung.ts";
import { poll, waitForStatus, type WaitOptions } from "../../runtime/wait.ts";
import { failure } from "./box.ts";
import { NOON } from "./clock.ts";
import { SERVER, answers, startSamsung } from "./waiting.ts";

const never = (): undefined => undefined;

describe("the waiting itself", () => {
  test("comes back after 1 s, then half as long again each time, up to 15 s, for ten minutes less the last five seconds", async () => {
    const { clock, read, asked, patience } = answers({});
    expect(await clock.settle(poll(read, never, patience))).toMatchObject({ outcome: "deadline", result: { status: 200 } });
    const pauses = asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
    expect(pauses.slice(0, 9)).toEqual([1000, 1500, 2250, 3375, 5062.5, 7593.75, 11_390.625, 15_000, 15_000]);
    expect(asked.at(-1)).toBe(595_000);
    expect(clock.sleepers).toBe(0);
  });

  test("leaves a quarter of each pause to chance, and all of it with a jitter of 1", async () => {
    for (const [jitter, least] of [
      [{}, 750],
      [{ jitter: 1 }, 0],
      [{ jitter: 0 }, 1000],
    ] as const) {
      const { clock, read, asked, patience } = answers({}, {}, 404);
      await clock.settle(poll(read, never, { ...patience, factor: 1, ...jitter, random: () => 1 }));
      expect(asked).toEqual([0, least, 2 * least]);
    }
  });

  test("goes by numbers of one's own", async () => {
    const { clock, read, asked, patience } = answers({});
    await clock.settle(poll(read, never, { ...patience, first: 10, factor: 3, cap: 100, deadline: 350 }));
    expect(asked).toEqual([0, 10, 40, 130, 230, 315]);
  });

  test("reads once with a deadline of 0", async () => {
    const { clock, read, asked, patience } = answers({});
    expect(await clock.settle(poll(read, never, { ...patience, deadline: 0 }))).toMatchObject({ outcome: "deadline" });
    expect(asked).toEqual([0]);
  });

  test.each([
    [100, 100],
    [20_000, 20_000],
    [0, 5000],
  ])("gives up what is still under way: a deadline of %d ms ends a reading that hangs after %d ms", async (deadline, end) => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    let over: unknown;
    void poll(() => new Promise<never>(() => {}), never, { deadline }).then((outcome) => (over = outcome));
    await vi.advanceTimersByTimeAsync(end - 1);
    expect(over).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(over).toEqual({ outcome: "deadline", result: undefined });
  });

  test("goes on through 429, 502, 503 and 504, as long as Retry-After says", async () => {
    const { clock, read, asked, patience } = answers([503, { "Retry-After": "20" }], 429, 502, 504, { state: "there" });
    const done = waitForStatus(read, (data) => "state" in Object(data), { ...patience, cap: 1000 });
    expect(await clock.settle(done)).toMatchObject({ outcome: "done", value: { state: "there" } });
    expect(asked).toEqual([0, 20_000, 21_000, 22_000, 23_000]);
  });

  test("does not wait for a Retry-After beyond its deadline", async () => {
    const { clock, read, patience } = answers([429, { "Retry-After": "3600" }]);
    expect(await clock.settle(poll(read, never, patience))).toMatchObject({ outcome: "deadline", result: { status: 429 } });
    expect(clock.now()).toBe(NOON);
  });

  test.each([400, 401, 403, 404, 409, 423, 500, 501])("ends at %d", async (status) => {
    const { clock, read, asked, patience } = answers({}, status);
    const ended = await clock.settle(waitForStatus(read, () => false, patience));
    expect(ended).toMatchObject({ outcome: "refused", result: { status } });
    expect(asked).toHaveLength(2);
  });

  test("throws what a reading throws, and what it is told to end with", async () => {
    const mistake = new Error("no network");
    expect(await failure(poll(() => Promise.reject(mistake), never))).toBe(mistake);
    const { clock, read, patience } = answers({});
    const going = new AbortController();
    const waiting = failure(poll(read, never, { ...patience, signal: going.signal }));
    await clock.advance(3000);
    going.abort(mistake);
    expect(await waiting).toBe(mistake);
    expect(clock.sleepers).toBe(0);
    expect(await failure(poll(read, never, { ...patience, signal: going.signal }))).toBe(mistake);
  });

  test("hands a signal to each reading, which ends with the caller's", async () => {
    const going = new AbortController();
    const mistake = new Error("enough");
    const signals: (AbortSignal | undefined)[] = [];
    const hanging = ({ signal }: { signal?: AbortSignal }): Promise<never> => {
      signals.push(signal);
      return new Promise(() => {});
    };
    const waiting = failure(poll(hanging, never, { signal: going.signal }));
    going.abort(mistake);
    expect(await waiting).toBe(mistake);
    expect(signals.map((signal) => signal?.reason)).toEqual([mistake]);
  });

  test("tells of every reading, the last one included", async () => {
    const { clock, world, client, read, patience } = startSamsung();
    const told: [number, number, number][] = [];
    const progress: WaitOptions<samsung.ShowServerResult>["progress"] = ({ status }, { readings, elapsed }) =>
      void told.push([status, readings, elapsed]);
    await samsung.stopServer(client, SERVER);
    await world.fault({ call: "showServer", status: "503", times: 1 });
    await clock.settle(waitForState(read, "SHUTOFF", { ...patience, first: 2000, progress }));
    expect(told).toEqual([
      [503, 1, 0],
      [200, 2, 2000],
      [200, 3, 5000],
    ]);
    const mistake = new Error("a mistake of the listener");
    const loud = (): never => {
      throw mistake;
    };
    expect(await failure(waitForState(read, "SHUTOFF", { ...patience, progress: loud }))).toBe(mistake);
  });
});

/** A server locked or unlocked for the length of a function, and brought back, whatever happens in between. */
import { describe, expect, test } from "vitest";
import type { ServerLockable } from "../../runtime/lockable.ts";
import { withServerLock, withServerUnlocked } from "../../runtime/server-lock.ts";
import { failure } from "./box.ts";
import { NOON, VirtualClock } from "./clock.ts";
import { huaweiSubject, samsungSubject, type ServerSubject } from "./subjects.ts";

const mistake = new Error("a mistake of the body");

interface Start extends ServerSubject {
  clock: VirtualClock;
  patience: { now: VirtualClock["now"]; sleep: VirtualClock["sleep"] };
}

function startWith(make: (clock: VirtualClock) => ServerSubject): Start {
  const clock = new VirtualClock();
  return { clock, patience: { now: clock.now, sleep: clock.sleep }, ...make(clock) };
}
const start = (): Start => startWith(samsungSubject);

/** The calls that were sent, by their last word. */
const words = ({ world }: Start): string[] => world.sent.map(({ line }) => line.split("/").at(-1) ?? "");

/** A door that the test opens. */
function gate(): { open: () => void; passed: Promise<void> } {
  let open = (): void => {};
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { open, passed };
}

const bring = (lockable: ServerLockable, locked: boolean): Promise<unknown> => (locked ? lockable.lock() : lockable.unlock());

describe.each([
  ["Samsung", samsungSubject],
  ["Huawei", (clock: VirtualClock) => huaweiSubject(clock, { byOwner: true })],
])("%s", (_, make) => {
  const cases = [true, false].flatMap((locked) =>
    [true, false].flatMap((before) => [true, false].map((fails) => [locked, before, fails] as const)),
  );
  test.each(cases)("locked for the body: %s, before it: %s, the body fails: %s", async (locked, before, fails) => {
    const { lockable, patience } = startWith(make);
    await bring(lockable, before);
    const within: boolean[] = [];
    const body = async (): Promise<string> => {
      within.push(await lockable.isLocked());
      if (fails) throw mistake;
      return "done";
    };
    const work = locked ? withServerLock(lockable, body, patience) : withServerUnlocked(lockable, body, patience);
    expect(await (fails ? failure(work) : work)).toBe(fails ? mistake : "done");
    expect(within).toEqual([locked]);
    expect(await lockable.isLocked()).toBe(before);
  });
});

test("a server that is as it should be is not touched", async () => {
  const one = start();
  await one.lockable.lock();
  one.world.sent.length = 0;
  await withServerLock(one.lockable, async () => {}, one.patience);
  expect(one.world.sent.map(({ line }) => line)).toEqual([expect.stringMatching(/^GET /)]);
});

describe("at once, through one lockable", () => {
  test("the first one in locks, the last one out unlocks, in whichever order they leave", async () => {
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      const one = start();
      const doors = [gate(), gate(), gate()];
      const works = doors.map(({ passed }) => withServerLock(one.lockable, () => passed, one.patience));
      await one.clock.flush();
      for (const index of order) {
        expect(await one.lockable.isLocked()).toBe(true);
        doors[index]?.open();
        await works[index];
      }
      expect(await one.lockable.isLocked()).toBe(false);
      expect(words(one).filter((word) => word === "lock" || word === "unlock")).toEqual(["lock", "unlock"]);
    }
  });

  test("unlocked inside locked: locked again behind it, unlocked at the end", async () => {
    const { lockable, patience } = start();
    const seen: boolean[] = [];
    const look = async (): Promise<void> => void seen.push(await lockable.isLocked());
    await withServerLock(
      lockable,
      async () => {
        await look();
        await withServerUnlocked(lockable, look, patience);
        await look();
        await withServerLock(lockable, look, patience);
        await look();
      },
      patience,
    );
    await look();
    expect(seen).toEqual([true, false, true, true, true, false]);
  });

  test.each([true, false])("two that want the opposite: the last one out brings back what was there (locked: %s)", async (before) => {
    for (const first of [0, 1]) {
      const { clock, lockable, patience } = start();
      await bring(lockable, before);
      const doors = [gate(), gate()];
      const works = [
        withServerLock(lockable, async () => doors[0]?.passed, patience),
        withServerUnlocked(lockable, async () => doors[1]?.passed, patience),
      ];
      await clock.flush();
      for (const index of [first, 1 - first]) {
        doors[index]?.open();
        await works[index];
      }
      expect(await lockable.isLocked()).toBe(before);
    }
  });

  test("one that was refused does not count", async () => {
    const { world, lockable, patience } = start();
    await world.fault({ call: "lockServer", status: "403", times: 1 });
    const works = [withServerLock(lockable, async () => "first", patience), withServerLock(lockable, async () => "second", patience)];
    const [refused, done] = await Promise.allSettled(works);
    expect(refused).toMatchObject({ status: "rejected", reason: { name: "LockError", reason: "refused", status: 403 } });
    expect(done).toEqual({ status: "fulfilled", value: "second" });
    expect(await lockable.isLocked()).toBe(false);
  });
});

test("through two lockables, as from two programs, the first one out unlocks under the other", async () => {
  const { clock, lockable, other, patience } = start();
  const doors = [gate(), gate()];
  const first = withServerLock(lockable, async () => doors[0]?.passed, patience);
  await clock.flush();
  const second = withServerLock(other, async () => doors[1]?.passed, patience);
  await clock.flush();
  doors[0]?.open();
  await first;
  expect(await lockable.isLocked()).toBe(false);
  doors[1]?.open();
  await second;
});

describe("trouble", () => {
  test.each([
    ["lockServer", "503"],
    ["unlockServer", "429"],
    ["showServer", "504"],
  ])("of %s with %s passes", async (call, status) => {
    const { clock, world, lockable, patience } = start();
    const inside = withServerLock(lockable, async () => world.fault({ call, status, times: 2 }), patience);
    await clock.settle(inside);
    if (call === "lockServer") await clock.settle(withServerLock(lockable, async () => {}, patience));
    expect(world.sent.filter((sent) => String(sent.status) === status)).toHaveLength(2);
    expect(await lockable.isLocked()).toBe(false);
  });

  test("of the first look passes, and what does not pass is thrown", async () => {
    const { clock, world, lockable, patience } = start();
    await world.fault({ call: "showServer", status: "503", times: 2 });
    expect(await clock.settle(withServerLock(lockable, () => lockable.isLocked(), patience))).toBe(true);
    await world.fault({ call: "showServer", status: "502" });
    const error = await clock.settle(failure(withServerLock(lockable, async () => {}, patience)));
    expect(error).toMatchObject({ name: "LockError", reason: "refused", status: 502 });
    expect(world.sent.filter(({ line }) => line.endsWith("/lock"))).toHaveLength(1);
  });

  test("an answer that is lost on the way in is asked for again", async () => {
    const { clock, world, lockable, patience } = start();
    world.lose("/lock");
    expect(await clock.settle(withServerLock(lockable, () => lockable.isLocked(), patience))).toBe(true);
    expect(await lockable.isLocked()).toBe(false);
  });

  test("that stays on the way in: the body does not run, and the server is brought back", async () => {
    const { clock, world, lockable, patience } = start();
    world.lose("/lock", 1000);
    let ran = false;
    const error = await clock.settle(failure(withServerLock(lockable, async () => void (ran = true), patience)));
    expect(error).toMatchObject({ message: "fetch failed: the answer was lost" });
    expect(ran).toBe(false);
    expect(clock.now()).toBe(NOON + 27_000);
    expect(await lockable.isLocked()).toBe(false);
  });

  test("that stays on the way out: the server is still unlocked, and it is said so", async () => {
    const { clock, world, lockable, patience } = start();
    await lockable.lock();
    const work = (error?: Error): Promise<void> =>
      withServerUnlocked(
        lockable,
        async () => {
          await world.fault({ call: "lockServer", status: "503" });
          if (error) throw error;
        },
        { ...patience, deadline: 5000 },
      );
    expect(await clock.settle(failure(work()))).toMatchObject({
      name: "LockError",
      reason: "left",
      status: 503,
      message: "The lock of one server could not be set again: do it by hand.",
    });
    expect(await lockable.isLocked()).toBe(false);
  });

  test("of the body and on the way out: both", async () => {
    const { clock, world, lockable, patience } = start();
    const work = withServerLock(
      lockable,
      async () => {
        await world.fault({ call: "unlockServer", drop: true });
        throw mistake;
      },
      { ...patience, deadline: 5000 },
    );
    const error = await clock.settle(failure(work));
    expect(error).toBeInstanceOf(SuppressedError);
    expect(error).toMatchObject({ suppressed: mistake, error: { name: "LockError", reason: "left" } });
  });
});

describe("giving up", () => {
  test("while the lock is taken: the body does not run, and the server is brought back", async () => {
    const { world, clock, lockable, patience } = start();
    const going = new AbortController();
    const enough = new Error("enough");
    await world.fault({ call: "lockServer", status: "503" });
    let ran = false;
    const work = failure(withServerLock(lockable, async () => void (ran = true), { ...patience, signal: going.signal }));
    await clock.advance(1000);
    going.abort(enough);
    expect(await clock.settle(work)).toBe(enough);
    expect(ran).toBe(false);
    expect(await lockable.isLocked()).toBe(false);
    expect(clock.sleepers).toBe(0);
  });

  test("before it began: nothing is sent", async () => {
    const one = start();
    const enough = new Error("enough");
    const options = { ...one.patience, signal: AbortSignal.abort(enough) };
    expect(await failure(withServerLock(one.lockable, async () => {}, options))).toBe(enough);
    expect(one.world.sent).toEqual([]);
  });

  test("in the body, which has the signal: the server is brought back when it has ended", async () => {
    const { clock, lockable, patience } = start();
    const going = new AbortController();
    const enough = new Error("enough");
    const work = failure(withServerLock(lockable, (signal) => clock.sleep(60_000, signal), { ...patience, signal: going.signal }));
    await clock.advance(1000);
    expect(await lockable.isLocked()).toBe(true);
    going.abort(enough);
    expect(await clock.settle(work)).toBe(enough);
    expect(await lockable.isLocked()).toBe(false);
  });
});

test("a server that the body deletes needs no lock again", async () => {
  const { clock, world, lockable, patience } = start();
  const { createClient, deleteServer } = await import("../../generated/samsung-virtualserver/v1.3/client.ts");
  const headers = { "Scp-Accesskey": "FIRST", "Scp-Signature": "EXAMPLE", "Scp-Timestamp": String(NOON), "Scp-ClientType": "Openapi" };
  const client = createClient({ fetch: world.fetch, headers, now: clock.now });
  await lockable.lock();
  const remove = async (): Promise<number> => {
    const { status } = await deleteServer(client, { server_id: "89c312bb-285a-4026-a237-d441908c2f9e" });
    await clock.advance(10_000);
    return status;
  };
  expect(await withServerUnlocked(lockable, remove, patience)).toBe(202);
});

test("an administrator's lock is not the owner's to take away", async () => {
  const { clock, lockable, other, patience } = startWith(huaweiSubject);
  await lockable.lock();
  const error = await clock.settle(failure(withServerUnlocked(other, async () => {}, patience)));
  expect(error).toMatchObject({ name: "LockError", reason: "busy", status: 403, vendor: "huawei" });
  expect(clock.now()).toBe(NOON);
  expect(await lockable.isLocked()).toBe(true);
});

test("a server whose flag lags is looked at until it shows the lock", async () => {
  const { clock, lockable, patience } = start();
  let reads = 0;
  const lagging: ServerLockable = { ...lockable, isLocked: async (options) => (reads += 1) > 3 && lockable.isLocked(options) };
  expect(await clock.settle(withServerLock(lagging, async () => reads, patience))).toBe(4);
});

/** What every lock does, whoever its vendor is: run on all three, and held against what its `facts` say. */
import { describe, expect, test } from "vitest";
import { LockError } from "../../runtime/lock-error.ts";
import type { LockOptions } from "../../runtime/lockable.ts";
import { failure } from "./box.ts";
import { MINUTE, VirtualClock } from "./clock.ts";
import type { Subject } from "./subjects.ts";

const DAY = 24 * 60 * MINUTE;

export function lockableSuite(name: string, make: (clock: VirtualClock) => Subject): void {
  const start = (): Subject & { clock: VirtualClock } => {
    const clock = new VirtualClock();
    return { clock, ...make(clock) };
  };

  describe(`the lock of ${name}`, () => {
    test("is there when it was locked, and gone when it was unlocked", async () => {
      const { lockable, other } = start();
      for (const outcome of ["locked", "unlocked", "locked", "unlocked"] as const) {
        expect(await (outcome === "locked" ? lockable.lock() : lockable.unlock())).toEqual({ outcome });
        expect(await lockable.isLocked()).toBe(outcome === "locked");
        expect(await other.isLocked()).toBe(outcome === "locked");
      }
    });

    test("keeps others from working, as long as it is there", async () => {
      const { lockable, blocked, works } = start();
      expect(await blocked()).toBe(works);
      await lockable.lock();
      expect(await blocked()).toBe(lockable.facts.contention.blocked);
      await lockable.unlock();
      expect(await blocked()).toBe(works);
    });

    test("answers somebody else as its facts say", async () => {
      const { lockable, other } = start();
      const { contention } = lockable.facts;
      await lockable.lock();
      const [locked, unlocked] = [await other.lock(), await other.unlock()];
      if (contention.lock < 300) expect(locked).toEqual({ outcome: "locked" });
      else expect(locked).toMatchObject({ outcome: "busy", result: { status: contention.lock } });
      if (contention.unlock < 300) expect(unlocked).toEqual({ outcome: "unlocked" });
      else expect(unlocked).toMatchObject({ outcome: "busy", result: { status: contention.unlock } });
      expect(await lockable.isLocked()).toBe(contention.unlock >= 300);
    });

    test("is as idempotent as its facts say", async () => {
      const { lockable } = start();
      const { idempotent } = lockable.facts;
      expect(await lockable.lock()).toEqual({ outcome: "locked" });
      const twice = await lockable.lock();
      expect(twice.outcome === "locked" && (await lockable.isLocked())).toBe(idempotent.lock);
      expect(await lockable.unlock()).toEqual({ outcome: "unlocked" });
      expect((await lockable.unlock()).outcome).toBe(idempotent.unlock ? "unlocked" : "not-held");
      expect(await lockable.isLocked()).toBe(false);
    });

    test("ends by itself where its facts say so, and then only", async () => {
      const { clock, lockable, other } = start();
      const minutes = /^PT(\d+)M$/.exec(lockable.facts.expires ?? "")?.[1];
      const life = minutes === undefined ? undefined : Number(minutes) * MINUTE;
      await lockable.lock();
      await clock.advance((life ?? 365 * DAY) - 1);
      expect(await other.isLocked()).toBe(true);
      await clock.advance(1);
      expect(await other.isLocked()).toBe(life === undefined);
    });

    test("refuses who may not lock, with its status and without a lock", async () => {
      const { lockable, refused } = start();
      const [forbidden, status] = refused;
      const { vendor } = lockable.facts;
      for (const work of [() => forbidden.lock(), () => forbidden.unlock()]) {
        const error = await failure(work());
        expect(error).toBeInstanceOf(LockError);
        expect(error).toMatchObject({ name: "LockError", vendor, reason: "refused", status, result: { status } });
        expect(String(error)).toMatch(/lock\w+ was answered with 403/);
      }
      expect(await lockable.isLocked()).toBe(false);
    });

    test("leaves a broken network and a caller who gave up to the caller", async () => {
      const { world, lockable } = start();
      const calls = (init?: LockOptions) => [() => lockable.lock(init), () => lockable.unlock(init), () => lockable.isLocked(init)];
      await world.fault({ drop: true, times: 3 });
      for (const call of calls()) expect(String(await failure(call()))).toMatch(/fetch failed|No token came/);
      const enough = new Error("enough");
      for (const call of calls({ signal: AbortSignal.abort(enough) })) expect(await failure(call())).toBe(enough);
      expect(await lockable.isLocked()).toBe(false);
    });
  });
}

/** Whatever the order of things, and whatever goes wrong: one holder at a time, no lock left behind, no write after a loss. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { LockError } from "../../runtime/lock-error.ts";
import { boxes, type Box } from "./box.ts";
import { VirtualClock } from "./clock.ts";
import { contend, mistake, type Fault, type Plan, type Room, type Step, type Tape } from "./contenders.ts";

const SEED = Number(process.env["LATCH_SEED"] ?? 20250919);
const MINUTE = 60_000;

/** The mock's clock is that of the run. */
const time = { now: Date.parse("2026-08-01T12:00:00Z") };
const clock = Object.assign(new VirtualClock(), { now: () => time.now });

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Step>({ do: "write" }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(0, 1000, 3 * MINUTE, 6 * MINUTE, 11 * MINUTE).map((milliseconds): Step => ({ do: "sleep", milliseconds })),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ do: "throw" }) },
);
const plan: fc.Arbitrary<Plan> = fc.record({
  leases: fc.array(fc.array(step, { maxLength: 5 }), { minLength: 1, maxLength: 2 }),
  deadline: fc.constantFrom(0, 5000, 30 * MINUTE, 30 * MINUTE),
  impatient: fc.option(fc.record({ lease: fc.nat(1), after: fc.constantFrom(0, 1000, MINUTE) }), { nil: undefined }),
});
const plans = fc.array(plan, { minLength: 2, maxLength: 3 });
const fault: fc.Arbitrary<Fault> = fc.record({
  call: fc.constantFrom("token" as const, "lock" as const, "unlock" as const, "configElements" as const),
  from: fc.nat(6),
  times: fc.constantFrom(1, 1, 1, 2, 12),
  trouble: fc.constantFrom("dropped" as const, "lost" as const, "500" as const),
});

/** Writes of one lease stand together: nobody wrote in between. */
const groups = (names: string[]): string[] => names.filter((name, index) => name !== names[index - 1]);

function expectOrder(tape: Tape, looking: boolean): void {
  const order = groups(tape.writes);
  expect(order, "writes of two leases are mixed").toEqual([...new Set(order)]);
  expect(order).not.toContain("nobody");
  if (looking) expect(tape.most, "leases that hold the lock at once").toBeLessThanOrEqual(1);
  for (const { name, refused, late, signal, over } of tape.leases) {
    expect(over, name).toBe(true);
    expect(signal.aborted, name).toBe(true);
    expect(late, `${name} wrote after its lock was lost`).toBe(0);
    expect(refused, `${name} went on after a 423`).toBeLessThanOrEqual(1);
    if (refused > 0) expect(signal.reason).toMatchObject({ name: "LockError", reason: "lost" });
  }
}

/** One mock for some hundred runs: it keeps as many worlds as it has room for. */
let opened = 0;
let open = boxes(clock);
function nextBox(): Box {
  if ((opened += 1) % 500 === 0) open = boxes(clock);
  return open();
}

const run = async (scheduler: fc.Scheduler, given: Plan[], faults: Fault[], looking: boolean): Promise<{ tape: Tape; room: Room }> => {
  const room: Room = { box: nextBox(), scheduler, time, faults, looking };
  const tape = await contend(room, given);
  expectOrder(tape, looking);
  return { tape, room };
};

/** What a lease may end with. */
function isExpected(end: unknown): boolean {
  if (end === "done" || end === mistake || end instanceof LockError) return true;
  if (end instanceof SuppressedError) return isExpected(end.error) && isExpected(end.suppressed);
  return end instanceof Error && /^fetch failed|^No token came|answered 500/.test(end.message);
}

test("where nothing goes wrong, every lease gives its lock back", async () => {
  let done = 0;
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), plans, fc.boolean(), async (scheduler, given, looking) => {
      const { tape, room } = await run(scheduler, given, [], looking);
      done += tape.ends.filter((end) => end === "done").length;
      for (const end of tape.ends) expect(isExpected(end), String(end)).toBe(true);
      // Whoever gave up may have a request on its way, and an answer that takes five minutes brings a token that is not asked for any longer.
      const slow = given.some(({ impatient }) => impatient) || tape.ends.some((end) => end instanceof LockError && end.reason === "lost");
      if (slow) time.now += 10 * MINUTE;
      expect(await room.box.lock().isLocked()).toBe(false);
    }),
    { numRuns: 150, seed: SEED },
  );
  expect(done).toBeGreaterThan(150);
});

test("whatever goes wrong, the lock is free ten minutes later", async () => {
  const reasons: Record<string, number> = {};
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), plans, fc.array(fault, { maxLength: 8 }), fc.boolean(), async (scheduler, given, faults, looking) => {
      const { tape, room } = await run(scheduler, given, faults, looking);
      for (const end of tape.ends) expect(isExpected(end), String(end)).toBe(true);
      for (const end of tape.ends) if (end instanceof LockError) reasons[end.reason] = (reasons[end.reason] ?? 0) + 1;
      time.now += 10 * MINUTE;
      expect(await room.box.lock().lock()).toEqual({ outcome: "locked" });
    }),
    { numRuns: 300, seed: SEED },
  );
  // The runs have been in the places that they were made for.
  expect(Object.keys(reasons)).toEqual(expect.arrayContaining(["lost", "left", "busy"]));
});

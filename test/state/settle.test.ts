/** Time passing: timers and jobs. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { settle } from "../../mock/state/settle.ts";
import type { Aggregate, Job, Timer } from "../../mock/state/types.ts";
import { ALICE, asking, BOB, DOOR, freeze, play } from "./support.ts";

const start: Aggregate = {
  fields: { house: "house-1", position: "open", holder: null, locked: false, colour: "white", updated: "" },
  timers: [],
  jobs: [],
  tokens: {},
  serial: 0,
};

const aggregateOf = (timers: Timer[], jobs: Job[] = []): Aggregate => freeze({ ...start, timers, jobs });

const COLOURS = ["red", "green", "blue", "$colour", "{colour}+", "$now.millis"];

const anyTimer: fc.Arbitrary<Timer> = fc.record({
  name: fc.string({ maxLength: 3 }),
  at: fc.nat({ max: 20 }),
  when: fc.constantFrom({}, { locked: false }, { colour: ["red", "blue"] }, { state: "open" }),
  set: fc.constantFrom(...COLOURS.map((colour) => ({ colour })), { locked: true }, { position: "closed" }),
});

const anyJob: fc.Arbitrary<Job> = fc.nat({ max: 20 }).map((ends) => ({
  id: `job-${ends}`,
  type: "paint",
  begun: 0,
  runs: 1,
  ends,
  outcomes: [{ when: { locked: true }, fail: { code: "E", reason: "locked" } }, { set: { colour: "{colour}{job.id}" } }],
}));

const anyAggregate = fc
  .tuple(fc.array(anyTimer, { maxLength: 6 }), fc.array(anyJob, { maxLength: 4 }))
  .map(([timers, jobs]) => aggregateOf(timers, jobs));

test("asking twice changes nothing, and nothing is ever changed in place", () => {
  fc.assert(
    fc.property(anyAggregate, fc.nat({ max: 25 }), (aggregate, now) => {
      const once = settle(DOOR, aggregate, now);
      expect(settle(DOOR, freeze(once), now)).toBe(once);
    }),
  );
});

test("fields that were never written are read as a first touch would have them, and stay unwritten", () => {
  const timer: Timer = { name: "t", at: 1, when: { locked: false }, set: { colour: "$colour", position: "closed" } };
  const partial = freeze({ ...start, fields: { house: "house-2" }, timers: [timer] });
  expect(settle(DOOR, partial, 1, () => start).fields).toEqual({ house: "house-2", colour: "white", position: "closed" });
});

test("it does not matter how often, or at which moments between, time was looked at", () => {
  fc.assert(
    fc.property(anyAggregate, fc.array(fc.nat({ max: 25 })), (aggregate, moments) => {
      const stepwise = [...moments.sort((some, other) => some - other), 25].reduce(
        (state, now) => freeze(settle(DOOR, state, now)),
        aggregate,
      );
      expect(stepwise).toEqual(settle(DOOR, aggregate, 25));
    }),
  );
});

test("the order in which they were set does not matter where their instants differ", () => {
  const timers: Timer[] = [3, 1, 2].map((at) => ({ name: `t${at}`, at, set: { colour: `{colour}${at}` } }));
  expect(settle(DOOR, aggregateOf(timers), 9).fields["colour"]).toBe("white123");
  expect(settle(DOOR, aggregateOf(timers.toReversed()), 9).fields["colour"]).toBe("white123");
});

test("nothing due is the same object; what is due at its very instant fires", () => {
  const aggregate = aggregateOf([{ name: "t", at: 10, set: { locked: true } }]);
  expect(settle(DOOR, aggregate, 9)).toBe(aggregate);
  expect(settle(DOOR, aggregate, 10)).toMatchObject({ fields: { locked: true }, timers: [] });
});

test("at one instant timers come before jobs, each in the order they were set", () => {
  const timers: Timer[] = ["a", "b"].map((name) => ({ name, at: 5, set: { colour: `{colour} ${name}` } }));
  const jobs: Job[] = ["c", "d"].map((id) => ({
    id,
    type: "p",
    begun: 0,
    runs: 0,
    ends: 5,
    outcomes: [{ set: { colour: "{colour} {job.id}" } }],
  }));
  expect(settle(DOOR, aggregateOf(timers, jobs), 5).fields["colour"]).toBe("white a b c d");
});

test("a timer whose condition does not hold is gone all the same", () => {
  const aggregate = aggregateOf([
    { name: "t", at: 1, when: { holder: "$caller.user" }, set: { locked: true }, known: { "caller.user": "alice" } },
  ]);
  expect(settle(DOOR, aggregate, 2)).toEqual({ ...aggregate, timers: [] });
});

test("now is the instant of the timer, not of the one who looks", () => {
  const aggregate = aggregateOf([{ name: "t", at: 1000, set: { updated: "$now" } }]);
  expect(settle(DOOR, aggregate, 99_000).fields["updated"]).toBe("1970-01-01T00:00:01Z");
});

test("all values of one timer are read before any is set", () => {
  const aggregate = aggregateOf([{ name: "t", at: 1, set: { colour: "$holder", holder: "$colour" } }]);
  expect(settle(DOOR, aggregate, 1).fields).toMatchObject({ colour: null, holder: "white" });
});

test("the lock of a door ends after its time, unless another holds it by then", () => {
  const lock = asking("lockDoor");
  const [, shown] = play(DOOR, [
    [lock, ALICE, 0],
    [asking("showDoor"), BOB, 600_000],
  ]);
  expect(shown?.scope.fields).toMatchObject({ locked: false, holder: null, updated: "1970-01-01T00:10:00.000Z" });
  const unlock = asking("lockDoor", { body: { lock: { reason: "unlock" } } });
  const outcomes = play(DOOR, [
    [lock, ALICE, 0],
    [unlock, ALICE, 1],
    [lock, BOB, 500_000],
    [asking("showDoor"), BOB, 600_001],
  ]);
  expect(outcomes.map(({ row }) => row.id)).toEqual(["lockDoor/locks", "lockDoor/unlocks", "lockDoor/locks", "showDoor/shows"]);
  expect(outcomes.at(-1)?.scope.fields).toMatchObject({ locked: true, holder: "bob" });
});

test("a job waits, runs, and ends as the first outcome that holds then", () => {
  const paint = asking("paintDoor", { body: { colour: "$holder" } });
  const job = (id: string): ReturnType<typeof asking> => asking("showJob", { path: { job: id } });
  const [begun] = play(DOOR, [[paint, ALICE, 0]]);
  const id = begun?.jobs[0] ?? "";
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  const statuses = play(DOOR, [
    [paint, ALICE, 0],
    ...[0, 999, 1000, 9999, 10_000, 99_000].map((now): [ReturnType<typeof asking>, typeof ALICE, number] => [job(id), BOB, now]),
  ]);
  expect(statuses.slice(1).map(({ scope }) => (scope.job ? [scope.job.result, scope.now < scope.job.runs] : undefined))).toEqual([
    [undefined, true],
    [undefined, true],
    [undefined, false],
    [undefined, false],
    ["success", false],
    ["success", false],
  ]);
  // What the request said is text, even where it looks like a reference.
  expect(statuses.at(-1)?.scope.fields["colour"]).toBe("$holder");
  const failed = play(DOOR, [
    [paint, ALICE, 0],
    [asking("lockDoor"), ALICE, 1],
    [job(id), BOB, 10_000],
  ]).at(-1);
  expect(failed?.scope.job).toMatchObject({ result: "fail", code: "E1", reason: "The door is locked", type: "$holder paint" });
  expect(failed?.scope.fields["colour"]).toBe("white");
});

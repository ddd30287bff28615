/** Which row answers, and what it leaves behind. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { decide } from "../../mock/state/decide.ts";
import { jobIdOf, keyOf } from "../../mock/state/resource.ts";
import type { Aggregate, Asked, Behaviour, Caller, Fields } from "../../mock/state/types.ts";
import { ALICE, asking, BOB, callerOf, compile, context, DOOR, DOOR_TABLE, freeze, play, SHELF } from "./support.ts";

const row = (behaviour: Behaviour, asked: Asked, caller: Caller = ALICE, more = {}, aggregate?: Aggregate): string =>
  decide(behaviour, asked, caller, context(more), aggregate).row.id;

test("the first row that holds answers; guards come first, in their order", () => {
  const poor: Caller = { ...ALICE, policy: [] };
  const nowhere = asking("lockDoor", { path: { house: "house-1", door: "window" } });
  expect(row(DOOR, asking("lockDoor"))).toBe("lockDoor/locks");
  expect(row(DOOR, asking("lockDoor"), poor)).toBe("lockDoor/not-permitted");
  expect(row(DOOR, nowhere, poor)).toBe("lockDoor/not-permitted");
  expect(row(DOOR, nowhere)).toBe("lockDoor/no-such-door");
  expect(row(DOOR, asking("showDoor", { query: "verbose=true" }))).toBe("showDoor/verbose");
  expect(row(DOOR, asking("removeDoor"))).toBe("removeDoor/not-permitted");
  expect(row(DOOR, asking("removeDoor"), { ...ALICE, role: "carpenter" })).toBe("removeDoor/removes");
});

test("nothing is written where nothing changes", () => {
  const [, unlocked, shown, refused] = play(DOOR, [
    [asking("showDoor"), ALICE, 0],
    [asking("lockDoor", { body: { lock: { reason: "unlock" } } }), ALICE, 0],
    [asking("showDoor"), ALICE, 0],
    [asking("showJob", { path: { job: "none" } }), ALICE, 0],
  ]);
  expect([unlocked?.next, shown?.next, refused?.next]).toEqual([undefined, undefined, undefined]);
});

test("the first touch is written where a field begins as the request says, and nothing else would be", () => {
  const touch = (asked: Asked, more = {}, caller = ALICE) => decide(DOOR, asked, caller, context(more), undefined);
  const unlock = asking("lockDoor", { body: { lock: { reason: "unlock" } } });
  for (const first of [touch(asking("showDoor")), touch(unlock)]) {
    expect(first).toMatchObject({ adopts: true, next: { fields: { house: "house-1", locked: false }, timers: [], serial: 0 } });
  }
  expect(touch(asking("lockDoor")).adopts).toBeUndefined();
  expect(touch(asking("lockDoor"), {}, { ...ALICE, policy: [] }).next).toBeUndefined();
  expect(touch(asking("showDoor"), { strict: true }).next).toBeUndefined();
  expect(touch(asking("showDoor"), { seeded: { house: "house-2" } }).next).toBeUndefined();
  expect(decide(SHELF, asking("listBooks", { path: {} }), ALICE, context(), undefined).next).toBeUndefined();
});

test("a change stores every field, with the initial values of the one who came first", () => {
  const { next } = decide(DOOR, asking("lockDoor"), ALICE, context({ now: 5000 }), undefined);
  expect(next?.fields).toEqual({
    house: "house-1",
    position: "closed",
    holder: "alice",
    locked: true,
    colour: "white",
    updated: "1970-01-01T00:00:05Z",
  });
  expect(next?.timers).toEqual([
    {
      name: "unlock",
      at: 605_000,
      when: { holder: "$caller.user" },
      set: { locked: false, holder: null, updated: "$now.millis" },
      known: { "caller.user": "alice" },
    },
  ]);
  expect(next).toMatchObject({ jobs: [], tokens: {}, serial: 0 });
});

test("a timer of the same name is replaced, and cancelled by name", () => {
  const unlock = asking("lockDoor", { body: { lock: { reason: "unlock" } } });
  const outcomes = play(DOOR, [
    [asking("lockDoor"), ALICE, 0],
    [asking("lockDoor"), ALICE, 1000],
    [unlock, ALICE, 2000],
  ]);
  expect(outcomes.map(({ next }) => next?.timers.map(({ at }) => at))).toEqual([[600_000], [601_000], []]);
});

test("who is deleted does not exist any more, and comes back with nothing", () => {
  const carpenter: Caller = { ...ALICE, role: "carpenter" };
  const [, removed, after] = play(DOOR, [
    [asking("lockDoor"), ALICE, 0],
    [asking("removeDoor"), carpenter, 1],
    [asking("showDoor"), ALICE, 2],
  ]);
  expect(removed?.next).toMatchObject({ deleted: true, timers: [] });
  expect(removed?.scope.exists).toBe(false);
  expect(after?.row.id).toBe("showDoor/no-such-door");
});

test("with --strict only what the seed file names exists, as it says", () => {
  const seeded: Fields = { colour: "red", locked: true, holder: "bob" };
  expect(row(DOOR, asking("showDoor"), ALICE, { strict: true })).toBe("showDoor/no-such-door");
  expect(row(DOOR, asking("showDoor"), ALICE, { strict: true, seeded: {} })).toBe("showDoor/shows");
  expect(row(DOOR, asking("lockDoor"), ALICE, { strict: true, seeded })).toBe("lockDoor/locked-by-another");
  expect(decide(DOOR, asking("showDoor"), ALICE, context({ seeded }), undefined).scope.fields).toMatchObject({
    ...seeded,
    position: "open",
  });
});

test("what there is one of per world exists without a name", () => {
  expect(decide(SHELF, asking("lockShelf"), ALICE, context({ strict: true }), undefined).scope.exists).toBe(true);
});

test("the form of a key is asked in any case", () => {
  const capitals = compile("door", DOOR_TABLE.replace("^door-[0-9]+$", "^DOOR-[0-9]+$"));
  expect(row(capitals, asking("showDoor"))).toBe("showDoor/shows");
});

test("what was written goes before what the seed file says; a field of a younger table begins as it would have", () => {
  const { next } = decide(DOOR, asking("lockDoor"), ALICE, context({ seeded: { colour: "red" } }), undefined);
  const older = Object.fromEntries(Object.entries(next?.fields ?? {}).filter(([name]) => name !== "colour"));
  const aggregate = { ...next, fields: older } as Aggregate;
  const { fields } = decide(DOOR, asking("showDoor"), BOB, context({ seeded: { colour: "blue", holder: "eve" } }), aggregate).scope;
  expect(fields).toMatchObject({ colour: "blue", holder: "alice" });
});

test("keys are kept in lower case, and one of another form names nothing that exists", () => {
  const asked = asking("showDoor", { path: { house: "house-1", door: "DOOR-7" } });
  expect(keyOf(DOOR, asked)).toBe("door-7");
  expect(row(DOOR, asked)).toBe("showDoor/shows");
  expect(keyOf(DOOR, asking("showJob", { path: {} }))).toBeUndefined();
  expect(keyOf(SHELF, asking("lockShelf"))).toBe("");
  const { api, summary, request, ignores, samples, calls } = SHELF;
  const stateless: Behaviour = { api, summary, request, ignores, samples, calls };
  expect(keyOf(stateless, asking("lockShelf"))).toBeUndefined();
  expect(jobIdOf(DOOR, asking("showJob", { path: { job: "J-1" } }))).toBe("J-1");
  expect([jobIdOf(DOOR, asking("showDoor")), jobIdOf(DOOR, asking("nothing"))]).toEqual([undefined, undefined]);
});

test("the same seed makes the same ids; another seed, another door and another time make others", () => {
  const paint = asking("paintDoor", { body: { colour: "red" } });
  const jobs = (seed: string): string[] =>
    play(
      DOOR,
      [
        [paint, ALICE, 0],
        [paint, ALICE, 1],
      ],
      seed,
    ).flatMap((outcome) => outcome.jobs);
  expect(jobs("a")).toEqual(jobs("a"));
  expect(new Set([...jobs("a"), ...jobs("b")]).size).toBe(4);
  const other = asking("paintDoor", { path: { house: "house-1", door: "door-8" }, body: { colour: "red" } });
  expect(decide(DOOR, other, ALICE, context(), undefined).jobs).not.toEqual(decide(DOOR, paint, ALICE, context(), undefined).jobs);
});

test("a hundred jobs are remembered", () => {
  const paint = asking("paintDoor", { body: { colour: "red" } });
  const outcomes = play(
    DOOR,
    Array.from({ length: 103 }, (_, now) => [paint, ALICE, now]),
  );
  const last = outcomes.at(-1);
  expect(last?.next?.jobs).toHaveLength(100);
  expect(last?.next?.jobs.at(-1)?.id).toBe(last?.jobs[0]);
  expect(outcomes.flatMap(({ forgotten = [] }) => forgotten)).toEqual(outcomes.slice(0, 3).flatMap(({ jobs }) => jobs));
  expect(new Set(outcomes.flatMap(({ jobs }) => jobs)).size).toBe(103);
});

test("a header that the version ignores says nothing", () => {
  const asked = asking("showDoor", { query: "verbose=true", headers: { "door-version": "door latest" } });
  const second = compile("door", DOOR_TABLE, { version: "v2" });
  expect(decide(DOOR, asked, ALICE, context(), undefined).scope.asked?.headers).toEqual({ "door-version": "door latest" });
  expect([DOOR.ignores, second.ignores]).toEqual([[], ["door-version"]]);
});

test("a call without rows is a defect that says so", () => {
  expect(() => decide(DOOR, asking("nothing"), ALICE, context(), undefined)).toThrow("no row for nothing");
});

test("whatever is asked in whatever order, no input is changed and the state is plain JSON", () => {
  const anyAsked = fc
    .record({
      call: fc.constantFrom(...Object.keys(DOOR.calls)),
      reason: fc.constantFrom(undefined, null, "unlock", "other"),
      door: fc.constantFrom("door-7", "DOOR-7", "window", "__proto__"),
      verbose: fc.constantFrom("verbose=true", ""),
    })
    .map(({ call, reason, door, verbose }) =>
      asking(call, { path: { house: "house-1", door, job: "j" }, query: verbose, body: { lock: { reason }, colour: reason ?? "$colour" } }),
    );
  const anyStep = fc.tuple(anyAsked, fc.constantFrom(ALICE, BOB, { ...ALICE, role: "carpenter" }), fc.nat({ max: 700_000 }));
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 12 }), (steps) => {
      const inOrder = steps.sort(([, , some], [, , other]) => some - other);
      for (const { next, scope } of play(DOOR, inOrder)) {
        if (next) expect(JSON.parse(JSON.stringify(next))).toEqual(next);
        expect(["open", "closed"]).toContain(scope.fields["position"]);
      }
    }),
  );
});

const bearer = (token: string, call = "lockShelf"): Asked => asking(call, { headers: { authorization: `Bearer ${token}` }, path: {} });

test("a lock ends with its token, also one that nobody issued; a read stores none", () => {
  const steps = (["one", "two", "two"] as const).map((token, index): [Asked, Caller, number] => {
    const asked = bearer(token);
    return [asked, callerOf(SHELF, asked, { now: [0, 599_999, 600_000][index] ?? 0 }), [0, 599_999, 600_000][index] ?? 0];
  });
  const outcomes = play(SHELF, steps);
  expect(outcomes.map(({ row: { name } }) => name)).toEqual(["locks", "held-by-another", "locks"]);
  expect(Object.keys(outcomes[0]?.next?.tokens ?? {})).toEqual(["one"]);
  expect(outcomes[0]?.next?.tokens["one"]).toEqual({ expires: 600_000, caller: { role: "keeper", admin: true } });
  expect(outcomes[2]?.next?.fields["holder"]).toBe("two");
  const read = bearer("three", "listBooks");
  expect(decide(SHELF, read, callerOf(SHELF, read), context(), undefined).next).toBeUndefined();
});

test("a token that is shown again keeps its end", () => {
  const first = decide(SHELF, bearer("one"), callerOf(SHELF, bearer("one")), context(), undefined);
  const issued = first.next?.tokens ?? {};
  const later = callerOf(SHELF, bearer("one"), { now: 300_000, issued });
  expect(later).toMatchObject({ expires: 600_000, token: "one" });
  expect(later).not.toHaveProperty("provisional");
  const again = decide(SHELF, bearer("one"), later, context({ now: 300_000 }), first.next);
  expect(again.next?.tokens).toEqual(issued);
  expect(again.next?.timers.map(({ at }) => at)).toEqual([600_000]);
});

test("a token that is handed out is the caller's, and a renewal moves the lock to the next", () => {
  const ask = (body?: string): Asked =>
    asking("createToken", {
      path: {},
      headers: { authorization: "Basic ZXZlOng=" },
      mediaType: "application/x-www-form-urlencoded",
      ...(body !== undefined && { body }),
    });
  const eve = callerOf(SHELF, ask());
  const first = decide(SHELF, ask(), eve, context(), undefined);
  const [token = ""] = Object.keys(first.next?.tokens ?? {});
  expect(token).toMatch(/^[A-Za-z0-9]{48}$/);
  const lock = bearer(token);
  const locked = decide(SHELF, lock, callerOf(SHELF, lock, { issued: first.next?.tokens ?? {} }), context(), first.next);
  expect(locked.next?.fields).toEqual({ holder: token, owner: "eve" });
  const renewed = decide(SHELF, ask(`token=${token}`), eve, context({ now: 500_000 }), locked.next);
  expect(renewed.row.name).toBe("renews");
  const holder = String(renewed.next?.fields["holder"]);
  expect(holder).not.toBe(token);
  expect(renewed.next?.timers.map(({ at }) => at)).toEqual([1_100_000]);
  expect(Object.keys(renewed.next?.tokens ?? {})).toEqual([token, holder]);
  expect(renewed.next?.serial).toBe(2);
});

test("a token of the seed file is not remembered as one that was handed out", () => {
  const tokens = { planned: { caller: "ann", expires: "1970-01-01T01:00:00Z" } };
  const caller = callerOf(SHELF, bearer("planned"), { tokens, callers: { ann: {} } });
  expect(caller).toMatchObject({ name: "ann", expires: 3_600_000 });
  const { next } = decide(SHELF, bearer("planned"), caller, context(), undefined);
  expect(next?.tokens).toEqual({});
  expect(next?.timers.map(({ at }) => at)).toEqual([3_600_000]);
});

test("a caller whose token never ends holds the lock until he lets go", () => {
  const forever: Caller = { token: "f", role: "keeper", admin: true };
  expect(decide(SHELF, bearer("f"), forever, context(), undefined).next?.timers).toEqual([]);
});

test("a thousand tokens are remembered: those that end last", () => {
  const ask = asking("createToken", { path: {} });
  let aggregate: Aggregate | undefined;
  for (let now = 0; now < 1003; now++) aggregate = decide(SHELF, ask, ALICE, context({ now }), aggregate).next;
  const ends = Object.values(aggregate?.tokens ?? {}).map(({ expires }) => expires);
  expect(ends).toHaveLength(1000);
  expect(Math.min(...ends)).toBe(600_003);
});

test("items are put, merged and read", () => {
  const book = (title: string, value: string): string =>
    `<book><kind>novel</kind><attribute><name>title</name><value>${title}</value></attribute><attribute><name>shelf</name><value>${value}</value></attribute></book>`;
  const add = (body: string): Asked => asking("addBook", { path: {}, body, mediaType: "application/xml" });
  const outcomes = play(SHELF, [
    [add(book("Emma", "1")), ALICE, 0],
    [add(book("Ulysses", "2")), ALICE, 0],
    [add("<book><kind>novel</kind></book>"), ALICE, 0],
    [asking("listBooks", { path: {}, query: "kind=poem" }), ALICE, 0],
    [asking("listBooks", { path: {}, query: "kind=novel" }), ALICE, 0],
  ]);
  expect(outcomes.map(({ row: { name } }) => name)).toEqual(["replaces", "adds", "not-valid", "unknown-kind", "lists"]);
  expect(outcomes.at(-1)?.scope.items?.map(({ attributes }) => attributes.map(([name, values]) => `${name} ${values.join()}`))).toEqual([
    ["title Emma", "shelf 1"],
    ["title Ulysses", "shelf 2"],
  ]);
  freeze(outcomes);
});

/** Names that mean something to JavaScript mean nothing to a table. */
import { afterEach, expect, test } from "vitest";
import { decide } from "../../mock/state/decide.ts";
import { Draft } from "../../mock/state/draft.ts";
import { render } from "../../mock/state/render.ts";
import { settle } from "../../mock/state/settle.ts";
import type { Aggregate, Json } from "../../mock/state/types.ts";
import { ALICE, asking, callerOf, compile, context, DOOR, DOOR_TABLE, play, SHELF, show } from "./support.ts";

const NAMES = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"];
const bare = Object.getOwnPropertyNames(Object.prototype).sort();

afterEach(() => {
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(bare);
  expect("polluted" in {}).toBe(false);
});

test.each(NAMES)("a door called %s is a door like any other that has not the form of one", (door) => {
  const path = { house: door, door };
  expect(decide(DOOR, asking("lockDoor", { path }), ALICE, context(), undefined).row.name).toBe("no-such-door");
  expect(decide(DOOR, asking("showJob", { path: { job: door } }), ALICE, context({ key: "door-7" }), undefined).row.name).toBe(
    "no-such-job",
  );
});

test.each(NAMES)("a body with %s is read as what it says", (name) => {
  const body: unknown = JSON.parse(`{"${name}": {"polluted": true}, "lock": {"${name}": 1}, "colour": {"${name}": {"polluted": 1}}}`);
  const [painted, shown] = play(DOOR, [
    [asking("paintDoor", { body }), ALICE, 0],
    [asking("showDoor", { headers: { "door-version": "door 2" } }), ALICE, 20_000],
  ]);
  expect(decide(DOOR, asking("lockDoor", { body }), ALICE, context(), undefined).row.name).toBe("locks");
  expect(JSON.stringify(painted?.next)).toContain("polluted");
  if (!shown) throw new Error("Nothing was decided.");
  expect(show(DOOR, shown).body).toContain(`"name":{"${name}":{"polluted":1}}`);
});

test.each(NAMES)("a token called %s holds a lock and ends like any other", (token) => {
  const asked = asking("lockShelf", { path: {}, headers: { authorization: `Bearer ${token}` } });
  const { next } = decide(SHELF, asked, callerOf(SHELF, asked), context(), undefined);
  expect(Object.keys(next?.tokens ?? {})).toEqual([token]);
  expect(JSON.parse(JSON.stringify(next))).toEqual(next);
  expect(callerOf(SHELF, asked, { issued: next?.tokens ?? {} })).toMatchObject({ token, expires: 600_000 });
  expect(() => callerOf(SHELF, asked, { issued: next?.tokens ?? {}, now: 600_000 })).toThrow("expired");
});

test.each(NAMES)("headers and query parameters called %s are absent", (name) => {
  const version = compile("door", DOOR_TABLE.replace('{ header: Door-Version, pattern: "^door (.+)$" }', "{ header: Door-Version }"));
  const asked = asking("showDoor", { headers: JSON.parse(`{"${name}": "x"}`), query: `${name}=true` });
  expect(decide(version, asked, ALICE, context(), undefined).row.name).toBe("shows");
});

test.each(NAMES)("a version called %s is no word of the table", (name) => {
  const asked = asking("showDoor", { query: "verbose=true", headers: { "door-version": `door ${name}` } });
  expect(show(DOOR, decide(DOOR, asked, ALICE, context(), undefined)).headers["etag"]).toBe(`white-${name}`);
});

test.each(NAMES)("a pointer through %s reaches own members only", (name) => {
  const draft = new Draft({ a: {} });
  draft.set([name, "polluted"], true);
  draft.set(["a", name, "polluted"], true);
  draft.remove([name, "toString"]);
  expect(draft.value).toEqual({ a: {} });
  const own = new Draft({ a: {} });
  own.set(["a", name], { polluted: 1 });
  own.set(["a", name, "polluted"], 2);
  expect(JSON.stringify(own.value)).toBe(`{"a":{"${name}":{"polluted":2}}}`);
  const { scope } = decide(DOOR, asking("lockDoor"), ALICE, context(), undefined);
  const view = { set: { [`/${name}/polluted`]: true } };
  expect(render(DOOR, { status: "200", view }, scope, { value: {}, mediaType: "application/json", headers: {} }).body).toBe("{}");
});

test("a state that somebody loads cannot reach beyond its own fields", () => {
  const set = JSON.parse('{"__proto__": {"polluted": true}, "colour": "red"}') as { [field: string]: Json };
  const aggregate: Aggregate = {
    fields: { colour: "white" },
    timers: [{ name: "__proto__", at: 1, set }],
    jobs: [],
    tokens: {},
    serial: 0,
  };
  const { fields } = settle(DOOR, aggregate, 2);
  expect(fields["colour"]).toBe("red");
  expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
});

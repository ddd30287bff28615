/** Values and tests, asked of a scope that a small request makes. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { compileWhen, equal } from "../../mock/state/conditions.ts";
import type { Names } from "../../mock/state/readers.ts";
import type { Scope } from "../../mock/state/scope.ts";
import type { Json, Value, When } from "../../mock/state/types.ts";
import { compileKnown, compileValue, referencesIn, requestReferences, textOf } from "../../mock/state/values.ts";

const names: Names = {
  derived: new Map([["status", ({ fields }: Scope) => (fields["locked"] === true ? "LOCKED" : "FREE")]]),
  requests: new Map([["version", () => "2.10"]]),
  ignores: new Set(["x-ignored"]),
};

const scope: Scope = {
  now: Date.UTC(2026, 7, 1),
  fields: { state: "active", task: null, locked: true, count: 3, one: 1, list: [1, { a: 2 }] },
  exists: true,
  origin: { seed: "s", space: "x", key: "k", serial: 0 },
  made: {},
  asked: {
    call: "lock",
    path: { id: "s-1" },
    query: new URLSearchParams("type=a&type=b&empty="),
    headers: { "x-user": "ann", "x-ignored": "yes" },
    body: { resize: { flavor: "big", disks: [{ size: 1 }], key: null } },
  },
  caller: { user: "ann", admin: false, policy: ["a:*"], expires: 5 },
  permission: { main: "a:b" },
};

const value = (written: Value): Json => compileValue(written, names)(scope);
const holds = (when: When): boolean => compileWhen(when, names)(scope);

test.each<[Value, Json]>([
  ["plain", "plain"],
  [3, 3],
  [null, null],
  ["$state", "active"],
  ["$status", "LOCKED"],
  ["$exists", true],
  ["$path.id", "s-1"],
  ["$path.none", null],
  ["$path.toString", null],
  ["$query.type", "a"],
  ["$query.empty", ""],
  ["$query.none", null],
  ["$header.X-User", "ann"],
  ["$header.x-ignored", null],
  ["$body./resize/flavor", "big"],
  ["$body./resize/disks/0/size", 1],
  ["$body./resize/none/deep", null],
  ["$body./resize/key", null],
  ["$sent./resize/key", true],
  ["$sent./resize/none", false],
  ["$sent./resize/toString", false],
  ["$request.version", "2.10"],
  ["$caller.user", "ann"],
  ["$caller.token", null],
  ["$caller.expires", 5],
  ["$caller.permitted", true],
  ["$job.status", null],
  ["$new.expires", null],
  ["$item.known", false],
  ["$now", "2026-08-01T00:00:00Z"],
  ["$now.millis", "2026-08-01T00:00:00.000Z"],
  ["v{request.version}-{task}-{count}-{list}!", 'v2.10--3-[1,{"a":2}]!'],
  [
    { a: ["$count", { b: "{state}" }], c: "d" },
    { a: [3, { b: "active" }], c: "d" },
  ],
  [
    ["$...list", "$list", "$...count"],
    [1, { a: 2 }, [1, { a: 2 }], 3],
  ],
])("%j is %j", (written, expected) => {
  expect(value(written)).toEqual(expected);
});

test("new things are the same within one row", () => {
  expect(value("$new.id")).toBe(value("$new.id"));
  expect(value("$new.token")).not.toBe(value("$new.id"));
});

test.each<[When, boolean]>([
  [{}, true],
  [{ state: "active" }, true],
  [{ state: "active", locked: false }, false],
  [{ task: null }, true],
  [{ state: ["stopped", "active"] }, true],
  [{ state: ["stopped", "$body./resize/flavor"] }, false],
  [{ state: { not: "stopped" } }, true],
  [{ state: { not: ["stopped", "active"] } }, false],
  [{ "caller.user": "$header.X-User" }, true],
  [{ "caller.user": { not: "$header.X-User" } }, false],
  [{ "caller.user": { not: ["bob", "$path.id"] } }, true],
  [{ task: { exists: false } }, true],
  [{ state: { exists: true } }, true],
  [{ "query.empty": { exists: true } }, true],
  [{ "query.none": { exists: true } }, false],
  [{ "sent./resize/key": true, "sent./resize/none": false }, true],
  [{ "sent./resize/none": true }, false],
  [{ "request.version": { atLeast: "2.9" } }, true],
  [{ "request.version": { below: "2.9" } }, false],
  [{ "request.version": { atLeast: "2.9", below: "2.11" } }, true],
  [{ "request.version": { atLeast: "2.9", not: "2.10" } }, false],
  [{ state: { atLeast: "2.9" } }, false],
  [{ state: { below: "2.9" } }, false],
  [{ task: { below: "2.9" } }, false],
  [{ "caller.permitted": true, "caller.admin": false }, true],
  [{ list: "$list" }, true],
  [{ locked: "$list" }, false],
  [{ one: "$list" }, true],
  [{ one: { not: "$list" } }, false],
  [{ count: { not: "$list" } }, true],
  [{ count: ["3"] }, false],
])("%j holds: %j", (when, expected) => {
  expect(holds(when)).toBe(expected);
});

test("a condition with references in a list holds where one of them is equal", () => {
  expect(holds({ "caller.user": [null, "$header.x-user"] })).toBe(true);
});

test("JSON is equal to its copy, in any order of members, and to nothing else", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (some, other) => {
      const [left, right] = [JSON.parse(JSON.stringify(some)) as Json, JSON.parse(JSON.stringify(other)) as Json];
      expect(equal(left, structuredClone(left))).toBe(true);
      expect(equal(left, right)).toBe(equal(right, left));
    }),
  );
  expect(equal({ a: 1, b: [2] }, { b: [2], a: 1 })).toBe(true);
  expect(equal({ a: null }, {})).toBe(false);
  expect(equal([], {})).toBe(false);
  expect(equal({}, null)).toBe(false);
});

test("what is no reference stops the table, not the request", () => {
  expect(() => compileValue("$nothing.here", names)).toThrow("nothing.here");
  expect(() => compileWhen({ "caller.password": 1 }, names)).toThrow("caller.password");
  expect(() => compileWhen({ state: { like: "a" } }, names)).toThrow("like");
});

test("a timer is told all that the request says, and nothing else", () => {
  const spec = {
    when: { holder: "$caller.token", "body./a": "$path.id" },
    set: { a: "{query.type} at {now}", b: ["$count"], c: "$caller.token" },
  };
  expect(referencesIn(spec.set)).toEqual(["query.type", "now", "count", "caller.token"]);
  const references = requestReferences(spec);
  expect(references).toEqual(["body./a", "caller.token", "path.id", "query.type"]);
  expect(compileKnown(references, names)(scope)).toEqual({ "body./a": null, "caller.token": null, "path.id": "s-1", "query.type": "a" });
  expect(compileKnown([], names)(scope)).toBeUndefined();
});

test("a scope of a timer reads what it was told, whatever texts look like", () => {
  const { now, fields, exists, origin, made } = scope;
  const later: Scope = { now, fields, exists, origin, made, known: { "path.id": "$state", "caller.user": "{now}" } };
  expect(compileValue("{path.id} {caller.user} {state}", names)(later)).toBe("$state {now} active");
  expect(compileValue("$query.type", names)(later)).toBeNull();
  expect(textOf(null)).toBe("");
});

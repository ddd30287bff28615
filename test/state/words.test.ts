/** The small words of tables: durations, versions, ids, permissions, references. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { durationOf, toSecond, withMillis } from "../../mock/state/duration.ts";
import { fitsGlob, permits } from "../../mock/state/permits.ts";
import { idFrom, tokenFrom } from "../../mock/state/random.ts";
import { isName, isOfRequest, memberAt, parseReference, stepsOf } from "../../mock/state/references.ts";
import { compareVersions } from "../../mock/state/versions.ts";

test.each([
  ["PT3S", 3000],
  ["PT0.5S", 500],
  ["PT1.5M", 90_000],
  ["PT10M", 600_000],
  ["PT2H", 7_200_000],
  ["P1D", 86_400_000],
  ["P1DT1H1M1.25S", 90_061_250],
  ["PT0S", 0],
])("%s is %i milliseconds", (text, milliseconds) => {
  expect(durationOf(text)).toBe(milliseconds);
});

test.each([
  "",
  "P",
  "PT",
  "P1DT",
  "3S",
  "PT3",
  "P1M",
  "P1Y",
  "P1W",
  "-PT1S",
  "PT-1S",
  "PT1S1M",
  "pt1s",
  "PT1,5S",
  " PT1S",
  "P99999999999999D",
])("%j is no duration", (text) => {
  expect(durationOf(text)).toBeUndefined();
});

test("instants are written as answers want them, also those that no calendar has", () => {
  const instant = Date.UTC(2026, 7, 1, 12, 30, 15, 987);
  expect([toSecond(instant), toSecond(instant + 13), toSecond(instant)]).toEqual([
    "2026-08-01T12:30:15Z",
    "2026-08-01T12:30:16Z",
    "2026-08-01T12:30:15Z",
  ]);
  expect(withMillis(instant)).toBe("2026-08-01T12:30:15.987Z");
  expect([withMillis(1e300), toSecond(-1e300)]).toEqual(["+275760-09-13T00:00:00.000Z", "-271821-04-20T00:00:00Z"]);
});

test("versions are compared number by number", () => {
  const version = fc.array(fc.nat({ max: 120 }), { minLength: 1, maxLength: 4 });
  const padded = (numbers: number[]): number[] => [...numbers, 0, 0, 0, 0].slice(0, 4);
  fc.assert(
    fc.property(version, version, (some, other) => {
      const difference =
        padded(some)
          .map((part, index) => part - (padded(other)[index] ?? 0))
          .find((part) => part !== 0) ?? 0;
      expect(Math.sign(compareVersions(some.join("."), other.join(".")) ?? NaN)).toBe(Math.sign(difference));
    }),
  );
  expect(compareVersions("2.10", "2.9")).toBeGreaterThan(0);
});

test.each([["latest"], [""], ["2.x"], ["v2"], ["2-1"], [" 2"], ["2.1 "], [".1"]])("%j is no version", (text) => {
  expect([compareVersions(text, "2.1"), compareVersions("2.1", text)]).toEqual([undefined, undefined]);
});

test("ids and tokens have their form, are the same for the same seed and differ for everything else", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.nat(), (seed, key, serial) => {
      expect(idFrom(seed, key, serial)).toMatch(/^[0-9a-f]{32}$/);
      expect(tokenFrom(seed, key, serial)).toMatch(/^[A-Za-z0-9]{48}$/);
      expect(idFrom(seed, key, serial)).toBe(idFrom(seed, key, serial));
    }),
  );
  const ids = Array.from({ length: 20_000 }, (_, serial) => idFrom("seed", `key-${serial % 20}`, serial));
  expect(new Set(ids).size).toBe(ids.length);
  expect(idFrom("a", "bc", 1)).not.toBe(idFrom("ab", "c", 1));
  // Every digit comes about equally often: 40,000 of each are expected.
  const counts = [..."0123456789abcdef"].map((digit) => ids.join("").split(digit).length - 1);
  expect(Math.min(...counts)).toBeGreaterThan(39_000);
  expect(Math.max(...counts)).toBeLessThan(41_000);
});

test.each([
  ["ecs:*:*", "ecs:servers:lock", true],
  ["ecs:servers:*", "ecs:servers:", true],
  ["*", "", true],
  ["a*a", "a", false],
  ["*lock", "ecs:lock", true],
  ["a*b*c", "a-b-b-c", true],
  ["a*b*c", "a-c-b", false],
  ["ecs:servers:lock", "ecs:servers:locks", false],
  ["ECS:*", "ecs:x", false],
  ["a.c", "abc", false],
])("the pattern %s and %s", (pattern, text, fits) => {
  expect(fitsGlob(pattern, text)).toBe(fits);
});

test("a pattern made of a text fits it, and many stars cost no time", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 5 })), (parts) => {
      const plain = parts.map((part) => part.replaceAll("*", ""));
      expect(fitsGlob(plain.join("*"), plain.join("xyz"))).toBe(true);
    }),
  );
  expect(fitsGlob("*a".repeat(2000), "a".repeat(1999))).toBe(false);
});

test("who may do what", () => {
  const lock = { main: "ecs:servers:lock" };
  expect(permits({}, lock)).toBe(true);
  expect(permits({ policy: [] }, lock)).toBe(false);
  expect(permits({ policy: [] }, {})).toBe(true);
  expect(permits({ policy: [] })).toBe(true);
  expect(permits({ policy: ["vpc:*", "ecs:*:lock"] }, lock)).toBe(true);
  expect(permits({ role: "administrator" }, { role: "administrator" })).toBe(true);
  expect(permits({}, { role: "administrator" })).toBe(false);
});

test("references are taken apart", () => {
  expect(parseReference("vm_state")).toEqual({ kind: "field", name: "vm_state" });
  expect(parseReference("exists")).toEqual({ kind: "exists", name: "" });
  expect(parseReference("body./a~1b/0")).toEqual({ kind: "body", name: "/a~1b/0" });
  expect(parseReference("header.X-Auth-Token")).toEqual({ kind: "header", name: "x-auth-token" });
  expect(parseReference("now.millis")).toEqual({ kind: "now", name: "millis" });
  expect(parseReference("query.group-name")).toEqual({ kind: "query", name: "group-name" });
  expect(stepsOf("/a~1b/~01/0")).toEqual(["a/b", "~1", "0"]);
});

test.each([
  "",
  ".",
  "a.b",
  "caller",
  "caller.password",
  "path.",
  "body.a",
  "body",
  "now.seconds",
  "new",
  "item.type",
  "job.x",
  "constructor",
  "__proto__",
  "9lives",
  "a b",
])("%j is no reference", (text) => {
  expect(parseReference(text)).toBeUndefined();
});

test("timers are told what the request says, and read the rest when they are due", () => {
  expect(
    ["caller.token", "path.x", "query.x", "header.x", "body./x", "request.x", "item.known", "new.id"].filter(isOfRequest),
  ).toHaveLength(8);
  expect(["vm_state", "exists", "now", "job.status"].filter(isOfRequest)).toEqual([]);
});

test("names are plain, and members are own", () => {
  expect(["task_state", "a-b", "A1"].every(isName)).toBe(true);
  expect(["toString", "__proto__", "constructor", "a.b", "1a", ""].some(isName)).toBe(false);
  const value: unknown = JSON.parse('{"__proto__": {"x": 1}, "list": [1, 2]}');
  expect(memberAt(value, ["__proto__", "x"])).toBe(1);
  expect(memberAt({}, ["__proto__"])).toBeUndefined();
  expect(memberAt({}, ["constructor", "name"])).toBeUndefined();
  expect([memberAt(value, ["list", "1"]), memberAt(value, ["list", "length"]), memberAt(value, ["list", "at"])]).toEqual([
    2,
    undefined,
    undefined,
  ]);
  expect(memberAt("text", ["length"])).toBeUndefined();
});

/** Both engines are given the same requests and have to find the same places wrong: Prism is the reference, the compiled one is served. */
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { Call } from "../../scripts/calls.ts";
import { parametersOf } from "../conformance/support/requests.ts";
import { SEED } from "../seed.ts";
import { compare, difference, report, sayTheSame } from "./compare.ts";
import { faults, used } from "./faults.ts";
import { INTENDED } from "./intended.ts";
import { madeCases } from "./made.ts";
import { exampleCases, negativeCases, type Case } from "./requests.ts";
import { contracts, fixtures, type Pair } from "./subjects.ts";

/** Per call: most can go wrong where there is a body or a query, or in a fixture that is made for it. */
const runsOf = (pair: Pair, call: Call): number => {
  if (call.requestMediaTypes.length > 0 || fixtures.includes(pair)) return 90;
  return parametersOf(pair, call).some((parameter) => parameter["in"] === "query") ? 60 : 20;
};

/** What can be wrong with a value, as the sentences have it: each of them has to come up. */
const RULES = [
  /must be (object|string|integer|boolean)/,
  /must have required property/,
  /must NOT have additional properties/,
  /one of the allowed values/,
  /must be equal to constant/,
  /must match pattern/,
  /must match format "(uuid|ipv4|ipv6|int32)"/,
  /fewer than \d+ characters/,
  /more than \d+ characters/,
  /must be >= /,
  /fewer than \d+ (properties|items)/,
  /more than \d+ (properties|items)/,
  /when property \S+ is present/,
  /must NOT be valid/,
  /must match "then" schema/,
  /property name must be valid/,
  /must match exactly one schema/,
  /must be there once/,
];

interface Count {
  fit: number;
  unfit: number;
  /** Refused before an engine is asked. */
  before: number;
}

const counts = new Map<string, Count>();
const said = new Set<string>();

function count({ kind }: Case, what: keyof Count): void {
  const found = counts.get(kind) ?? { fit: 0, unfit: 0, before: 0 };
  counts.set(kind, { ...found, [what]: found[what] + 1 });
}

async function check(pair: Pair, given: Case): Promise<void> {
  const comparison = await compare(pair, given);
  if (!comparison) return count(given, "before");
  count(given, comparison.compiled.violations.length === 0 ? "fit" : "unfit");
  for (const { message } of comparison.compiled.violations) for (const rule of RULES) if (rule.test(message)) said.add(rule.source);
  const found = faults(comparison);
  if (found.length > 0) throw new Error(`The engines differ in ${found.join(", ")}: ${report(comparison)}`);
}

test.each(contracts.map((pair) => ({ key: pair.key, pair })))(
  "$key: its own examples, and the corpus of bad requests",
  async ({ pair }) => {
    for (const given of [...exampleCases(pair), ...negativeCases(pair)]) await check(pair, given);
  },
);

describe.each([...contracts, ...fixtures].map((pair) => ({ key: pair.key, pair })))("$key", ({ pair }) => {
  test.each(pair.calls.map((call) => ({ id: call.id, call })))("requests made up for $id", async ({ call }) => {
    const property = fc.asyncProperty(madeCases(pair, call), (given) => check(pair, given));
    await fc.assert(property, { seed: SEED, numRuns: runsOf(pair, call) });
  });
});

const at = (kind: string): Count => counts.get(kind) ?? { fit: 0, unfit: 0, before: 0 };

test("enough of every kind came as far as the engines, and of both sorts", () => {
  const made = [...counts].filter(([kind]) => kind !== "example" && kind !== "negative").map(([, found]) => found);
  expect(made.reduce((sum, { fit, unfit }) => sum + fit + unfit, 0)).toBeGreaterThanOrEqual(2000);
  expect(made.reduce((sum, { before }) => sum + before, 0)).toBe(0);
  expect(at("example")).toEqual({ fit: expect.any(Number), unfit: 0, before: 0 });
  expect(at("example").fit).toBeGreaterThanOrEqual(300);
  expect(at("valid")).toEqual({ fit: expect.any(Number), unfit: 0, before: 0 });
  expect(at("valid").fit).toBeGreaterThanOrEqual(700);
  expect(at("negative").unfit).toBeGreaterThanOrEqual(60);
});

test.each([
  ["required dropped", 20],
  ["member dropped", 60],
  ["unknown member", 60],
  ["member added", 30],
  ["dependent dropped", 3],
  ["odd name", 2],
  ["retyped", 80],
  ["pattern", 20],
  ["enum", 20],
  ["bound", 30],
  ["unicode", 20],
  ["query dropped", 5],
  ["query repeated", 20],
  ["query in capitals", 3],
  ["query value", 10],
  ["header value", 60],
  ["path value", 30],
])("at least so many requests were wrong by %s: %i", (kind, least) => {
  expect(at(kind).unfit).toBeGreaterThanOrEqual(least);
});

test.each(RULES)("a request broke the rule that says %s", (rule) => {
  expect([...said]).toContain(rule.source);
});

test("a text may be as long as it may be, in characters", () => {
  expect(at("full length").fit).toBeGreaterThanOrEqual(1);
});

test("an unknown query is wrong nowhere", () => {
  expect(at("unknown query").unfit).toBe(0);
  expect(at("unknown query").fit).toBeGreaterThanOrEqual(200);
});

test.each(INTENDED)("intended: $name", async ({ name, shows }) => {
  const [key = "", id] = shows.call.split(" ");
  const pair = [...contracts, ...fixtures].find((one) => one.key === key);
  const call = pair?.calls.find((one) => one.id === id);
  if (!pair || !call) throw new Error(`There is no call ${shows.call}.`);
  const { url, headers = {}, body } = shows;
  const request = { method: call.method.toUpperCase(), url, headers, ...(body !== undefined && { body: new TextEncoder().encode(body) }) };
  const comparison = await compare(pair, { kind: "intended", subject: pair, call, request });
  expect(comparison && (difference(comparison).length > 0 || !sayTheSame(comparison))).toBe(true);
  used.delete(name);
  expect(comparison && faults(comparison)).toEqual([]);
  expect([...used]).toContain(name);
});

afterAll(() =>
  console.log(`differential: seed ${SEED}\n${[...counts].map(([kind, found]) => `${kind}: ${JSON.stringify(found)}`).join("\n")}`),
);

/** Both engines are given the same requests and have to find the same places wrong: Prism is the reference, the compiled one is served. */
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { compare, difference, report, sayTheSame, type Comparison } from "./compare.ts";
import { INTENDED } from "./intended.ts";
import { madeCases } from "./made.ts";
import { exampleCases, negativeCases, type Case } from "./requests.ts";
import { contracts, fixtures, type Pair } from "./subjects.ts";

/** Another one finds other requests: `LATCH_SEED=1 npx vitest run test/differential`. */
const SEED = Number(process.env["LATCH_SEED"] ?? 20250919);
/** Per call. */
const RUNS = 40;
const FIXTURE_RUNS = 100;

interface Count {
  fit: number;
  unfit: number;
  /** Refused before an engine is asked. */
  before: number;
}

const counts = new Map<string, Count>();
const used = new Set<string>();

function count({ kind }: Case, what: keyof Count): void {
  const found = counts.get(kind) ?? { fit: 0, unfit: 0, before: 0 };
  counts.set(kind, { ...found, [what]: found[what] + 1 });
}

/** What is wrong with the answers of the two, after what is intended; empty where nothing is. */
function faults(comparison: Comparison): string[] {
  const differing = difference(comparison);
  const about = INTENDED.map((entry) => ({ entry, places: entry.places(comparison) })).filter(({ places }) => places.length > 0);
  const left = differing.filter((place) => !about.some(({ places }) => places.includes(place)));
  if (left.length > 0) return left;
  const worded = differing.length > 0 || sayTheSame(comparison);
  const needed = about.filter(({ entry, places }) => (worded ? places.some((place) => differing.includes(place)) : entry.words === true));
  needed.forEach(({ entry }) => used.add(entry.name));
  return worded || needed.length > 0 ? [] : ["the words"];
}

async function check(pair: Pair, given: Case): Promise<void> {
  const comparison = await compare(pair, given);
  if (!comparison) return count(given, "before");
  count(given, comparison.compiled.violations.length === 0 ? "fit" : "unfit");
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
    await fc.assert(property, { seed: SEED, numRuns: contracts.includes(pair) ? RUNS : FIXTURE_RUNS });
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

/**
 * Two whole engines, one over Prism and one over what was compiled, are given the same requests in the same order and have to give the
 * same answers: first without state, then with the behaviour tables. The compiled engine has the contracts that `generate` left for the
 * mock, Prism the bundles they were made from.
 */
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { createEngine, type MockEngine } from "../../mock/engine.ts";
import { loadContracts } from "../../mock/load.ts";
import { createPrism } from "../../mock/prism.ts";
import type { MockAnswer } from "../../mock/types.ts";
import { ROOT } from "../../scripts/root.ts";
import { credentialsOf } from "../conformance/support/credentials.ts";
import { requestFor } from "../conformance/support/requests.ts";
import { SEED } from "../seed.ts";
import { compare, difference, plainText } from "./compare.ts";
import { faults } from "./faults.ts";
import { madeCases } from "./made.ts";
import { exampleCases, mockRequest, negativeCases, shown, type Case } from "./requests.ts";
import { contracts as pairs, type Pair } from "./subjects.ts";

const RUNS = 8;
/** Before any version of the four ends. */
const NOW = "2025-06-01";

const contracts = await loadContracts(ROOT);
const bundles = contracts.map((contract) => {
  const { document } = pairs.find(({ key }) => key === contract.key) ?? contract;
  return { ...contract, document };
});
const engines = (stateless: boolean): [prism: MockEngine, compiled: MockEngine] => {
  const shared = { stateless, now: () => Date.parse(NOW), seed: "differential" };
  return [createEngine(bundles, { ...shared, backend: ({ document }) => createPrism(document) }), createEngine(contracts, shared)];
};

/** How many answers were the same, by the first digit of their status. */
const counts: Record<string, number> = {};
let intended = 0;

interface Said {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const read = ({ status, headers, body }: MockAnswer): Said => ({
  status,
  headers,
  body: typeof body === "string" ? body : new TextDecoder().decode(body),
});

/** An answer that quotes what a validator said, with the words evened out. */
const even = ({ status, headers, body }: Said): Said => ({
  status,
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, plainText(value)])),
  body: plainText(body),
});

/** An answer but for the words of its reason, which stand in a header and in the body. */
const bare = ({ status, headers: { "x-latch-reason": reason = "", ...headers } }: Said): unknown => ({
  status,
  headers,
  told: reason !== "",
});

/** Whether the two backends mean to differ in this request, and differ in nothing else. */
async function isIntended(pair: Pair, given: Case, got: Said, expected: Said): Promise<boolean> {
  const comparison = await compare(pair, given);
  if (comparison === undefined || faults(comparison).length > 0) return false;
  // Where one of them finds nothing wrong, the answers are of two kinds.
  if (comparison.prism.places.length === 0 || comparison.compiled.places.length === 0) return difference(comparison).length > 0;
  return JSON.stringify(bare(got)) === JSON.stringify(bare(expected));
}

async function same(pair: Pair, given: Case, [prism, compiled]: readonly [MockEngine, MockEngine]): Promise<void> {
  const expected = read(await prism.respond(structuredClone(given.request)));
  const got = read(await compiled.respond(structuredClone(given.request)));
  const equal = expected.status < 400 ? [got, expected] : [even(got), even(expected)];
  if (JSON.stringify(equal[0]) !== JSON.stringify(equal[1])) {
    if (await isIntended(pair, given, got, expected)) return void intended++;
    expect(equal[0], JSON.stringify(shown(given))).toEqual(equal[1]);
  }
  const kind = `${String(expected.status)[0] ?? ""}xx`;
  counts[kind] = (counts[kind] ?? 0) + 1;
}

/** With the credentials of the call, without which nothing else would be looked at. */
const signed = (given: Case): Case => {
  const [credentials = {}] = credentialsOf(given.subject.document, given.call.operation);
  const lower = Object.fromEntries(Object.entries(credentials).map(([name, value]) => [name.toLowerCase(), value]));
  return { ...given, request: { ...given.request, headers: { ...lower, ...given.request.headers } } };
};

/** Every answer that a call documents, asked for with Prefer. */
const preferring = (pair: Pair): Case[] =>
  pair.calls.flatMap((call) =>
    Object.entries(call.answers).flatMap(([status, { mediaType, examples }]) =>
      (mediaType === undefined ? [undefined] : examples).map((example) => {
        const outgoing = requestFor(pair, call);
        const prefer = example === undefined ? `code=${status}` : `code=${status}, example=${example}`;
        return {
          kind: "prefer",
          subject: pair,
          call,
          request: mockRequest({ ...outgoing, headers: { ...outgoing.headers, Prefer: prefer } }),
        };
      }),
    ),
  );

describe.each([true, false])("stateless: %s", (stateless) => {
  const both = engines(stateless);

  describe.each(pairs.map((pair) => ({ key: pair.key, pair })))("$key", ({ pair }) => {
    test("examples and bad requests", async () => {
      for (const given of [...exampleCases(pair), ...negativeCases(pair)]) await same(pair, given, both);
    });

    test("every documented answer", async () => {
      for (const given of preferring(pair)) await same(pair, given, both);
    });

    test("requests that are made up", async () => {
      for (const call of pair.calls) {
        const made = fc.sample(madeCases(pair, call), { seed: SEED, numRuns: RUNS });
        for (const given of made) await same(pair, signed(given), both);
      }
    });
  });
});

test("answers of every sort were compared", () => {
  expect(counts["2xx"]).toBeGreaterThanOrEqual(1000);
  expect(counts["4xx"]).toBeGreaterThanOrEqual(2000);
  expect(counts["5xx"]).toBeGreaterThanOrEqual(300);
  expect(intended).toBeLessThan(15);
});

afterAll(() => console.log(`differential, engines: seed ${SEED}, ${JSON.stringify(counts)}, intended ${intended}`));

/** Every call × status × example of every contract: both engines give the same headers and the same body. */
import { describe, expect, test } from "vitest";
import type { Wish } from "../../mock/types.ts";
import type { Call } from "../../scripts/calls.ts";
import { takeCensus } from "../conformance/support/census.ts";
import { contracts, fixtures, type Pair } from "./subjects.ts";

const covered = new Set<string>();
let bodies = 0;

const wishesOf = (call: Call): Wish[] =>
  Object.entries(call.answers).flatMap(([status, { mediaType, examples }]) =>
    mediaType === undefined ? [{ status }] : examples.map((example) => ({ status, mediaType, example })),
  );

async function compare({ key, prism, compiled }: Pair, call: Call, wish: Wish): Promise<void> {
  const [expected, got] = [await prism.render(call, wish), compiled.render(call, wish)];
  expect(got.headers, `${key} ${call.id} ${JSON.stringify(wish)}`).toEqual(expected.headers);
  covered.add(`${key} ${call.id} ${wish.status}`);
  // Where this call's answer has no body, Prism renders that of a sibling of the same URL, which nobody reads.
  if (wish.mediaType === undefined) return;
  expect(got.body, `${key} ${call.id} ${JSON.stringify(wish)}`).toEqual(expected.body);
  bodies++;
}

describe.each([...contracts, ...fixtures].map((pair) => ({ key: pair.key, pair })))("$key", ({ pair }) => {
  test.each(pair.calls.map((call) => ({ id: call.id, call })))("$id", async ({ call }) => {
    for (const wish of wishesOf(call)) await compare(pair, call, wish);
  });

  test("the same answer is the same object, so that it can be kept", () => {
    for (const call of pair.calls) {
      for (const wish of wishesOf(call)) {
        const [one, other] = [pair.compiled.render(call, wish), pair.compiled.render(call, wish)];
        expect(one.headers).toBe(other.headers);
        expect(one.body).toBe(other.body);
      }
    }
  });
});

test("all of them were compared", () => {
  const keys = new Set(contracts.map(({ key }) => key));
  const census = takeCensus().filter((entry) => keys.has(entry.split(" ")[0] ?? ""));
  expect(census.length).toBeGreaterThan(500);
  expect(census.filter((entry) => !covered.has(entry))).toEqual([]);
  expect(bodies).toBeGreaterThan(census.length);
});

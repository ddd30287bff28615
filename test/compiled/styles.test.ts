import { expect, test, vi } from "vitest";
import { namedValues } from "../../mock/compiled/styles.ts";
import { itemOf } from "../../mock/state/collection.ts";

test("names stand in the order of their first value, each with all of its values", () => {
  expect(namedValues(new URLSearchParams("b=1&a=2&b=3&__proto__=4&b="))).toEqual([
    ["b", ["1", "3", ""]],
    ["a", ["2"]],
    ["__proto__", ["4"]],
  ]);
});

/** `getAll`, `get` and `has` look at every parameter: asked for each name, 10,000 names take the square of it. */
test("a query of many names is not searched once for each", () => {
  const query = new URLSearchParams(`elementType=a&${Array.from({ length: 10_000 }, (_, index) => `n${index}=${index}`).join("&")}`);
  const searches = (["getAll", "get", "has"] as const).map((method) => vi.spyOn(query, method));
  expect(namedValues(query)).toHaveLength(10_001);
  const spec = { item: "configElement", type: "elementType", keys: { a: [] }, initial: [] };
  expect(itemOf(spec, { query })?.item.attributes).toHaveLength(10_000);
  expect(searches.reduce((sum, { mock }) => sum + mock.calls.length, 0)).toBeLessThan(10);
});

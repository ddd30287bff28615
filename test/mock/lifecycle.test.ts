import { expect, test } from "vitest";
import { lifecycleOf, standingAt } from "../../mock/lifecycle.ts";

const { headers } = lifecycleOf({ info: { "x-lifecycle": { state: "CURRENT", notBefore: "2026-08-31" } } });
const sunset = "Mon, 31 Aug 2026 00:00:00 GMT";

test("a version counts as deprecated from the instant that its headers name: 90 days before its end", () => {
  const noticed = Date.UTC(2026, 5, 2);
  expect(headers(noticed - 1)).toEqual({ sunset });
  expect(headers(noticed)).toEqual({ sunset, deprecation: `@${noticed / 1000}` });
  expect([standingAt(noticed - 1, "2026-08-31"), standingAt(noticed, "2026-08-31")]).toEqual(["served", "deprecated"]);
});

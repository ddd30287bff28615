import { expect, test } from "vitest";
import type { Violation } from "../../mock/types.ts";
import { refusalFor } from "../../mock/violations.ts";

const context = { headers: {}, credentials: new Set<string>(), versioned: false };

test("of more violations than a call takes arguments the deepest are told", () => {
  const flat = Array.from({ length: 200_000 }, (_, index): Violation => ({ where: "body", path: ["a"], message: `a must be ${index}` }));
  const violations: Violation[] = [...flat, { where: "body", path: ["b", "c"], message: "b.c must be string" }];
  expect(refusalFor(violations, context)).toMatchObject({ kind: "invalidRequest", message: "b.c must be string" });
});

/** What a consumer's bundle grows by stays within the budgets, and nobody pays for what another vendor needs. */
import { expect, test } from "vitest";
import { ROOT } from "../../scripts/root.ts";
import { ENTRIES, formatSizes, isOver, sizeOf, type Size } from "../../scripts/sizes.ts";

const sizes: Size[] = [];
for (const entry of ENTRIES) sizes.push(await sizeOf(ROOT, entry));
const named = (part: string): Size[] => sizes.filter(({ name }) => name.startsWith(part));

test.each(sizes.filter(({ budget }) => budget !== undefined))("$name: $gzip of $budget bytes", (size) => {
  // A bundler that found nothing would make a small bundle.
  expect(size.files.length).toBeGreaterThan(0);
  expect(size.gzip).toBeGreaterThan(300);
  expect(size.gzip).toBeLessThanOrEqual(size.budget ?? 0);
});

test("the budgets are those that were set", () => {
  const budgets = sizes.flatMap(({ name, budget }) => (budget === undefined ? [] : [`${name.split(":")[0]} ${budget}`]));
  expect([...new Set(budgets)]).toEqual(["core 3000", "signer 1500", "reading XML 6000"]);
});

test("openapi-fetch comes with the first raw call only", () => {
  for (const { later } of named("core")) expect(later).toBeGreaterThan(1000);
});

test("a client brings the credentials of its own vendor, and XML only where the vendor speaks it", () => {
  const parts = ["scp.ts", "huawei.ts", "iam-token.ts", "ak-sk.ts", "ecb.ts", "xml.ts"];
  const brought = named("client with credentials").map(({ name, files }) => [
    name.split(" ").at(-1)?.split("/")[0],
    parts.filter((part) => files.includes(part)),
  ]);
  expect(Object.fromEntries(brought)).toEqual({
    "samsung-virtualserver": ["scp.ts"],
    "huawei-ecs-native": ["huawei.ts", "iam-token.ts", "ak-sk.ts"],
    "oracle-ecb": ["ecb.ts", "xml.ts"],
  });
});

test("what is counted elsewhere is not in the core", () => {
  for (const { files } of named("core")) expect(files).toEqual(expect.not.arrayContaining(["hmac.ts", "token-holder.ts", "xml.ts"]));
});

test("the table says what is over, and only that makes it fail", () => {
  const size: Size = { name: "thing", code: "", raw: 10, gzip: 7, later: 3, files: [], budget: 6 };
  expect(isOver(size)).toBe(true);
  expect(isOver({ ...size, budget: 7 })).toBe(false);
  expect(formatSizes([size])).toContain("thing   10        7     6 (over)  +3");
});

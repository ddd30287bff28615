/** docs/mock.md names every field that a table remembers: whoever writes a seed file need not read tables. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadContracts } from "../../mock/load.ts";
import { ROOT } from "../../scripts/root.ts";

const contracts = await loadContracts(ROOT);
const rows = readFileSync(join(ROOT, "docs/mock.md"), "utf8").split("\n");
const tables = new Map(contracts.flatMap(({ api, behaviour }) => (behaviour ? [[api, behaviour] as const] : [])));

test.each([...tables])("%s", (api, { resource }) => {
  const row = rows.find((line) => line.startsWith("|") && line.split("|")[1]?.includes(`\`${api}\``)) ?? "";
  const fields = Object.keys(resource?.fields ?? {});
  const [, , cell = ""] = row.split("|");
  const named = [...cell.replace(/\([^)]*\)/g, "").matchAll(/`([^`]+)`/g)].map(([, name]) => name);
  expect(named.toSorted()).toEqual(fields.toSorted());
});

import { mkdtempSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compare, emit } from "../../scripts/emit.ts";

function room(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), "latch-emit-"));
  mkdirSync(join(root, "generated/old"), { recursive: true });
  for (const [path, content] of Object.entries(files)) writeFileSync(join(root, path), content);
  return root;
}
const keepNothing = (): boolean => false;

test("writes what is new or different, removes what is stale, leaves no temporary file", async () => {
  const root = room({ "generated/same": "1", "generated/changed": "1", "generated/old/stale": "1" });
  const changed = await emit(
    root,
    new Map([
      ["generated/same", "1"],
      ["generated/changed", "2"],
      ["generated/new/deep", "3"],
    ]),
    "generated",
    keepNothing,
  );
  expect(changed).toEqual(["generated/changed", "generated/new/deep", "generated/old/stale"]);
  expect(readdirSync(join(root, "generated"), { recursive: true }).toSorted()).toEqual(["changed", "new", "new/deep", "old", "same"]);
  expect(readFileSync(join(root, "generated/changed"), "utf8")).toBe("2");
});

test("comparing writes nothing and names what is missing, different and stale", async () => {
  const root = room({ "generated/changed": "1", "generated/page.html": "x", "generated/stale": "1" });
  const files = new Map([
    ["generated/changed", "2"],
    ["generated/missing", "3"],
  ]);
  expect(await compare(root, files, "generated", (path) => path.endsWith(".html"))).toEqual([
    "generated/changed",
    "generated/missing",
    "generated/stale",
  ]);
  expect(readFileSync(join(root, "generated/changed"), "utf8")).toBe("1");
});

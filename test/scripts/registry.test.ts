import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { selectEntries } from "../../scripts/contract-list.ts";
import { readRegistry } from "../../scripts/registry.ts";
import { ROOT } from "../../scripts/root.ts";

function repository(registry: string): string {
  const root = mkdtempSync(join(tmpdir(), "latch-registry-"));
  writeFileSync(join(root, "redocly.yaml"), registry);
  return root;
}

test("lists the ten contracts of the design", () => {
  expect(readRegistry(ROOT).map(({ key }) => key)).toEqual([
    "huawei-ecs-native@v2",
    "huawei-ecs-native@v2.1",
    "huawei-ecs@v1",
    "huawei-ecs@v1.1",
    "huawei-ecs@v2",
    "samsung-virtualserver@v1.0",
    "samsung-virtualserver@v1.1",
    "samsung-virtualserver@v1.2",
    "samsung-virtualserver@v1.3",
    "oracle-ecb@v1.1",
  ]);
});

test("an api stands for all of its versions", () => {
  expect(selectEntries(readRegistry(ROOT), ["huawei-ecs"]).map(({ version }) => version)).toEqual(["v1", "v1.1", "v2"]);
});

describe("a mistake names its line", () => {
  test.each([
    ["apis:\n  a@v1:\n    root: x\n  b:\n    root: y\n", "The entry b is not api@version", 4],
    ["apis:\n  a@v1:\n    output: x\n", "The entry a@v1 has no root", 2],
    ["apis:\n  a@v1: [\n", "Flow sequence in block collection", 3],
  ])("%j", (registry, message, line) => {
    expect(() => readRegistry(repository(registry))).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(message),
        place: expect.objectContaining({ file: "redocly.yaml", line }),
      }),
    );
  });

  test("an unknown contract is answered with the known ones", () => {
    expect(() => selectEntries(readRegistry(ROOT), ["huawei"])).toThrow(
      expect.objectContaining({ fix: expect.stringContaining("huawei-ecs@v1.1") }),
    );
  });
});

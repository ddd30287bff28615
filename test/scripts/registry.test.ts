import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
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

test("lists the contracts of the table of contents, each with its parts", () => {
  const written = readFileSync(join(ROOT, "redocly.yaml"), "utf8").match(/(?<=^ {2})\S+@\S+(?=:$)/gm) ?? [];
  expect(written.length).toBeGreaterThanOrEqual(10);
  expect(readRegistry(ROOT).map(({ key }) => key)).toEqual(written);
  expect(readRegistry(ROOT).find(({ key }) => key === "huawei-ecs-native@v2")).toMatchObject({
    api: "huawei-ecs-native",
    version: "v2",
    root: "openapi/huawei-ecs-native/v2.overlay.yaml",
    overlay: true,
    out: "generated/huawei-ecs-native/v2",
  });
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

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { isObject, type Obj } from "../../scripts/document.ts";
import { applyOverlay } from "../../scripts/overlay.ts";

const cases = join(import.meta.dirname, "../fixtures/overlay");
const where = { file: "x.overlay.yaml", line: (action: number) => action + 3 };

const read = (name: string, file: string): Obj => {
  const value: unknown = parse(readFileSync(join(cases, name, file), "utf8"));
  if (!isObject(value)) throw new Error(`${name}/${file} is not an object`);
  return value;
};

describe("an overlay", () => {
  test.each(readdirSync(cases))("%s", (name) => {
    const input = read(name, "openapi.yaml");
    const before = structuredClone(input);
    expect(applyOverlay(input, read(name, "overlay.yaml"), where)).toEqual(read(name, "output.yaml"));
    expect(input).toEqual(before);
  });

  test("whose target selects nothing is an error that names the action's line", () => {
    const overlay = {
      actions: [
        { target: "$.info", update: {} },
        { target: "$.paths.nowhere", update: {} },
      ],
    };
    expect(() => applyOverlay({ info: {} }, overlay, where)).toThrow(
      expect.objectContaining({
        message: "The overlay's target $.paths.nowhere selects nothing",
        place: { file: "x.overlay.yaml", line: 4 },
      }),
    );
  });
});

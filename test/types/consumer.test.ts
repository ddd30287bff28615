/** What a consumer may write compiles, and what would be refused on the wire is refused by the compiler: in both compilers, under both resolutions. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readRegistry } from "../../scripts/registry.ts";
import { ROOT } from "../../scripts/root.ts";
import { COMPILERS, CONSUMER, RESOLUTIONS, compile, copyConsumer, markedErrors, unmark } from "./compile.ts";

const compilers = Object.keys(COMPILERS) as (keyof typeof COMPILERS)[];
const resolutions = Object.keys(RESOLUTIONS) as (keyof typeof RESOLUTIONS)[];

test.each(compilers)("TypeScript %s accepts the right code and refuses the wrong, line by line", async (compiler) => {
  for (const resolution of resolutions) {
    const { diagnostics, output } = await compile(copyConsumer(), compiler, resolution);
    expect(diagnostics, `${resolution}\n${output}`).toEqual([]);
  }
});

/** A mark also hides the wrong error (a typing slip); without it the compiler must name the one that was meant. */
test.each(compilers)("TypeScript %s refuses each marked line for the reason that is written there", async (compiler) => {
  const folder = copyConsumer();
  const marked = markedErrors(folder, compiler);
  expect(marked.length).toBeGreaterThan(50);
  unmark(folder);
  const { diagnostics, output } = await compile(folder, compiler, "nodenext");
  expect(diagnostics, output).toEqual(marked);
});

test("every contract has a consumer, and every API one that somebody wrote", () => {
  const textOf = (folder: string): string =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(join(folder, name), "utf8"))
      .join("\n");
  const [copied, written] = [textOf(copyConsumer()), textOf(CONSUMER)];
  for (const { api, version } of readRegistry(ROOT)) {
    expect(copied).toContain(`"latch/${api}/${version}"`);
    expect(written, "write test/types/fixtures/consumer/<api>.ts").toContain(`"latch/${api}/v`);
  }
});

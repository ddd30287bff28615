/** What a consumer may write of leases, locks and waits compiles, and what is wrong is refused for its reason: in both compilers. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../scripts/root.ts";
import { COMPILERS, FROM_SOURCES, RESOLUTIONS, compile, copyConsumer, markedErrors, unmark } from "../types/compile.ts";

const compilers = Object.keys(COMPILERS) as (keyof typeof COMPILERS)[];
const resolutions = Object.keys(RESOLUTIONS) as (keyof typeof RESOLUTIONS)[];
const SOURCES = { ...FROM_SOURCES, paths: { ...FROM_SOURCES.paths, "latch/runtime/*": [join(ROOT, "runtime/*.ts")] } };

const copy = (): string => copyConsumer(join(ROOT, "test/leases/fixtures/consumer"));

test.each(compilers)("TypeScript %s accepts the right code and refuses the wrong", async (compiler) => {
  for (const resolution of resolutions) {
    const { diagnostics, output } = await compile(copy(), compiler, resolution, SOURCES);
    expect(diagnostics, `${resolution}\n${output}`).toEqual([]);
  }
});

test.each(compilers)("TypeScript %s refuses each marked line for the reason that is written there", async (compiler) => {
  const folder = copy();
  const marked = markedErrors(folder, compiler);
  expect(marked.length).toBeGreaterThan(10);
  unmark(folder);
  const { diagnostics, output } = await compile(folder, compiler, "nodenext", SOURCES);
  expect(diagnostics, output).toEqual(marked);
});

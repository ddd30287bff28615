/** A broken contract stops `generate` with one sentence that names file, line and what to do, and leaves generated/ as it was. */
import { describe, expect, test } from "vitest";
import { BROKEN_FACTS } from "./broken-facts.ts";
import { BROKEN_FILES } from "./broken-files.ts";
import { BROKEN_SETTINGS } from "./broken-settings.ts";
import { copyRepository } from "./repository.ts";

const CASES = [...BROKEN_FILES, ...BROKEN_FACTS, ...BROKEN_SETTINGS];

describe.each([...new Set(CASES.map(({ api }) => api))])("%s", (api) => {
  test("before anything is broken, it generates", async () => {
    const { code, stderr } = await copyRepository(api).generate();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  test.each(CASES.filter((one) => one.api === api))("$name", async ({ breaks, says }) => {
    const repository = copyRepository(api);
    const [file, line] = breaks(repository);
    const before = repository.generated();
    const { code, stderr } = await repository.generate();
    expect(code, stderr).toBe(1);
    expect(stderr.trimEnd().split("\n"), stderr).toHaveLength(1);
    const [, where, sentence = ""] = /^(\S+?:\d+)(?::\d+)?: (.+)$/.exec(stderr.trimEnd()) ?? [];
    expect(where, stderr).toBe(`${file}:${line}`);
    expect(sentence, "one sentence: what is wrong, then what to do").toMatch(/^[^:].*[^:]: [^:].*[^.]\.$/);
    expect(sentence.split(": ").at(-1)).toMatch(/^(add|change|choose|correct|create|give|mend|name|refer|remove|write) /);
    expect(sentence, "paths are relative to the repository").not.toContain(repository.root);
    expect(sentence).toMatch(says);
    expect(Object.keys(before).length).toBeGreaterThan(2);
    expect(repository.generated()).toEqual(before);
  });
});

/** What a page tells its worker goes into an address and comes out of it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { readOptions, writeOptions, type WorkerOptions } from "../../mock/browser/options.ts";

const text = fc.string({ unit: "grapheme" });
const wait = fc.nat();
const some = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

const options: fc.Arbitrary<WorkerOptions> = fc.record({
  base: some(text),
  vendors: some(fc.oneof(fc.boolean(), fc.dictionary(text, text))),
  state: some(fc.constantFrom("indexeddb" as const, "memory" as const)),
  now: some(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("2100-01-01") }).map((date) => date.toISOString())),
  seed: some(text),
  seedFile: some(fc.record({ callers: fc.dictionary(text, fc.record({ accessKey: text })) })),
  strict: some(fc.boolean()),
  stateless: some(fc.boolean()),
  worldHeader: some(fc.stringMatching(/^X-[A-Za-z-]+$/)),
  delay: some(
    fc.oneof(
      wait,
      fc.tuple(wait, wait).map(([one, other]): [number, number] => [Math.min(one, other), Math.max(one, other)]),
    ),
  ),
  faultRate: some(fc.double({ min: 0, max: 1, noNaN: true })),
  requireHttps: some(fc.boolean()),
});

test("there and back", () => {
  const given = (value: WorkerOptions): unknown => JSON.parse(JSON.stringify(value));
  const same = fc.property(options, (value) => {
    expect(given(readOptions(`?${writeOptions(value)}`))).toEqual(given(value));
  });
  fc.assert(same);
});

test("the same options are the same address, in any order", () => {
  expect(writeOptions({ strict: true, base: "a b" })).toBe("base=a+b&strict=true");
  expect(writeOptions({ base: "a b", strict: true, seed: undefined })).toBe("base=a+b&strict=true");
  expect(readOptions("")).toEqual({});
});

test.each([
  ["nope=1", "The mock has no option nope: choose from base, vendors, state,"],
  ["__proto__=1", "The mock has no option __proto__"],
  ["strict=yes", "The option strict has to be true or false."],
  ["strict=", "The option strict has to be true or false."],
  ["vendors=[]", "The option vendors has to be true, false or a map of texts."],
  ['vendors={"host":1}', "The option vendors has to be true, false or a map of texts."],
  ["state=redis", "The option state has to be indexeddb or memory."],
  ["now=soon", "The option now has to be a date such as 2026-08-01."],
  ["seedFile=[1]", "The option seedFile has to be a map of callers, tokens and servers."],
  ["delay=[1]", "The option delay has to be milliseconds, or the least and the most."],
  ["delay=-1", "The option delay has to be milliseconds, or the least and the most."],
  ["delay=[2,1]", "The option delay has to be milliseconds, or the least and the most."],
  ["worldHeader=bad,header", "The option worldHeader has to be the name of a header that carries no credential."],
  ["faultRate=2", "The option faultRate has to be a share from 0 to 1."],
])("%s is refused", (search, message) => expect(() => readOptions(search)).toThrow(message));

test("a page hears of it before anything is registered", () => {
  const wrong: object = { delay: [1, "2"] };
  expect(() => writeOptions(wrong)).toThrow("The option delay has to be");
});

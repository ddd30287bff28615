/** The function as a door: waiting, giving up, and what only it can do. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createMock, type FetchMockOptions } from "../../mock/fetch.ts";
import { createMemoryStore } from "../../mock/store/memory.ts";
import type { Maybe, Store } from "../../mock/store/types.ts";
import { box, desk } from "../mock/harness.ts";

const URL_OF_BOX = "https://anywhere.example.com/v1/p/boxes/b1";
const shown = (init: RequestInit = {}): Request => new Request(URL_OF_BOX, { headers: { "X-Token": "t" }, ...init });
const slow = (options: FetchMockOptions = {}): ReturnType<typeof createMock> => createMock(box, { delay: 5000, ...options });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("one API stands at the root of any host, several under their names", async () => {
  expect((await createMock(box)(shown())).status).toBe(200);
  // An option that is undefined is none.
  expect((await createMock(box, { alone: undefined })(shown())).status).toBe(200);
  const both = createMock([box, desk]);
  expect((await both(shown())).status).toBe(404);
  const below = new Request("https://anywhere.example.com/box/v1/p/boxes/b1", { headers: { "X-Token": "t" } });
  expect((await both(below)).status).toBe(200);
});

test("an answer to HEAD has the headers of the answer to GET, and no body", async () => {
  const [got, head] = [await createMock(box)(shown()), await createMock(box)(shown({ method: "HEAD" }))];
  expect([head.status, head.headers.get("content-type")]).toEqual([200, got.headers.get("content-type")]);
  expect([await head.text(), (await got.text()).length > 0]).toEqual(["", true]);
});

test("a delay is waited for", async () => {
  const answer = slow()(shown());
  await vi.advanceTimersByTimeAsync(4999);
  await expect(Promise.race([answer, Promise.resolve("not yet")])).resolves.toBe("not yet");
  await vi.advanceTimersByTimeAsync(1);
  expect((await answer).status).toBe(200);
});

test("giving up ends the wait, also one that does not look at the signal, and leaves no timer behind", async () => {
  for (const wait of [undefined, () => new Promise<void>(() => {})]) {
    const going = new AbortController();
    const answer = slow({ wait })(shown({ signal: going.signal }));
    const refused = expect(answer).rejects.toThrow("enough");
    await vi.advanceTimersByTimeAsync(1000);
    going.abort(new Error("enough"));
    await refused;
    expect(vi.getTimerCount()).toBe(0);
  }
});

test("a wait that fails is the answer's failure", async () => {
  await expect(slow({ wait: () => Promise.reject(new Error("no time")) })(shown())).rejects.toThrow("no time");
});

test("a defect of ours is an answer, and is told on the console", async () => {
  const told = vi.spyOn(console, "error").mockImplementation(() => {});
  const broken = { ...box, document: {}, validators: undefined };
  const answer = await createMock(broken)(shown());
  expect(answer.status).toBe(500);
  expect(told.mock.calls.map(([line]) => String(line))).toEqual([expect.stringMatching(/^latch: defect: Error: .*npm run generate/)]);
  told.mockRestore();
});

test("a fault that is there for three uses is used three times, also by requests that come together", async () => {
  const memory = createMemoryStore();
  const later = async <T>(value: Maybe<T>): Promise<T> => value;
  const store: Store = {
    ...memory,
    local: false,
    read: (world, key) => later(memory.read(world, key)),
    swap: (world, key, seen, next) => later(memory.swap(world, key, seen, next)),
  };
  const mock = createMock(box, { store });
  await mock.engine.worlds.change("default", (settings) => ({ ...settings, faults: [{ id: "f", drop: true, times: 3 }] }));
  vi.useRealTimers();
  const ended = await Promise.allSettled(Array.from({ length: 10 }, () => mock(shown())));
  expect(ended.filter(({ status }) => status === "rejected")).toHaveLength(3);
});

test("it is called as fetch is", async () => {
  const mock = createMock(box);
  const init = { method: "POST", headers: { "X-Token": "t", "Content-Type": "application/json" }, body: '{"lock":null}' };
  expect((await mock(`${URL_OF_BOX}/action`, init)).status).toBe(202);
  expect((await mock(new URL(`${URL_OF_BOX}/action`), init)).status).toBe(202);
  expect((await mock(URL_OF_BOX)).status).toBe(401);
  expect((await mock(new URL(URL_OF_BOX))).status).toBe(401);
  expect((await mock(shown(), { headers: {} })).status).toBe(401);
  expect((await mock(shown())).status).toBe(200);
  const asFetch: typeof fetch = mock;
  await expect(asFetch("no address")).rejects.toThrow(TypeError);
});

test.each<[object, string]>([
  [{ sed: "x" }, "The mock has no option sed: choose from alone, backend, stateless, now, seed, seedFile, strict,"],
  [{ delay: "x" }, "The option delay has to be milliseconds, or the least and the most."],
  [{ delay: [400, 100] }, "The option delay has to be milliseconds, or the least and the most."],
  [{ faultRate: 5 }, "The option faultRate has to be a share from 0 to 1."],
  [{ strict: "yes" }, "The option strict has to be true or false."],
  [{ now: [] }, "The option now has to be a date such as 2026-08-01, or a function that gives milliseconds."],
  [{ seed: 7 }, "The option seed has to be text."],
  [{ wait: 7 }, "The option wait has to be a function."],
  [{ worldHeader: "Authorization" }, "The option worldHeader has to be the name of a header that carries no credential."],
  [{ worldHeader: "bad,header" }, "The option worldHeader has to be the name of a header that carries no credential."],
  [[], "The options of the mock are an object: give some of alone,"],
])("options that are none: %j", (options, sentence) => {
  expect(() => createMock(box, options)).toThrow(new RegExp(`^${sentence.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`));
  expect(() => createMock(box, options)).toThrow(TypeError);
});

test("nothing to mock is a mistake", () => {
  expect(() => createMock([])).toThrow(new TypeError("There is no contract to mock: pass one, or a list of at least one."));
});

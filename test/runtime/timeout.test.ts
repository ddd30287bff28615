/** Limits on time, and the caller's signal: nothing is waited for, the timers are turned by hand. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as native from "../../generated/huawei-ecs-native/v2.1/client.ts";
import { createContractClient } from "../../runtime/client.ts";
import { limit } from "../../runtime/timeout.ts";
import { scripted } from "./scripted.ts";

const server = { project_id: "74610f3a5ad941998e91f076297ecf27", server_id: "89c312bb-285a-4026-a237-d441908c2f9e" };
const shown = (): Response => Response.json({ server: {} });
/** An answer that never comes. */
const silence = (): Promise<Response> => new Promise(() => {});
/** What the caller sees of a promise that is still on its way. */
const outcome = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "answered",
    (error: unknown) => error,
  );

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

test("a call that takes too long throws a TimeoutError that names it and the limit", async () => {
  const { fetch } = scripted([silence]);
  const failed = outcome(native.showServer(native.createClient({ fetch, timeout: 5000 }), server));
  await vi.advanceTimersByTimeAsync(4999);
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  const error = await failed;
  expect(error).toBeInstanceOf(DOMException);
  expect(error).toMatchObject({ name: "TimeoutError", message: "showServer took longer than 5000 ms." });
});

test("what took too long is not sent again, and the request is told", async () => {
  let told: AbortSignal | undefined;
  const { fetch, sent } = scripted([(request) => ((told = request.signal), silence())]);
  const failed = outcome(native.showServer(native.createClient({ fetch, timeout: 10 }), server));
  await vi.advanceTimersByTimeAsync(10);
  expect(await failed).toMatchObject({ name: "TimeoutError" });
  expect(told?.aborted).toBe(true);
  expect([sent.length, vi.getTimerCount()]).toEqual([1, 0]);
});

test("the limit of one call goes before the client's, and 0 lifts it", async () => {
  const { fetch } = scripted([silence, silence]);
  const client = native.createClient({ fetch, timeout: 10 });
  const failed = outcome(native.showServer(client, server, { timeout: 20 }));
  await vi.advanceTimersByTimeAsync(19);
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await failed).toMatchObject({ message: "showServer took longer than 20 ms." });
  void native.showServer(client, server, { timeout: 0 });
  expect(vi.getTimerCount()).toBe(0);
});

test("a body that does not end counts too, and so do credentials that do not come", async () => {
  const stuck = (): Response => new Response(new ReadableStream({ start() {} }), { status: 200 });
  const { fetch } = scripted([stuck, silence]);
  const body = outcome(native.showServer(native.createClient({ fetch, timeout: 10 }), server));
  const iam = { username: "u", password: "p", domain: "d" };
  const token = outcome(native.showServer(native.createClient({ fetch, timeout: 10, iam }), server));
  await vi.advanceTimersByTimeAsync(10);
  expect(await body).toMatchObject({ name: "TimeoutError" });
  expect(await token).toMatchObject({ name: "TimeoutError" });
});

test("credentials that come too late send nothing, even through a fetch that does not look at the signal", async () => {
  const { fetch, sent } = scripted([]);
  let finish = (): void => {};
  const authorize = (request: Request): Promise<Request> => new Promise((resolve) => (finish = () => resolve(request)));
  const client: native.Client = createContractClient(native.contract, { fetch, timeout: 10 }, () => ({ authorize }));
  const failed = outcome(native.stopServer(client, { ...server, "os-stop": {} }));
  await vi.advanceTimersByTimeAsync(10);
  expect(await failed).toMatchObject({ name: "TimeoutError" });
  finish();
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toEqual([]);
});

test("nothing stays behind after an answer, after an error and after an abort", async () => {
  const { fetch } = scripted([shown, () => Promise.reject(new TypeError("fetch failed")), silence]);
  const abort = new AbortController();
  const listeners = vi.spyOn(abort.signal, "addEventListener");
  const removed = vi.spyOn(abort.signal, "removeEventListener");
  const client = native.createClient({ fetch, timeout: 1000, retry: false });
  await native.showServer(client, server, { signal: abort.signal });
  await expect(native.showServer(client, server, { signal: abort.signal })).rejects.toThrow("fetch failed");
  const aborted = outcome(native.showServer(client, server, { signal: abort.signal }));
  abort.abort(new Error("Enough."));
  expect(await aborted).toMatchObject({ message: "Enough." });
  expect(vi.getTimerCount()).toBe(0);
  expect(listeners).toHaveBeenCalledTimes(3);
  const functions = (spy: typeof listeners | typeof removed): Set<unknown> => new Set(spy.mock.calls.map(([, listener]) => listener));
  expect(functions(removed)).toEqual(functions(listeners));
});

test("a signal that is aborted already sends nothing", async () => {
  const { fetch, sent } = scripted([]);
  const signal = AbortSignal.abort(new Error("Before."));
  await expect(native.showServer(native.createClient({ fetch, timeout: 10 }), server, { signal })).rejects.toThrow("Before.");
  expect(sent).toEqual([]);
});

test("a fetch that does not look at the signal does not keep the caller", async () => {
  const { fetch } = scripted([silence]);
  const abort = new AbortController();
  const aborted = outcome(native.lockServer(native.createClient({ fetch }), server, { signal: abort.signal }));
  abort.abort();
  expect(await aborted).toMatchObject({ name: "AbortError" });
});

describe("openapi-fetch's own methods", () => {
  const path = "/{project_id}/servers/{server_id}";
  test("have the client's limit for the head of an answer", async () => {
    let arrive = (): void => {};
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const { fetch } = scripted([() => (arrive(), silence())]);
    const failed = outcome(native.createClient({ fetch, timeout: 10 }).GET(path, { params: { path: server } }));
    await arrived;
    await vi.advanceTimersByTimeAsync(10);
    expect(await failed).toMatchObject({ message: `GET /v2.1/${server.project_id}/servers/${server.server_id} took longer than 10 ms.` });
  });
  test("or the limit of the call", async () => {
    const { fetch } = scripted([() => silence()]);
    const failed = outcome(native.createClient({ fetch, timeout: 10 }).GET(path, { params: { path: server }, timeout: 20 }));
    await vi.advanceTimersByTimeAsync(20);
    expect(await failed).toMatchObject({ message: expect.stringMatching(/took longer than 20 ms/) });
  });
  test("and for its body, which is read elsewhere", async () => {
    let told: AbortSignal | undefined;
    const { fetch } = scripted([(request) => ((told = request.signal), shown())]);
    const { response } = await native.createClient({ fetch, timeout: 10 }).GET(path, { params: { path: server }, parseAs: "stream" });
    expect([response.bodyUsed, told?.aborted]).toEqual([false, false]);
    await vi.advanceTimersByTimeAsync(10);
    expect(told?.aborted).toBe(true);
  });
  test("and the caller's signal", async () => {
    const { fetch } = scripted([silence]);
    const abort = new AbortController();
    const aborted = outcome(native.createClient({ fetch }).GET(path, { params: { path: server }, signal: abort.signal }));
    abort.abort(new Error("Enough."));
    expect(await aborted).toMatchObject({ message: "Enough." });
  });
});

describe("limit", () => {
  test.each([undefined, 0, Number.NaN, Infinity, 2 ** 31])("%s is none", (milliseconds) => {
    expect(limit(milliseconds, undefined, "call").signal).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });
  test("the longest that a timer can wait is one", () => {
    const { signal, done } = limit(2 ** 31 - 1, undefined, "call");
    expect([signal?.aborted, vi.getTimerCount()]).toEqual([false, 1]);
    done();
    expect(vi.getTimerCount()).toBe(0);
  });
  test("without a limit the caller's signal is handed on as it is", () => {
    const { signal } = new AbortController();
    expect(limit(undefined, signal, "call").signal).toBe(signal);
  });
  test.each([
    ["Node's timer keeps no process alive", { unref: vi.fn() }],
    ["a browser's timer is a number", 5],
  ])("once released, %s", (_, timer) => {
    vi.stubGlobal("setTimeout", () => timer);
    limit(10, undefined, "call").release();
    vi.unstubAllGlobals();
    if (typeof timer === "object") expect(timer.unref).toHaveBeenCalledOnce();
  });
});

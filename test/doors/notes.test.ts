/** What a worker remembers of itself, over a database that is an object. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Database } from "../../mock/browser/database.ts";
import { createNotes, type Notes } from "../../mock/browser/notes.ts";

const START = Date.parse("2026-11-21T09:00:00Z");
const later = (milliseconds: number): void => void vi.setSystemTime(Date.now() + milliseconds);

beforeEach(() => void vi.useFakeTimers({ now: START, toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

/** Notes of one worker after the other, over what is kept; without anything kept the browser refuses. */
function lives(kept?: Map<string, unknown>): () => Notes {
  const run: Database["run"] = async (_, mode, work) => {
    if (!kept) throw new Error("refused");
    const part = {
      get: (name: string) => answered(kept.get(name)),
      put: (value: unknown, name: string) => answered(mode === "readwrite" && void kept.set(name, value)),
    };
    return work(Object.assign(Object.create(null), part));
  };
  return () => createNotes({ run, close: async () => {} });
}

function answered(result: unknown): object {
  const request = { result, onsuccess: () => {} };
  queueMicrotask(() => request.onsuccess());
  return request;
}

test("a clock goes on from where it began, through every life of the worker", async () => {
  const born = lives(new Map());
  const first = await born().sourceFrom("2026-01-01");
  expect(first()).toBe(Date.parse("2026-01-01"));
  later(60_000);
  expect(first()).toBe(Date.parse("2026-01-01T00:01:00Z"));
  const second = await born().sourceFrom("2026-01-01");
  expect(second()).toBe(Date.parse("2026-01-01T00:01:00Z"));
  later(1000);
  expect(second()).toBe(Date.parse("2026-01-01T00:01:01Z"));
});

test("another start is another clock, and none is the system's", async () => {
  const born = lives(new Map());
  await born().sourceFrom("2026-01-01");
  later(60_000);
  expect((await born().sourceFrom("2027-01-01"))()).toBe(Date.parse("2027-01-01"));
  expect((await born().sourceFrom(undefined))()).toBe(START + 60_000);
});

test("that it was stopped, and that it was started", async () => {
  const born = lives(new Map());
  expect(await born().isOff()).toBe(false);
  await born().setOff(true);
  expect(await born().isOff()).toBe(true);
  await born().setOff(false);
  expect(await born().isOff()).toBe(false);
});

test("where the browser keeps nothing, until the worker ends", async () => {
  const born = lives();
  const notes = born();
  await notes.setOff(true);
  expect([await notes.isOff(), await born().isOff()]).toEqual([true, false]);
  expect((await notes.sourceFrom("2026-01-01"))()).toBe(Date.parse("2026-01-01"));
});

test("what was just set is not lost to a reading that began before", async () => {
  const notes = lives(new Map([["off", false]]))();
  const [before] = await Promise.all([notes.isOff(), notes.setOff(true)]);
  expect([before, await notes.isOff()]).toEqual([true, true]);
});

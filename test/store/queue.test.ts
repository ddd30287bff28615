import fc from "fast-check";
import { expect, test } from "vitest";
import { createQueue } from "../../mock/store/queue.ts";

test("work under one key never overlaps and keeps its order, whenever it arrives and ends", async () => {
  const run = fc.asyncProperty(fc.scheduler(), fc.array(fc.constantFrom("a", "b"), { minLength: 1, maxLength: 20 }), async (s, keys) => {
    const queue = createQueue();
    const running = new Set<string>();
    const order: Record<string, { came: number[]; began: number[] }> = { a: { came: [], began: [] }, b: { came: [], began: [] } };
    const results = keys.map(async (key, at) => {
      await s.schedule(Promise.resolve(), `${key}${at} comes`);
      order[key]?.came.push(at);
      return queue.run(key, async () => {
        expect(running.has(key)).toBe(false);
        running.add(key);
        order[key]?.began.push(at);
        await s.schedule(Promise.resolve(), `${key}${at} ends`);
        running.delete(key);
        return at;
      });
    });
    expect(await s.waitFor(Promise.all(results))).toEqual(keys.map((_, at) => at));
    for (const { came, began } of Object.values(order)) expect(began).toEqual(came);
    expect(queue.size).toBe(0);
  });
  await fc.assert(run);
});

test("other keys go on while one waits", async () => {
  const queue = createQueue();
  let finish: (text: string) => void = () => undefined;
  const slow = queue.run("a", () => new Promise<string>((resolve) => (finish = resolve)));
  expect(await queue.run("b", async () => "b")).toBe("b");
  expect(queue.size).toBe(1);
  finish("a");
  expect(await slow).toBe("a");
});

test("an error is its caller's, and the next goes on", async () => {
  const queue = createQueue();
  const outcomes = await Promise.allSettled([
    queue.run("a", () => Promise.reject(new Error("first"))),
    queue.run("a", () => {
      throw new Error("at once");
    }),
    queue.run("a", async () => "third"),
  ]);
  expect(outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value : String(outcome.reason)))).toEqual([
    "Error: first",
    "Error: at once",
    "third",
  ]);
  expect(queue.size).toBe(0);
});

/** What a client says of its lock is what the behaviour table says: both are read, and neither is believed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { isObject, objectAt, stringAt } from "../../scripts/document.ts";
import { LOCKS, lockTable } from "../../scripts/lock-table.ts";
import { readRegistry } from "../../scripts/registry.ts";
import { ROOT } from "../../scripts/root.ts";

interface Row {
  when: { [reference: string]: unknown };
  /** `409 blocked-by-lock` */
  answer: string;
}

const textOf = (answer: unknown): string =>
  isObject(answer) ? `${String(answer["status"])} ${stringAt(answer, "example") ?? ""}`.trim() : String(answer);
const rowOf = (value: unknown): Row => ({ when: objectAt(value, "when"), answer: textOf(objectAt({ value }, "value")["answer"]) });

/** The guards and the rows of a call, in the order in which they are looked at. */
function rowsOf(table: unknown, call: string): Row[] {
  const own = objectAt(objectAt(table, "calls"), call);
  const guards = Array.isArray(own["guards"]) ? own["guards"] : [];
  const rows = Array.isArray(own["rows"]) ? own["rows"] : [];
  return [...guards.map((name: unknown) => rowOf(objectAt(objectAt(table, "guards"), String(name)))), ...rows.map(rowOf)];
}

/** How a table says that there is a lock, and that it is somebody else's. */
const WORDS = {
  "huawei-ecs-native": {
    lock: ["lockServer", "unlockServer"],
    blocks: ({ when }: Row) => when["locked"] === true && when["caller.admin"] === false && !("locked_by" in when),
    foreign: ({ when }: Row) => when["locked"] === true,
    field: "locked",
  },
  "samsung-virtualserver": {
    lock: ["lockServer", "unlockServer"],
    blocks: ({ when }: Row) => when["locked"] === true,
    foreign: ({ when }: Row) => when["locked"] === true,
    field: "locked",
  },
  "oracle-ecb": {
    lock: ["lockConfiguration", "unlockConfiguration"],
    blocks: ({ when }: Row) => isObject(when["holder"]) && when["holder"]["not"] === "$caller.token",
    foreign: ({ when }: Row) => Object.keys(when).length === 0,
    field: "holder",
  },
} as const;

const statusOf = ({ answer }: Row): number => Number(answer.split(" ")[0]);

describe.each(LOCKS)("$api", ({ api, blocks, contention, idempotent, expires }) => {
  const table: unknown = parse(readFileSync(join(ROOT, `openapi/${api}/behaviour.yaml`), "utf8"));
  const words = WORDS[api as keyof typeof WORDS];
  const [lock, unlock] = words.lock;
  const calls = Object.keys(objectAt(table, "calls"));

  test("blocks the calls that the table has a guard for, and no others", () => {
    const guarded = calls.filter((call) => call !== lock && call !== unlock && rowsOf(table, call).some(words.blocks));
    expect(guarded.toSorted()).toEqual(blocks.calls.toSorted());
  });

  test("a blocked call gets the answer of that guard", () => {
    for (const call of blocks.calls) {
      const answers = rowsOf(table, call).filter(words.blocks).map(statusOf);
      expect(answers, call).toEqual([contention.blocked]);
    }
  });

  test("somebody else's lock and unlock get the answers of their rows", () => {
    const locking = rowsOf(table, lock).find(words.foreign);
    expect(locking && statusOf(locking)).toBe(contention.lock);
    const rows = rowsOf(table, unlock);
    // A row of its own for a lock that is not the caller's; where there is none, everybody unlocks.
    const unlocking = rows.find((row) => words.foreign(row) && statusOf(row) >= 400) ?? rows.at(-1);
    expect(unlocking && statusOf(unlocking)).toBe(contention.unlock);
  });

  test("is as idempotent as the rows for what is locked, and what is not, already", () => {
    const again = { lock: rowsOf(table, lock), unlock: rowsOf(table, unlock) };
    const held = again.lock.find(({ when }) => when["locked"] === true || when["holder"] === "$caller.token");
    const free = again.unlock.find(({ when }) => when["locked"] === false || when["holder"] === null);
    expect(held !== undefined && statusOf(held) < 300).toBe(idempotent.lock);
    expect(free !== undefined && statusOf(free) < 300).toBe(idempotent.unlock);
  });

  test("ends by itself where a timer frees the lock, after the life of a token", () => {
    const text = JSON.stringify(rowsOf(table, lock).length > 0 && objectAt(objectAt(table, "calls"), lock));
    const timed = /"timers":\{"lock":\{"at":"\$caller\.expires","set":\{"holder":null/.test(text);
    expect(timed ? stringAt(objectAt(table, "caller"), "lifetime") : null).toBe(expires);
  });
});

test("the table is made of the facts, and is the one that was generated", () => {
  const apis = readRegistry(ROOT).map(({ api }) => api);
  const files = lockTable(apis);
  expect([...files.keys()]).toEqual(["generated/locks.md"]);
  const text = files.get("generated/locks.md") ?? "";
  expect(readFileSync(join(ROOT, "generated/locks.md"), "utf8")).toBe(text);
  for (const { api, scope, blocks } of LOCKS) for (const word of [api, scope, blocks.who, ...blocks.calls]) expect(text).toContain(word);
  const rows = text.split("\n").filter((line) => line.startsWith("|"));
  expect(rows.map((row) => row.split(/(?<!\\)\|/).length)).toEqual(rows.map(() => LOCKS.length + 3));
});

test("one lock alone is compared with nothing", () => {
  expect([...lockTable(["oracle-ecb"])]).toEqual([]);
});

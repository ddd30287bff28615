/** Every mistake in a table is refused with its line. */
import { describe, expect, test } from "vitest";
import type { Behaviour } from "../../mock/state/types.ts";
import { compileBehaviour } from "../../scripts/behaviour.ts";
import { formatError, LatchError } from "../../scripts/errors.ts";
import { objectAt, type Obj } from "../../scripts/document.ts";
import { DOOR_MISTAKES, SHELF_MISTAKES } from "./mistakes.ts";
import { compile, documentOf, DOOR, DOOR_TABLE, SHELF, SHELF_TABLE } from "./support.ts";

/** The error of a table, as people read it. */
function refusal(api: "door" | "shelf", table: string): string {
  try {
    compile(api, table);
  } catch (error) {
    if (error instanceof LatchError) return formatError(error);
    throw error;
  }
  return "nothing was refused";
}

/** @returns the table with a text replaced once, and the line (from 1) where `mark` then stands */
function change(table: string, from: string, to: string, mark: string): { text: string; line: number } {
  if (!table.includes(from)) throw new Error(`The table has no ${from}.`);
  const at = table.indexOf(from);
  const text = table.slice(0, at) + to + table.slice(at + from.length);
  // The mark is looked for from the change on, or from the top where it stands before.
  const found = text.indexOf(mark, at);
  return { text, line: text.slice(0, found < 0 ? text.indexOf(mark) : found).split("\n").length };
}

test.each([
  ...DOOR_MISTAKES.map((mistake) => ["door", ...mistake] as const),
  ...SHELF_MISTAKES.map((mistake) => ["shelf", ...mistake] as const),
])("%s: %s", (api, _, from, to, mark, message) => {
  const { text, line } = change(api === "door" ? DOOR_TABLE : SHELF_TABLE, from, to, mark);
  const refused = refusal(api, text);
  expect(refused).toMatch(message);
  expect(refused).toMatch(new RegExp(`^openapi/${api}/behaviour\\.yaml:${line}(:\\d+)?: `));
  // One sentence with one full stop, and without a stack.
  expect(refused).toMatch(/[^.\n]\.$/);
});

test("what is not YAML, and a key twice, is refused with its line", () => {
  expect(refusal("door", "summary: [\n")).toMatch(/^openapi\/door\/behaviour\.yaml:\d+:\d+: This is not YAML/);
  expect(refusal("door", change(DOOR_TABLE, "views:", "summary: b\nviews:", "").text)).toMatch(
    /behaviour\.yaml:\d+:1: This is not YAML, Map keys must be unique/,
  );
  expect(refusal("door", "- a\n")).toMatch(/^openapi\/door\/behaviour\.yaml:1: The table is not a map/);
});

test("an API without a table has none", () => {
  expect(compileBehaviour("/nowhere", { api: "door", version: "v1", key: "door@v1" }, documentOf("door"), [])).toBeUndefined();
});

test("a call that only another version has is left out, and its rows are not looked at", () => {
  const whole = documentOf("door");
  const paths = Object.entries(objectAt(whole, "paths")).filter(([path]) => !path.endsWith("/lock"));
  const document: Obj = { ...whole, paths: Object.fromEntries(paths) };
  const siblings = [{ version: "v2", document: whole }];
  const older = compile("door", DOOR_TABLE, { document, siblings });
  expect(Object.keys(older.calls)).toEqual(["showDoor", "removeDoor", "paintDoor", "showJob"]);
  expect(() => compile("door", DOOR_TABLE, { document, siblings: [{ version: "v2", document }] })).toThrow(
    "No version has a call lockDoor",
  );
});

test("what is compiled is plain JSON, with guards in front, globs resolved and permissions from the contract", () => {
  for (const behaviour of [DOOR, SHELF]) expect(JSON.parse(JSON.stringify(behaviour)) as Behaviour).toEqual(behaviour);
  expect(DOOR.calls["lockDoor"]?.rows.map(({ id, guard, answer }) => [id, guard, answer.example])).toEqual([
    ["lockDoor/not-permitted", true, "refused"],
    ["lockDoor/no-such-door", true, "no-such-door"],
    ["lockDoor/locked-by-another", false, "locked-by-user"],
    ["lockDoor/unlocks", false, undefined],
    ["lockDoor/locks", false, undefined],
  ]);
  expect(DOOR.calls["lockDoor"]?.permission).toEqual({ main: "door:doors:lock" });
  expect(DOOR.calls["removeDoor"]?.permission).toEqual({ role: "carpenter" });
  expect(DOOR.calls["paintDoor"]).not.toHaveProperty("permission");
  expect(DOOR.calls["showJob"]?.job).toBe("path.job");
  expect(DOOR.calls["showJob"]?.rows[0]?.answer).toEqual({ status: "404", example: "no-such-door" });
  expect(DOOR.caller).toMatchObject({
    window: 900_000,
    refused: { unknown: { status: "401", example: "refused" }, expired: { status: "401", example: "refused" } },
  });
  expect(Object.keys(DOOR.caller?.refused["unknown"] ?? {})).toEqual(["status", "example"]);
  expect(SHELF.caller?.lifetime).toBe(600_000);
  expect(SHELF.collection?.initial).toEqual([{ type: "novel", attributes: [["title", ["Emma"]]] }]);
  expect(SHELF.calls["createToken"]?.rows[0]?.answer.view?.set).toEqual({ "//accessToken": "$new.token", "//more": "$new.id" });
});

describe("a resource that another API's table describes", () => {
  const [described = ""] = /^resource:\n(?: .*\n|\n)+/m.exec(DOOR_TABLE) ?? [];
  const borrowing = DOOR_TABLE.replace(described, "resource: { from: house }\n\n");
  const house = `summary: A house.\n\n${described}`;
  const refused = (table: string, tables: Record<string, string>): string => {
    try {
      compile("door", table, { tables });
    } catch (error) {
      if (error instanceof LatchError) return formatError(error);
      throw error;
    }
    return "nothing was refused";
  };

  test("is the same resource, in the other's space", () => {
    expect(described).toContain("fields:");
    expect(compile("door", borrowing, { tables: { house } })).toEqual({ ...DOOR, resource: { ...DOOR.resource, space: "house" } });
  });

  test("has to be there, and to be described there", () => {
    expect(refused(borrowing, {})).toMatch(
      /^openapi\/door\/behaviour\.yaml:\d+: There is no table openapi\/house\/behaviour\.yaml: name an API/,
    );
    expect(refused(borrowing, { house: "summary: A house.\n" })).toMatch(/openapi\/house\/behaviour\.yaml describes no resource itself/);
    expect(refused(borrowing, { house: borrowing })).toMatch(/openapi\/house\/behaviour\.yaml describes no resource itself/);
    expect(refused(borrowing.replace("from: house", "from: house, key: path.door"), { house })).toMatch(
      /resource has no key: choose from from/,
    );
  });

  test("and a mistake in it is named where it stands", () => {
    const wrong = house.replace("{ initial: white }", "{ inital: white }");
    expect(refused(borrowing, { house: wrong })).toMatch(/^openapi\/house\/behaviour\.yaml:\d+: .* has no inital/);
  });
});

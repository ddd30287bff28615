/** Documented examples, filled. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { decide } from "../../mock/state/decide.ts";
import { Draft } from "../../mock/state/draft.ts";
import { memberAt } from "../../mock/state/references.ts";
import { render } from "../../mock/state/render.ts";
import type { AnswerSpec, Asked, Caller, Json } from "../../mock/state/types.ts";
import { ALICE, asking, BOB, compile, context, DOOR, DOOR_TABLE, freeze, play, SHELF, show } from "./support.ts";

const decided = (asked: Asked, caller: Caller = ALICE, more = {}) =>
  decide(asked.call in SHELF.calls ? SHELF : DOOR, asked, caller, context(more), undefined);
const JSON_TYPE = "application/json";

test("a view fills the example with what holds after the row; members it lacks are added where their parent stands", () => {
  const { json, headers } = show(DOOR, decided(asking("showDoor", { headers: { "door-version": "door latest" } })));
  expect(json).toEqual({
    door: {
      id: "door-7",
      house: "house-1",
      state: "open",
      locked: false,
      colour: { name: "white", coats: 1, by: { user: "alice", all: ["1970-01-01T00:00:00Z"] } },
    },
  });
  expect(headers).toEqual({ "door-version": "door 1.10" });
});

test("what came later is taken out below its version", () => {
  const versions = ["1.1", "1.2", "1.10", "latest"].map(
    (version) => show(DOOR, decided(asking("showDoor", { headers: { "door-version": `door ${version}` } }))).json,
  );
  expect(versions.map((json) => memberAt(json, ["door", "locked"]))).toEqual([undefined, false, false, false]);
});

test("a set of the answer goes over the example, a row's header over the documented one", () => {
  const { json, headers } = show(DOOR, decided(asking("showDoor", { query: "verbose=true" })));
  expect(json).toMatchObject({ door: { tags: ["open", "old"] } });
  expect(headers).toEqual({ etag: "white-1.1", "door-version": "door 1.1" });
});

test("samples are replaced in bodies and headers, each once, and what a view puts in is nobody's sample", () => {
  const asked = asking("lockDoor", { path: { house: "door-1", door: "door-9" } });
  const [, refused] = play(DOOR, [
    [asked, ALICE, 0],
    [asked, BOB, 0],
  ]);
  if (!refused) throw new Error("The second request was not decided.");
  expect(show(DOOR, refused).json).toEqual({ error: "door-9 is locked by alice" });
  const seeded = { colour: "door-1 and house-1", house: "door-1" };
  const shown = show(DOOR, decided(asking("showDoor"), ALICE, { seeded })).json;
  expect(shown).toMatchObject({ door: { house: "door-1", colour: { name: "door-1 and house-1" } } });
});

test("of two samples that begin alike, the longer one is meant", () => {
  const table = compile("door", DOOR_TABLE.replace("samples:\n", "samples:\n  door-1 is: This is\n"));
  const spec: AnswerSpec = { status: "202" };
  const { scope } = decided(asking("lockDoor"));
  const example = { value: ["door-1 is", "door-1 was"], mediaType: JSON_TYPE, headers: {} };
  expect(render(table, spec, scope, example).body).toBe('["This is","door-7 was"]');
});

test("texts of a request cannot break out of JSON, XML or a header", () => {
  const nasty = 'a"b\\</x>&\r\nSet-Cookie: x=1\u2028\u0000';
  const outcome = decided(asking("showDoor", { query: "verbose=true" }), ALICE, { seeded: { colour: nasty, house: nasty } });
  const { json, headers } = show(DOOR, outcome);
  expect(json).toMatchObject({ door: { house: nasty } });
  expect(headers["etag"]).toBe('a"b\\</x>&  Set-Cookie: x=1  -1.1');
  const book = show(SHELF, decided(asking("createToken", { path: {} })));
  expect(book.body).toMatch(/^<reply><data><accessToken>[A-Za-z0-9]{48}<\/accessToken><\/data><more\/><\/reply>$/);
  const held = play(SHELF, [
    [asking("lockShelf", { path: {} }), { user: "<eve>&'\"", token: "a", role: "keeper", admin: false }, 0],
    [asking("lockShelf", { path: {}, headers: { host: "<h$&>" } }), { token: "b", role: "keeper", admin: false }, 0],
  ]).at(-1);
  if (!held) throw new Error("Nothing was decided.");
  expect(show(SHELF, held).body).toBe(
    "<reply><errorMessage lang='en'>Held by &lt;&lt;eve&gt;&amp;'&quot;&gt;</errorMessage><at>&lt;h$&amp;&gt;</at></reply>",
  );
});

test("an empty element of XML is filled too, the first of its name only, and one that is not there is skipped", () => {
  const spec: AnswerSpec = { status: "200", view: { set: { "//a": "$caller.user", "//none": "x", "//ab": "a$1$&" } } };
  const text = "<r><ab/><a k='1'/><a>old</a></r>";
  const { body } = render(SHELF, spec, decided(asking("lockShelf")).scope, { value: text, mediaType: "text/xml", headers: {} });
  expect(body).toBe("<r><ab>a$1$&amp;</ab><a k='1'>alice</a><a>old</a></r>");
});

test("what XML cannot hold is replaced", () => {
  const spec: AnswerSpec = { status: "200", view: { set: { "//a": "{caller.user}" } } };
  const { scope } = decided(asking("lockShelf"), { ...ALICE, user: "a\u0000\u001b\ud800b\t" });
  expect(render(SHELF, spec, scope, { value: "<a/>", mediaType: "application/xml", headers: {} }).body).toBe(
    "<a>a\ufffd\ufffd\ufffdb\t</a>",
  );
});

test("items stand in the place of the example's", () => {
  const asked = asking("listBooks", { path: {}, query: "kind=novel&title=None" });
  expect(show(SHELF, decided(asked)).body).toBe("<reply><data/></reply>");
  const body = "<book><kind>novel</kind><attribute><name>title</name><value>A &amp; B</value></attribute></book>";
  const added = show(SHELF, decided(asking("addBook", { path: {}, body, mediaType: "application/xml" })));
  expect(added.body).toContain(body);
  expect(added.body).not.toContain("Emma");
});

test("an answer without a body has none, and a header that is null is left out", () => {
  const { scope } = decided(asking("lockDoor"));
  expect(render(DOOR, { status: "202" }, scope, { headers: { a: "1" } })).toEqual({ headers: { a: "1" }, body: "" });
  const spec: AnswerSpec = { status: "202", headers: { A: "$caller.token", B: "$caller.user" } };
  expect(render(DOOR, spec, scope, { headers: { a: "1" } })).toEqual({ headers: { b: "alice" }, body: "" });
});

test("a body that is text and no XML is filled without escapes; JSON that is a text stays JSON", () => {
  const { scope } = decided(asking("lockDoor", { path: { house: "house-1", door: "<7>" } }));
  expect(render(DOOR, { status: "202" }, scope, { value: "at door-1", mediaType: "text/plain", headers: {} }).body).toBe("at <7>");
  expect(render(DOOR, { status: "202" }, scope, { value: "at door-1", mediaType: JSON_TYPE, headers: {} }).body).toBe('"at <7>"');
  expect(render(DOOR, { status: "202" }, scope, { value: null, mediaType: JSON_TYPE, headers: {} }).body).toBe("null");
});

test("whatever the example, it is not changed, and the texts without samples stay", () => {
  const pointers = ["", "/a", "/a/b", "/0", "/a/0", "/__proto__/x", "/length", "/a~1b", "/constructor"];
  const { scope } = decided(asking("lockDoor"));
  fc.assert(
    fc.property(fc.jsonValue(), fc.subarray(pointers), fc.subarray(pointers), (example, set, since) => {
      const value = freeze(JSON.parse(JSON.stringify(example)) as Json);
      const before = JSON.stringify(value);
      const spec: AnswerSpec = {
        status: "200",
        view: { set: Object.fromEntries(set.map((pointer) => [pointer, "$caller.user"])), since: { "request.version": { "9": since } } },
      };
      const { body } = render(DOOR, spec, scope, { value, mediaType: JSON_TYPE, headers: {} });
      expect(JSON.stringify(value)).toBe(before);
      if (set.length + since.length === 0) expect(body).toBe(before);
      else JSON.parse(body);
    }),
  );
});

test("what a view puts in can be changed below without changing the table", () => {
  const spec = freeze<AnswerSpec>({
    status: "200",
    view: { set: { "/a": { b: { c: 1, d: 2 } }, "/a/b/c": "$caller.user" }, since: { "request.version": { "9": ["/a/b/d"] } } },
  });
  const { scope } = decided(asking("lockDoor"));
  for (let round = 0; round < 2; round++)
    expect(render(DOOR, spec, scope, { value: { a: null, z: [1] }, mediaType: JSON_TYPE, headers: {} }).body).toBe(
      '{"a":{"b":{"c":"alice"}},"z":[1]}',
    );
});

test("a draft shares what it does not change", () => {
  const value = freeze<Json>({ list: [{ a: 1 }, { a: 2 }], other: { deep: {} } });
  const draft = new Draft(value);
  draft.set(["list", "1", "a"], 3);
  draft.set(["list", "2"], "no new items");
  draft.set(["list", "-"], "nor this");
  draft.set(["none", "a"], "no parent");
  draft.set(["list", "0", "a", "b"], "no parent either");
  draft.remove(["list", "0"]);
  draft.remove(["nothing"]);
  expect(draft.value).toEqual({ list: [{ a: 3 }], other: { deep: {} } });
  expect(memberAt(draft.value, ["other"])).toBe(memberAt(value, ["other"]));
});

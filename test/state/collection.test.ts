/** The items of an XML API: which one a request is about, what a change makes of the list, and how the list becomes text again. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { changeItems, findItem, itemOf, itemsOf, matchingItems, renderItems } from "../../mock/state/collection.ts";
import type { CollectionSpec, Item } from "../../mock/state/types.ts";

const example = (name: string): string => {
  const { value } = parse(readFileSync(new URL(`../../openapi/oracle-ecb/examples/${name}.yaml`, import.meta.url), "utf8")) as {
    value: string;
  };
  return value;
};

const names = { item: "configElement", type: "elementType" };
const both = example("config-elements");
const spec: CollectionSpec = {
  ...names,
  keys: { "session-group": ["group-name"], pair: ["left", "right"], single: [] },
  initial: itemsOf(names, both),
};
const group = (name: string, ...more: Item["attributes"]): Item => ({
  type: "session-group",
  attributes: [["group-name", [name]], ...more],
});
const none = new URLSearchParams();
const ofBody = (body: string) => itemOf(spec, { query: none, body });
const ofQuery = (query: string) => itemOf(spec, { query: new URLSearchParams(query) });
const element = (inside: string): string => `<configElement>${inside}</configElement>`;
const attribute = (name: string, ...values: string[]): string =>
  `<attribute><name>${name}</name>${values.map((value) => `<value>${value}</value>`).join("")}</attribute>`;
const type = "<elementType>session-group</elementType>";

test("an example's text is read into items, with their attributes in order", () => {
  expect(spec.initial).toEqual([
    group("sg_proxies", ["description", [""]], ["strategy", ["Hunt"]], ["dest", ["proxy-1.example.com", "proxy-2.example.com"]]),
    group("sg_registrars", ["description", [""]], ["strategy", ["Hunt"]], ["dest", ["registrar.example.com"]]),
  ]);
  expect(itemsOf(names, example("no-config-elements"))).toEqual([]);
});

test("an example whose item is not built as one is refused", () => {
  expect(() => itemsOf(names, `<data>${element(type)}${element(attribute("a", "b"))}</data>`)).toThrow(/^Item 2 of the text/);
  expect(() => itemsOf(names, "<data>")).toThrow();
});

test("the item of a request is its body", () => {
  expect(ofBody(example("new-session-group"))).toEqual({
    item: group("sg_proxies", ["dest", ["proxy-1.example.com", "proxy-2.example.com"]]),
    known: true,
    valid: true,
  });
});

test("or what its query says; paging and `running` are no attributes", () => {
  expect(ofQuery("elementType=session-group&group-name=a%20b&running=true&maxElements=1&offset=0")).toEqual({
    item: group("a b"),
    known: true,
    valid: true,
  });
  expect(ofQuery("group-name=a")).toBeUndefined();
});

test.each([
  ["no type", element(attribute("group-name", "a"))],
  ["an empty type", element(`<elementType> </elementType>${attribute("group-name", "a")}`)],
  ["two types", element(type + type + attribute("group-name", "a"))],
  ["no key", element(type)],
  ["an empty key", element(type + attribute("group-name", ""))],
  ["a key without a value", element(type + attribute("group-name"))],
  ["two values of a key", element(type + attribute("group-name", "a", "b"))],
  ["an attribute twice", element(type + attribute("group-name", "a") + attribute("group-name", "a"))],
  ["an attribute without a name", element(`${type}${attribute("group-name", "a")}<attribute><value>b</value></attribute>`)],
  ["an element that no item has", element(`${type}${attribute("group-name", "a")}<atribute/>`)],
  ["an element inside a value", element(type + attribute("group-name", "a<b/>"))],
  ["another root", `<data>${element(type + attribute("group-name", "a"))}</data>`],
  ["no XML", "group-name=a"],
  ["XML that does not end", `<configElement>${type}`],
  ["a DOCTYPE", `<!DOCTYPE configElement>${element(type + attribute("group-name", "a"))}`],
  ["an entity of its own", `<!DOCTYPE c [<!ENTITY x "a">]>${element(type + attribute("group-name", "&x;"))}`],
  ["an entity that nobody declared", element(type + attribute("group-name", "&nbsp;"))],
])("a body with %s is not valid", (_, body) => {
  expect(ofBody(body)?.valid).toBe(false);
});

test("a query that names a key twice, or the type, is not valid", () => {
  expect(ofQuery("elementType=session-group&group-name=a&group-name=b")?.valid).toBe(false);
  expect(ofQuery("elementType=session-group&elementType=pair&group-name=a")?.valid).toBe(false);
});

test("a type that the collection has not is not known, whatever it is called", () => {
  for (const name of ["constructor", "__proto__", "toString", "access-control"]) {
    expect(ofQuery(`elementType=${name}`)).toEqual({ item: { type: name, attributes: [] }, known: false, valid: true });
    expect(ofBody(element(`<elementType>${name}</elementType>${attribute("__proto__", "x")}`))).toEqual({
      item: { type: name, attributes: [["__proto__", ["x"]]] },
      known: false,
      valid: true,
    });
  }
});

test("an item is found by its type and all its key attributes, in any order", () => {
  const pair = (left: string, right: string): Item => ({
    type: "pair",
    attributes: [
      ["left", [left]],
      ["right", [right]],
    ],
  });
  const items = [pair("a", "b"), pair("a", "c"), group("a"), { type: "single", attributes: [] } satisfies Item];
  const { item } = itemOf(spec, { query: new URLSearchParams("elementType=pair&right=c&left=a") }) ?? { item: group("") };
  expect(findItem(spec, items, item)).toBe(items[1]);
  expect(findItem(spec, items, pair("b", "a"))).toBeUndefined();
  expect(findItem(spec, items, { type: "single", attributes: [["x", ["y"]]] })).toBe(items[3]);
  expect(findItem(spec, items, { type: "session-group", attributes: [] })).toBeUndefined();
});

test("a merge changes the attributes it names, in their place, and leaves the others alone", () => {
  const { item } = ofBody(example("changed-destinations")) ?? { item: group("") };
  const changed = changeItems(spec, spec.initial, "merge", item);
  expect(renderItems(example("added-session-group"), names, changed.slice(0, 1))).toBe(example("updated-session-group"));
  expect(changed[1]).toBe(spec.initial[1]);
  const [more] = changeItems(spec, [{ ...group("a"), rest: "<subElement/>" }], "merge", group("a", ["state", ["enabled"]]));
  expect(more).toEqual({ ...group("a", ["state", ["enabled"]]), rest: "<subElement/>" });
  const [other] = changeItems(spec, [{ ...group("a"), rest: "<subElement/>" }], "merge", {
    ...group("a"),
    rest: "<subElement>1</subElement>",
  });
  expect(other?.rest).toBe("<subElement>1</subElement>");
});

test("put adds or replaces, remove takes out, and what is not there is neither merged nor removed", () => {
  const [first, second] = spec.initial;
  const single: Item = { type: "single", attributes: [["a", ["b"]]] };
  expect(changeItems(spec, spec.initial, "put", single)).toEqual([first, second, single]);
  expect(changeItems(spec, [...spec.initial, { ...single, rest: "<subElement/>" }], "put", single)).toEqual([first, second, single]);
  expect(changeItems(spec, spec.initial, "remove", group("sg_proxies"))).toEqual([second]);
  expect(changeItems(spec, spec.initial, "remove", group("new"))).toEqual(spec.initial);
  expect(changeItems(spec, spec.initial, "merge", group("new"))).toEqual(spec.initial);
});

test("what is added shows every attribute of its type: the documented request gets the documented answer", () => {
  const { item } = ofBody(example("new-session-group")) ?? { item: group("") };
  expect(renderItems(example("added-session-group"), names, changeItems(spec, [], "put", item))).toBe(example("added-session-group"));
  expect(changeItems(spec, [], "put", group("a", ["state", ["disabled"]]))).toEqual([
    group("a", ["description", [""]], ["strategy", ["Hunt"]], ["dest", [""]], ["state", ["disabled"]]),
  ]);
});

const matching = (query: string): string[] =>
  matchingItems(spec, [...spec.initial, group("a", ["dest", ["x", "y"]]), { type: "pair", attributes: [["left", ["a"]]] }], {
    query: new URLSearchParams(query),
  }).map(({ attributes }) => attributes[0]?.[1][0] ?? "");

test("a read finds the items of a type, those with the attributes it names, and of them a page", () => {
  expect(matching("elementType=session-group")).toEqual(["sg_proxies", "sg_registrars", "a"]);
  expect(matching("elementType=session-group&running=true")).toEqual(["sg_proxies", "sg_registrars", "a"]);
  expect(matching("elementType=session-group&group-name=sg_proxies")).toEqual(["sg_proxies"]);
  expect(matching("elementType=session-group&dest=y")).toEqual(["a"]);
  expect(matching("elementType=session-group&dest=y&dest=z")).toEqual([]);
  expect(matching("elementType=session-group&maxElements=1&offset=1")).toEqual(["sg_registrars"]);
  expect(matching("elementType=session-group&offset=2")).toEqual(["a"]);
  expect(matching("elementType=session-group&offset=9")).toEqual([]);
  expect(matching("elementType=pair")).toEqual(["a"]);
  expect(matching("elementType=single")).toEqual([]);
});

test("the text of an example keeps everything but its items, to the byte", () => {
  expect(renderItems(both, names, spec.initial)).toBe(both);
  expect(renderItems(both, names, [])).toBe(example("no-config-elements"));
  expect(renderItems(example("no-config-elements"), names, spec.initial)).toBe(example("no-config-elements"));
  const compact = both.replace(/\s*\n\s*/g, "");
  expect(renderItems(compact, names, spec.initial)).toBe(compact);
  expect(renderItems(compact, names, [])).toContain("<response><data/><messages/>");
  const neighbours = both.replace("</data>", "<more/></data>");
  expect(renderItems(neighbours, names, [])).toMatch(/<data>\s*<more\/><\/data>/);
});

test("what stands below subElement is kept as it came", () => {
  const rest = '<subElement><x a="&lt;"><!-- é😀 --></x><subElement>1</subElement></subElement>\n<subElement/>';
  const sent = element(`\r\n${type}${attribute("group-name", "a")}\r\n${rest}`);
  const { item } = ofBody(sent) ?? { item: group("") };
  expect(item.rest).toBe(rest);
  expect(renderItems(both, names, [item])).toContain(rest);
});

// What a text may hold: white space, markup, and characters outside of the first plane.
const words = fc.string({
  unit: fc.constantFrom("a", "B", "<", "&", ">", '"', "'", "]", " ", "\n", "\r", "\t", "é", "😀", "{", "$"),
  maxLength: 12,
});
const label = fc.stringMatching(/^[a-z][a-z-]{0,8}$/);
const items = fc.array(
  fc.record({
    type: label,
    attributes: fc.uniqueArray(fc.tuple(label, fc.array(words, { maxLength: 3 })), { selector: ([name]) => name }),
  }),
  { maxLength: 4 },
);

test("any items can be put into a text and read out of it again", () => {
  fc.assert(
    fc.property(items, (list) => {
      const some: Item[] = list;
      expect(itemsOf(names, renderItems(both, names, some))).toEqual(some);
    }),
  );
});

test("characters that XML cannot hold do not spoil the text", () => {
  const text = renderItems(both, names, [group("a\0b\ud800c\uffff😀")]);
  expect(itemsOf(names, text)).toEqual([group("a\ufffdb\ufffdc\ufffd😀")]);
});

test("no change touches the list it is given", () => {
  const change = fc.constantFrom("put" as const, "merge" as const, "remove" as const);
  fc.assert(
    fc.property(items, change, fc.nat(), (list, what, at) => {
      const before = structuredClone(list);
      changeItems(spec, list, what, list[at % Math.max(1, list.length)] ?? group("a"));
      expect(list).toEqual(before);
    }),
  );
});

test.each([
  ["elements in elements", "<configElement>".repeat(300_000)],
  [
    "elements in a subElement",
    element(`${type}${attribute("group-name", "a")}${"<subElement>".repeat(100)}${"</subElement>".repeat(100)}`),
  ],
  ["an endless start tag", `<configElement ${'a="1" '.repeat(150_000)}`],
  ["many attributes", `<configElement ${Array.from({ length: 80_000 }, (_, index) => `a${index}="1"`).join(" ")}/>`],
  ["one long attribute", `<configElement a="${"x".repeat(1_000_000)}"/>`],
  ["many empty elements", element("<attribute/>".repeat(80_000))],
  ["nothing but brackets", "<".repeat(1_000_000)],
  [
    "entities in entities",
    `<!DOCTYPE c [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>${element(type + attribute("group-name", "&b;"))}`,
  ],
])("hostile XML is answered as not valid: %s", (_, body) => {
  const asked = ofBody(body);
  expect(asked?.valid).toBe(false);
  expect(JSON.stringify(asked)).not.toContain("aaaa");
});

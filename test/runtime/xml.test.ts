/** The reader of XML envelopes: against another parser on the contracts' own texts, and against texts that nobody should send. */
import { XMLParser } from "fast-xml-parser";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findXml, readXml, textAt, unescapeXml, type XmlNode } from "../../runtime/xml.ts";
import { documentedExamples } from "./examples.ts";

const leaf = (name: string, text = ""): XmlNode => ({ name, text, children: [] });

describe("reads", () => {
  test("elements, text, comments, declarations, CDATA and entities", () => {
    const text = `\ufeff<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <!-- a < b --> <r:response xmlns:r="urn:x"><data a="/>" b='>'>x<![CDATA[<&amp;>]]>y<!-- <z> --><?pi <q> ?>&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;</data
      ><messages  /><links></links ></r:response>\n`;
    expect(readXml(text)).toEqual({
      name: "response",
      text: "",
      children: [leaf("data", `x<&amp;>y<>&"'A😀`), leaf("messages"), leaf("links")],
    });
  });

  test("a way through the children, and an element anywhere", () => {
    const root = readXml("<response><data> <token>\n t </token><token>u</token></data><links><link>v</link></links></response>");
    expect(textAt(root, "data", "token")).toBe("t");
    expect(textAt(root, "data")).toBe("");
    expect(textAt(root, "data", "nothing")).toBeUndefined();
    expect(textAt(root, "link")).toBeUndefined();
    expect(textAt(undefined, "data")).toBeUndefined();
    expect(findXml(root, "link")?.text).toBe("v");
    expect(findXml(root, "token")?.text).toBe("\n t ");
    expect(findXml(root, "response")).toBeUndefined();
    expect(findXml(undefined, "link")).toBeUndefined();
  });

  test("entities that are none stay, numbers that are no character become the sign for it", () => {
    expect(unescapeXml("&constructor; &nbsp; & &; &#; &#x; &lt")).toBe("&constructor; &nbsp; & &; &#; &#x; &lt");
    expect(unescapeXml("&#0;&#xD800;&#x110000;&#99999999;&#x10FFFF;")).toBe("\ufffd\ufffd\ufffd\ufffd\u{10ffff}");
  });

  test("what another parser reads, in every XML text of the contract", () => {
    const parser = new XMLParser({
      preserveOrder: true,
      trimValues: false,
      parseTagValue: false,
      ignoreDeclaration: true,
      processEntities: true,
    });
    type Parsed = { [name: string]: Parsed[] | string };
    const convert = (name: string, items: Parsed[]): XmlNode => ({
      name,
      text: items.map((item) => (typeof item["#text"] === "string" ? item["#text"] : "")).join(""),
      children: items.flatMap((item) =>
        Object.entries(item).flatMap(([key, value]) => (Array.isArray(value) ? [convert(key, value)] : [])),
      ),
    });
    const texts = [...new Set(documentedExamples(() => true).flatMap(({ value }) => (typeof value === "string" ? [value] : [])))];
    expect(texts.length).toBeGreaterThan(25);
    for (const text of texts) {
      const [root] = convert("", parser.parse(text)).children;
      expect(readXml(text)).toEqual(root);
    }
  });
});

describe("gives undefined for", () => {
  test.each([
    ["nothing", ""],
    ["text alone", "hello"],
    ["a text beside the root", "<a/>b"],
    ["two roots", "<a/><b/>"],
    ["an element without an end", "<a><b></b>"],
    ["an end without an element", "<a/></a>"],
    ["elements that cross", "<a><b></a></b>"],
    ["an end with more in it", "<a></a b>"],
    ["a tag without an end", "<a"],
    ["a quote without an end", '<a b="></a>'],
    ["a comment without an end", "<a><!-- </a>"],
    ["CDATA without an end", "<a><![CDATA[ </a>"],
    ["a declaration without an end", "<?xml <a/>"],
    ["a DTD", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ["a DTD inside", "<a><!DOCTYPE b></a>"],
    ["a name that is none", "<a><=/></a>"],
    ["no name", "<></>"],
    ["a blank before the name", "< a/>"],
    ["a page of HTML", "<html><body><p>a<br>b</body></html>"],
    ["what is no text", undefined],
  ])("%s", (_, text) => {
    expect(readXml(text as string)).toBeUndefined();
  });

  test("more than 64 elements in one another, and more than 8 million characters", () => {
    const nested = (depth: number): string => "<a>".repeat(depth) + "</a>".repeat(depth);
    expect(readXml(nested(64))?.name).toBe("a");
    expect(readXml(nested(65))).toBeUndefined();
    const long = (length: number): string => `<a>${"x".repeat(length - 7)}</a>`;
    expect(readXml(long(8_000_000))?.text).toHaveLength(7_999_993);
    expect(readXml(long(8_000_001))).toBeUndefined();
  });
});

test("never throws, and a text that was escaped comes back", async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "<",
      ">",
      "</",
      "/>",
      "<a>",
      "</a>",
      "<a b='",
      '"',
      "'",
      "&",
      ";",
      "&#",
      "<!--",
      "-->",
      "<![CDATA[",
      "]]>",
      "<?",
      "?>",
      "=",
    ),
    fc.string({ unit: "binary", maxLength: 5 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const root = readXml(pieces.join(""));
      expect(root === undefined || typeof root.name === "string").toBe(true);
    }),
    { numRuns: 2000 },
  );
  const escapes: Record<string, string> = { "<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;", "'": "&#39;" };
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const escaped = text.replace(/[<>&"']/g, (character) => escapes[character] ?? "");
      expect(readXml(`<a>${escaped}</a>`)).toEqual(leaf("a", text));
    }),
  );
});

// Texts with which a reader that goes back over what it has read would not come to an end.
test.each([
  ["quotes", `<a ${`b="`.repeat(400_000)}`],
  ["open comments", "<!--".repeat(400_000)],
  ["open CDATA", `<a>${"<![CDATA[".repeat(400_000)}`],
  ["open tags", "<a ".repeat(400_000)],
  ["ampersands", `<a>${"&".repeat(1_600_000)}</a>`],
  ["entities without an end", `<a>${"&#1111111".repeat(200_000)}</a>`],
  ["siblings", `<a>${"<b/>".repeat(400_000)}</a>`],
  ["blanks", `<a>${" ".repeat(1_600_000)}</b>`],
])("time is in proportion to the length: %s", (_, text) => {
  const root = readXml(text);
  expect(root === undefined || root.name === "a").toBe(true);
});

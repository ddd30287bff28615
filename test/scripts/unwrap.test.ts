/** Line breaks within paragraphs become spaces; everything else of a description stays. */
import { expect, test } from "vitest";
import { unwrap, unwrapDescriptions } from "../../scripts/unwrap.ts";

test.each([
  ["one line", "one line"],
  ["still work. A\nproject locks\nits own\n", "still work. A project locks its own\n"],
  ["one\n\ntwo\nlines\n", "one\n\ntwo lines\n"],
  ["names\n`vm_state`\n(always)", "names `vm_state` (always)"],
  ["- an item\nthat goes on\n- the next\n1. first", "- an item that goes on\n- the next\n1. first"],
  ["# heading\ntext", "# heading\ntext"],
  ["heading\n---\ntext", "heading\n---\ntext"],
  ["| a |\n|---|\n| b |\ntext", "| a |\n|---|\n| b |\ntext"],
  ["a break  \nthat is\\\nmeant", "a break  \nthat is\\\nmeant"],
  ["see\n```\na\nb\n```\nthen\nthis", "see\n```\na\nb\n```\nthen this"],
  ["text\n    indented", "text\n    indented"],
])("%j", (text, expected) => {
  expect(unwrap(text)).toBe(expected);
});

test("in a document, descriptions are unwrapped, and data is not", () => {
  const document = {
    info: { description: "a\nb", title: "a\nb" },
    tags: [{ description: "c\nd" }],
    schema: { properties: { description: { type: "string", description: "e\nf" } }, default: { description: "g\nh" } },
    examples: { one: { value: { description: "i\nj" } } },
  };
  const before = structuredClone(document);
  expect(unwrapDescriptions(document)).toEqual({
    info: { description: "a b", title: "a\nb" },
    tags: [{ description: "c d" }],
    schema: { properties: { description: { type: "string", description: "e f" } }, default: { description: "g\nh" } },
    examples: { one: { value: { description: "i\nj" } } },
  });
  expect(document).toEqual(before);
});

import { expect, test } from "vitest";
import { compileBody, type ReadBody } from "../../mock/body.ts";

const content = { "application/json": {}, "application/merge-patch+json": {} };

function reader(): (text: string, type?: string) => ReadBody {
  const read = compileBody({}, { requestBody: { content } });
  return (text, type = "application/json") =>
    read({ method: "POST", url: "/", headers: { "content-type": type }, body: new TextEncoder().encode(text) });
}

test("a short body that is remembered is that of its media type", () => {
  const read = reader();
  const first = read('{"a":1}');
  expect(read('{"a":1}')).toBe(first);
  expect(read('{"a":1}', "application/merge-patch+json")).toMatchObject({ mediaType: "application/merge-patch+json", body: { a: 1 } });
  expect(read('{"a":1}').mediaType).toBe("application/json");
});

test("a hundred bodies are remembered, and no more", () => {
  const read = reader();
  const first = read("[0]");
  for (let other = 1; other < 100; other++) read(`[${other}]`);
  expect(read("[0]")).toBe(first);
  read("[100]");
  expect(read("[0]")).not.toBe(first);
  expect(read("[0]")).toEqual(first);
});

/** The collection of a table. */
import { itemsOf } from "../mock/state/collection.ts";
import type { CollectionSpec } from "../mock/state/types.ts";
import type { Part } from "./behaviour-part.ts";
import type { Words } from "./behaviour-words.ts";
import { objectAt, resolveObject } from "./document.ts";

/** An example's items, wherever in the API the example stands. */
function initialItems(part: Part, names: Pick<CollectionSpec, "item" | "type">, words: Words): CollectionSpec["initial"] {
  const key = part.text();
  for (const { document, calls } of words.siblings) {
    for (const media of calls.flatMap(({ answers }) =>
      Object.values(answers).flatMap(({ response }) => Object.values(objectAt(response, "content"))),
    )) {
      const { value } = resolveObject(document, objectAt(media, "examples")[key]);
      if (typeof value === "string") return itemsOf(names, value);
    }
  }
  return part.fail(`No answer has an example ${key} of text`, "name one that holds the items there are at first");
}

export function compileCollection(part: Part, words: Words): CollectionSpec {
  part.members(["item", "type", "keys", "initial"]);
  const names = { item: part.need("item").text(), type: part.need("type").text() };
  const keys = part
    .need("keys")
    .members()
    .map((type): [string, string[]] => [type.name, type.items().map((name) => name.text())]);
  const initial = part.at("initial");
  words.collection = true;
  return { ...names, keys: Object.fromEntries(keys), initial: initial ? initialItems(initial, names, words) : [] };
}

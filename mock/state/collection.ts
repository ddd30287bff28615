/** The items that an API keeps in a list: which one a request is about, and what a change makes of the list (docs/behaviour.md, "A collection"). */
import { namedValues } from "../compiled/styles.ts";
import { scan } from "./collection-xml.ts";
import type { Asked, CollectionSpec, Item } from "./types.ts";

export { itemsOf, renderItems } from "./collection-xml.ts";
export type { Asked } from "./types.ts";

/** What a request says about an item. */
export interface ItemRequest {
  item: Item;
  /** The collection has this type. */
  known: boolean;
  /** It is built as an item is, and every key attribute of its type is there with one value that is not empty. */
  valid: boolean;
}

/** Query parameters of a read that are no attributes (openapi/oracle-ecb/parameters). */
const NO_ATTRIBUTES = ["running", "maxElements", "offset"];

/** The names come from a request: `constructor` is no type. */
const keysOf = ({ keys }: CollectionSpec, type: string): string[] | undefined => (Object.hasOwn(keys, type) ? keys[type] : undefined);

const valuesOf = (item: Item, name: string): string[] | undefined => item.attributes.find(([own]) => own === name)?.[1];

const equal = (some: string[] = [], others: string[] = []): boolean =>
  some.length === others.length && some.every((value, index) => value === others[index]);

function judge(spec: CollectionSpec, item: Item, sound: boolean): ItemRequest {
  const keys = keysOf(spec, item.type);
  const complete = (keys ?? []).every((key) => {
    const values = valuesOf(item, key);
    return values?.length === 1 && values[0] !== "";
  });
  return { item, known: keys !== undefined, valid: sound && complete };
}

function itemOfText(spec: CollectionSpec, text: string): ItemRequest {
  const nothing: ItemRequest = { item: { type: "", attributes: [] }, known: false, valid: false };
  try {
    const [only] = scan(spec, text);
    return only && !only.container ? judge(spec, only.item, only.sound) : nothing;
  } catch {
    // What a client sent is never a defect of the mock: the table answers it as not valid.
    return nothing;
  }
}

/** The attributes that a query names, in its order; a name that stands there twice has two values. */
const attributesOf = (spec: CollectionSpec, query: URLSearchParams): Item["attributes"] =>
  namedValues(query).filter(([name]) => name !== spec.type && !NO_ATTRIBUTES.includes(name));

/**
 * The item that a request is about: its body, or what its query says.
 * @param spec the collection
 * @param asked the request
 * @returns undefined where the request is about no item: it has neither a text as its body nor a type in its query
 */
export function itemOf(spec: CollectionSpec, asked: Pick<Asked, "query" | "body">): ItemRequest | undefined {
  if (typeof asked.body === "string") return itemOfText(spec, asked.body);
  const [type, ...more] = asked.query.getAll(spec.type);
  if (type === undefined) return undefined;
  return judge(spec, { type, attributes: attributesOf(spec, asked.query) }, more.length === 0);
}

const same = (spec: CollectionSpec, some: Item, other: Item): boolean =>
  some.type === other.type && (keysOf(spec, some.type) ?? []).every((key) => equal(valuesOf(some, key), valuesOf(other, key)));

/**
 * The item of the list that has the type and the key attributes of another; a type without key attributes has one item at most.
 * @param spec the collection
 * @param items the list
 * @param item names the one that is looked for
 */
export const findItem = (spec: CollectionSpec, items: readonly Item[], item: Item): Item | undefined =>
  items.find((one) => same(spec, one, item));

/**
 * An instance shows every attribute that its type has, whether it was sent or not. Which those are the initial ones tell: with the value
 * that all of them have, or empty where they differ.
 */
function complete({ initial }: CollectionSpec, item: Item): Item {
  const kin = initial.filter(({ type }) => type === item.type);
  const names = new Set(kin.flatMap(({ attributes }) => attributes.map(([name]) => name)));
  const usual = (name: string): string[] => {
    const [first = [""], ...others] = kin.map((one) => valuesOf(one, name));
    return others.every((values) => equal(first, values)) ? first : [""];
  };
  const attributes = [...names].map((name): [string, string[]] => [name, valuesOf(item, name) ?? usual(name)]);
  return { ...item, attributes: [...attributes, ...item.attributes.filter(([name]) => !names.has(name))] };
}

/** Attributes keep their place; what the change does not name stays as it is. */
function merged(old: Item, change: Item): Item {
  const attributes = old.attributes.map(([name, values]): [string, string[]] => [name, valuesOf(change, name) ?? values]);
  const more = change.attributes.filter(([name]) => valuesOf(old, name) === undefined);
  const rest = change.rest ?? old.rest;
  return { type: old.type, attributes: [...attributes, ...more], ...(rest !== undefined && { rest }) };
}

/**
 * The list after a change; the list that is given stays as it is.
 * @param spec the collection
 * @param items the list
 * @param change `put` adds the item, with all attributes of its type, or takes the place of the one with its key; `merge` changes the
 *   attributes it names; `remove` takes it out; merge and remove of what is not there change nothing
 * @param item the item, or as much of it as names it
 */
export function changeItems(spec: CollectionSpec, items: readonly Item[], change: "put" | "merge" | "remove", item: Item): Item[] {
  const old = findItem(spec, items, item);
  if (change === "remove") return items.filter((one) => one !== old);
  if (!old) return change === "put" ? [...items, complete(spec, item)] : [...items];
  return items.map((one) => (one !== old ? one : change === "put" ? complete(spec, item) : merged(old, item)));
}

/** A parameter that the contract has as an integer; the engine has refused anything else. */
function count(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/**
 * The items that a query names: of its type, with every attribute it names, and of those the page it asks for.
 * @param spec the collection
 * @param items the list
 * @param asked the request
 */
export function matchingItems(spec: CollectionSpec, items: readonly Item[], asked: Pick<Asked, "query">): Item[] {
  const type = asked.query.get(spec.type);
  const wanted = attributesOf(spec, asked.query);
  const found = items.filter(
    (item) => item.type === type && wanted.every(([name, values]) => values.every((value) => valuesOf(item, name)?.includes(value))),
  );
  const offset = count(asked.query, "offset") ?? 0;
  return found.slice(offset, offset + (count(asked.query, "maxElements") ?? found.length));
}

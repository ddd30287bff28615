/**
 * Items of a collection as XML text: read them, and put others in their place. One pass of a strict parser that knows no entities of a
 * document's own; nothing here calls itself, so that deep or large text costs time in proportion to its length and no stack.
 */
import { SaxesParser } from "saxes";
import { escapeXml } from "../text.ts";
import type { CollectionSpec, Item } from "./types.ts";

/** The names of the two elements that differ from API to API. */
export type Names = Pick<CollectionSpec, "item" | "type">;

interface Span {
  start: number;
  /** Behind the start tag. */
  inner: number;
  end: number;
}

/** One item of a text: what it says, where it stands, and whether its elements are the ones an item has. */
export interface Found extends Span {
  item: Item;
  sound: boolean;
  /** The element around it; none where the item is the root. */
  container?: Span;
}

type Role = "outside" | "item" | "type" | "attribute" | "name" | "value" | "rest" | "inner" | "wrong";

/** The elements are the same in every text we know; nothing real is nested half as deep. */
const DEEPEST = 64;

function roleOf(names: Names, parent: Role, name: string): Role {
  if (parent === "outside") return name === names.item ? "item" : "outside";
  if (parent === "rest" || parent === "inner") return "inner";
  if (parent === "item")
    return name === names.type ? "type" : name === "attribute" ? "attribute" : name === "subElement" ? "rest" : "wrong";
  return parent === "attribute" && (name === "name" || name === "value") ? name : "wrong";
}

interface Draft extends Found {
  types: number;
  names: number;
  rest: string[];
}

/** What the end of an element adds to the item it stands in. */
function take(draft: Draft, role: Role, words: string, raw: () => string): void {
  const { item } = draft;
  const last = item.attributes.at(-1);
  if (role === "type") {
    item.type = words.trim();
    draft.types += 1;
  } else if (role === "name" && last) {
    last[0] = words.trim();
    draft.names += 1;
  } else if (role === "value") last?.[1].push(words);
  else if (role === "rest") draft.rest.push(raw());
  else if (role === "wrong") draft.sound = false;
}

function finish({ types, names, rest, ...found }: Draft): Found {
  const own = found.item.attributes.map(([name]) => name);
  const sound = found.sound && types === 1 && names === own.length && new Set(own).size === own.length && !own.includes("");
  const item = rest.length === 0 ? found.item : { ...found.item, rest: rest.join("\n") };
  return { ...found, item, sound: sound && item.type !== "" };
}

/**
 * The items of an XML text, in their order.
 * @param names what an item and its type are called
 * @param text a whole document
 * @throws Error when the text is not well-formed, has a DOCTYPE, or is nested deeper than anything real
 */
export function scan(names: Names, text: string): Found[] {
  const parser = new SaxesParser({ xmlns: false, position: false, defaultXMLVersion: "1.0", forceXMLVersion: true });
  const open: (Span & { role: Role })[] = [];
  const found: Found[] = [];
  let draft: Draft | undefined;
  let words = "";
  parser.on("doctype", () => {
    throw new Error("A DOCTYPE is not taken: leave it out");
  });
  parser.on("text", (more) => void (words += more));
  parser.on("cdata", (more) => void (words += more));
  parser.on("opentag", ({ name }) => {
    if (open.length >= DEEPEST) throw new Error(`The elements are nested deeper than ${DEEPEST}: flatten them`);
    // A start tag holds no other "<", so that the last one before its end begins it.
    const span = { start: text.lastIndexOf("<", parser.position - 1), inner: parser.position, end: 0 };
    const role = roleOf(names, open.at(-1)?.role ?? "outside", name);
    const container = open.at(-1);
    if (role === "item") {
      const item: Item = { type: "", attributes: [] };
      draft = { ...span, item, sound: true, ...(container && { container }), types: 0, names: 0, rest: [] };
    } else if (role === "attribute") draft?.item.attributes.push(["", []]);
    open.push({ ...span, role });
    words = "";
  });
  parser.on("closetag", () => {
    const closed = open.pop();
    if (!closed) return;
    closed.end = parser.position;
    if (draft) take(draft, closed.role, words, () => text.slice(closed.start, closed.end));
    if (draft && closed.role === "item") {
      found.push(finish({ ...draft, end: closed.end }));
      draft = undefined;
    }
  });
  parser.write(text).close();
  return found;
}

/** What XML 1.0 cannot hold, even escaped. */
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu;

/** Text as the content of an element; a carriage return would come back as a line feed. */
const content = (text: string): string => escapeXml(text.replace(FORBIDDEN, "\ufffd")).replaceAll("\r", "&#13;");
const leaf = (name: string, text: string): string => (text === "" ? `<${name}/>` : `<${name}>${content(text)}</${name}>`);

/** The lines of one item, indented by `step`. */
function linesOf(names: Names, item: Item, step: string): string[] {
  const attributes = item.attributes.flatMap(([name, values]) => [
    `${step}<attribute>`,
    ...[leaf("name", name), ...values.map((value) => leaf("value", value))].map((line) => step + step + line),
    `${step}</attribute>`,
  ]);
  const rest = item.rest === undefined ? [] : [step + item.rest];
  return [`<${names.item}>`, step + leaf(names.type, item.type), ...attributes, ...rest, `</${names.item}>`];
}

/** The white space between the line break before a place and the place; undefined where something else stands on its line. */
const indentAt = (text: string, place: number): string | undefined => /\n([ \t]*)$/.exec(text.slice(0, place))?.[1];

/**
 * The text of an example with other items in the place of its own, indented like them.
 * @param text the XML text of an example; one that has no item is given back as it is
 * @param names what an item and its type are called
 * @param items those to put in; none closes the element that held the items, where it held nothing else
 * @throws Error when the text is not well-formed
 */
export function renderItems(text: string, names: Names, items: readonly Item[]): string {
  const found = scan(names, text);
  const [first, last] = [found[0], found.at(-1)];
  if (!first || !last) return text;
  const { container } = first;
  const before = text.slice(0, first.start);
  const after = text.slice(last.end);
  if (items.length > 0) {
    const indent = indentAt(text, first.start);
    const outer = container && indentAt(text, container.start);
    const step = indent === undefined ? "" : outer !== undefined && indent.startsWith(outer) ? indent.slice(outer.length) : "  ";
    const line = indent === undefined ? "" : `\n${indent}`;
    return before + items.map((item) => linesOf(names, item, step).join(line)).join(line) + after;
  }
  const alone = container && text.slice(container.inner, first.start).trim() === "" && /^\s*<\//.test(after);
  if (!alone) return before + after;
  return `${text.slice(0, container.inner - 1).trimEnd()}/>${after.replace(/^\s*<\/[^>]*>/, "")}`;
}

/**
 * The items that an example's XML text holds: what there is at first.
 * @param names what an item and its type are called
 * @param text the XML text of an example
 * @throws Error when the text is not well-formed, or one of its items is not built as an item is
 */
export function itemsOf(names: Names, text: string): Item[] {
  const found = scan(names, text);
  const wrong = found.findIndex(({ sound }) => !sound);
  if (wrong >= 0) throw new Error(`Item ${wrong + 1} of the text has not one ${names.type} and attributes with one name each: mend it`);
  return found.map(({ item }) => item);
}

/**
 * A small reader of the XML that vendors wrap their answers in: elements, text, entities, CDATA; comments, declarations and attributes are
 * passed over. No DTD, so no text can ask for more than its own length. Time is in proportion to the length, whatever the text.
 */

export interface XmlNode {
  /** Without a namespace's prefix. */
  readonly name: string;
  /** The text directly in the element, entities and CDATA resolved, white space as it came. */
  readonly text: string;
  readonly children: readonly XmlNode[];
}

interface Draft extends XmlNode {
  text: string;
  readonly children: Draft[];
}

/** Characters; a listing of a whole configuration stays far below. */
const LONGEST = 8_000_000;
const DEEPEST = 64;

const ENTITIES = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
  ["apos", "'"],
]);

function characterOf(code: number): string {
  const wrong = code === 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000);
  return wrong ? "\ufffd" : String.fromCodePoint(code);
}

/** Entities as what they stand for; one that XML does not know by itself is left as it is. */
export const unescapeXml = (text: string): string =>
  text.replace(/&(?:#x([\da-f]{1,8})|#(\d{1,8})|(\w{2,4}));/gi, (whole, hex?: string, decimal?: string, name = "") =>
    hex ? characterOf(parseInt(hex, 16)) : decimal ? characterOf(Number(decimal)) : (ENTITIES.get(name) ?? whole),
  );

/** Where the tag that begins at `start` ends, quotes respected; -1 where it does not. */
function endOfTag(text: string, start: number): number {
  const stop = /[>"']/g;
  stop.lastIndex = start;
  for (let found = stop.exec(text); found; found = stop.exec(text)) {
    if (found[0] === ">") return found.index;
    const close = text.indexOf(found[0], stop.lastIndex);
    if (close < 0) return -1;
    stop.lastIndex = close + 1;
  }
  return -1;
}

/** Comments, declarations and CDATA: what begins one, and what ends it. */
const PASSAGES = [
  ["<!--", "-->"],
  ["<?", "?>"],
  ["<![CDATA[", "]]>"],
] as const;

const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

/** Takes the tag between `<` and `>`. @returns false where it does not belong here */
function takeTag(tag: string, open: Draft[]): boolean {
  const [, end = "", full = ""] = /^(\/?)([^\s/"'=<>!&]+)(?=[\s/]|$)/.exec(tag) ?? [];
  const name = localName(full);
  if (name === "") return false;
  if (end) return open.pop()?.name === name && !/\S/.test(tag.slice(1 + full.length));
  const node: Draft = { name, text: "", children: [] };
  open.at(-1)?.children.push(node);
  if (!tag.endsWith("/")) open.push(node);
  return open.length <= DEEPEST + 1;
}

/**
 * @param text a document
 * @returns its root, or undefined where the text is no well-formed document, has a DTD, is nested deeper than 64 elements or has more
 *   than 8 million characters. Never throws.
 */
export function readXml(text: string): XmlNode | undefined {
  const document: Draft = { name: "", text: "", children: [] };
  const open = [document];
  if (typeof text !== "string" || text.length > LONGEST) return undefined;
  for (let at = 0; at < text.length;) {
    const top = open.at(-1) ?? document;
    const tag = text.indexOf("<", at);
    top.text += unescapeXml(text.slice(at, tag < 0 ? undefined : tag));
    if (tag < 0) break;
    const passage = PASSAGES.find(([begin]) => text.startsWith(begin, tag));
    const [begin = "<", finish = ">"] = passage ?? [];
    const from = tag + begin.length;
    const end = passage ? text.indexOf(finish, from) : endOfTag(text, from);
    if (end < 0) return undefined;
    const inner = text.slice(from, end);
    if (begin === "<![CDATA[") top.text += inner;
    else if (!passage && !takeTag(inner, open)) return undefined;
    at = end + finish.length;
  }
  const alone = open.length === 1 && document.children.length === 1 && !/\S/.test(document.text);
  return alone ? document.children[0] : undefined;
}

/**
 * The text at the end of a way through the first children of these names, without white space around it.
 * @param node where the way begins: `textAt(root, "data", "accessToken")`
 * @returns undefined where there is no such element
 */
export function textAt(node: XmlNode | undefined, ...names: string[]): string | undefined {
  let found = node;
  for (const wanted of names) found = found?.children.find(({ name }) => name === wanted);
  return found?.text.trim();
}

/** The first element of this name at any depth below a node. */
export function findXml(node: XmlNode | undefined, wanted: string): XmlNode | undefined {
  for (const child of node?.children ?? []) {
    const found = child.name === wanted ? child : findXml(child, wanted);
    if (found) return found;
  }
  return undefined;
}

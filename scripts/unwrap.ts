/** Paragraphs of Markdown on one line each. A line break within a paragraph is a space (CommonMark 6.8), which Redoc's search drops: "Aproject". */
import { isObject } from "./document.ts";

/** What begins a block of its own, is indented, underlines a heading, or is empty. */
const BLOCK = /^(\s|$|[#|>]|```|~~~|[-*+] |\d+[.)] |[=-]+$)/;
/** What nothing may be joined to: a heading and its line, a table, a quotation, an empty line, a break that is meant. */
const CLOSED = /^\s*([#|>]|[=-]+$|$)|( {2}|\\)$/;
const FENCE = /^\s*(```|~~~)/;

/** @param text Markdown @returns the same paragraphs, each on one line; what stands in fences stays as it is */
export function unwrap(text: string): string {
  let fenced = false;
  return text.split("\n").reduce((done, line, index) => {
    const last = done.slice(done.lastIndexOf("\n") + 1);
    const joins = index > 0 && !fenced && !BLOCK.test(line) && !CLOSED.test(last) && !FENCE.test(last);
    if (FENCE.test(line)) fenced = !fenced;
    return index === 0 ? line : `${done}${joins ? " " : "\n"}${line}`;
  }, "");
}

/** Members whose values are data, not descriptions of a contract. */
const DATA = ["example", "examples", "value", "default", "const", "enum"];

/** @param node of a document, which is not changed @returns it with every description unwrapped; examples stay as they are */
export function unwrapDescriptions(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(unwrapDescriptions);
  if (!isObject(node)) return node;
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => {
      if (DATA.includes(name)) return [name, value];
      return [name, name === "description" && typeof value === "string" ? unwrap(value) : unwrapDescriptions(value)];
    }),
  );
}

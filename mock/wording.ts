/** Puts a precise sentence in the place where a documented example has its human-readable text. */
import { isObject } from "../scripts/document.ts";
import { isXml } from "./body.ts";
import { escapeXml } from "./text.ts";

/** In the order in which they are looked for in one object; every JSON error shape of the three vendors has one of them. */
const TEXT_MEMBERS = ["message", "error_msg", "detail"];

/** Changes the first text found, outer before inner; says whether there was one. */
function replaceFirst(node: unknown, text: string): boolean {
  if (Array.isArray(node)) return node.some((item) => replaceFirst(item, text));
  if (!isObject(node)) return false;
  for (const name of TEXT_MEMBERS) {
    const value = node[name];
    if (typeof value === "string") node[name] = text;
    else if (Array.isArray(value) && value.every((item) => typeof item === "string")) node[name] = [text];
    else continue;
    return true;
  }
  return Object.values(node).some((value) => replaceFirst(value, text));
}

/** Gateways repeat the path that led nowhere. */
function replacePath(node: unknown, path: string): void {
  if (isObject(node) && typeof node["path"] === "string" && node["path"].startsWith("/")) node["path"] = path;
}

/**
 * @param body the documented body: parsed JSON, or the text of an XML document
 * @param mediaType of the body
 * @param text the sentence
 * @param path the vendor's path that was asked for
 * @returns a copy with the sentence and the path in it, where the body has a place for them
 */
export function reword(body: unknown, mediaType: string, text: string, path: string | undefined): unknown {
  if (typeof body === "string") {
    if (!isXml(mediaType)) return body;
    return body.replace(/(<errorMessage>)[^<]*(<\/errorMessage>)/, (_, open: string, close: string) => open + escapeXml(text) + close);
  }
  const copy: unknown = structuredClone(body);
  replaceFirst(copy, text);
  if (path !== undefined) replacePath(copy, path);
  return copy;
}

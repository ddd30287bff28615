/** Puts a precise sentence in the place where a documented example has its human-readable text. */
import { isObject } from "../scripts/document.ts";
import { isXml } from "./media-type.ts";
import { escapeXml } from "./text.ts";

/** In the order in which they are looked for in one object; every JSON error shape of the three vendors has one of them. */
const TEXT_MEMBERS = ["message", "error_msg", "detail"];

/** Whether a text may stand at a place of the body. */
export type Room = (steps: string[], text: string) => boolean;

/** Changes the first text found, outer before inner; says whether there was one. */
function replaceFirst(node: unknown, text: string, room: Room, steps: string[] = []): boolean {
  if (Array.isArray(node)) return node.some((item, index) => replaceFirst(item, text, room, [...steps, String(index)]));
  if (!isObject(node)) return false;
  for (const name of TEXT_MEMBERS) {
    const value = node[name];
    const list = Array.isArray(value) && value.every((item) => typeof item === "string");
    if (typeof value !== "string" && !list) continue;
    if (room(list ? [...steps, name, "0"] : [...steps, name], text)) node[name] = list ? [text] : text;
    return true;
  }
  return Object.entries(node).some(([name, value]) => replaceFirst(value, text, room, [...steps, name]));
}

/** Gateways repeat the path that led nowhere. */
function replacePath(node: unknown, path: string, room: Room): void {
  if (isObject(node) && typeof node["path"] === "string" && node["path"].startsWith("/") && room(["path"], path)) node["path"] = path;
}

/**
 * @param body the documented body: parsed JSON, or the text of an XML document
 * @param mediaType of the body
 * @param text the sentence
 * @param path the vendor's path that was asked for
 * @param room which places take which texts
 * @returns a copy with the sentence and the path in it, where the body has a place for them
 */
export function reword(body: unknown, mediaType: string, text: string, path: string | undefined, room: Room): unknown {
  if (typeof body === "string") {
    if (!isXml(mediaType)) return body;
    return body.replace(/(<errorMessage>)[^<]*(<\/errorMessage>)/, (_, open: string, close: string) => open + escapeXml(text) + close);
  }
  const copy: unknown = structuredClone(body);
  replaceFirst(copy, text, room);
  if (path !== undefined) replacePath(copy, path, room);
  return copy;
}

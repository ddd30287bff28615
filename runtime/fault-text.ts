/** Error bodies that are no JSON: XML, a page of HTML, a line of text, JSON that nobody has parsed. */
import { readBody, type Words } from "./fault-bodies.ts";
import { findXml, readXml, unescapeXml, type XmlNode } from "./xml.ts";

/** Characters that are looked at: an error is said in its first lines. */
const MOST = 65_536;

function fromXml(root: XmlNode): Words | undefined {
  const message = ["errorMessage", "message", "Message"].map((name) => findXml(root, name)?.text).find((text) => text?.trim());
  if (message === undefined) return undefined;
  return root.name === "response" ? { vendor: "oracle", message } : { vendor: "unknown", code: findXml(root, "Code")?.text, message };
}

/** The headline of a page, or all of its text. */
function fromHtml(page: string): Words {
  const headline = /<(?:title|h1)\b[^<>]*>([^<]+)</i.exec(page)?.[1]?.trim();
  const rest = (): string => page.replace(/<(script|style)\b[^<>]*>[^<]*/gi, " ").replace(/<[^<>]*>?/g, " ");
  return { vendor: "unknown", message: unescapeXml(headline || rest()) };
}

/**
 * @param whole a body as text
 * @param success whether the status says that all went well: text is then no error
 */
export function readText(whole: string, success: boolean): Words | undefined {
  if (success) return undefined;
  const text = whole.slice(0, MOST).trim();
  if (/^[[{]/.test(text)) {
    try {
      const words = readBody(JSON.parse(text), false);
      if (words) return words;
    } catch {
      // Then it is a text that begins with a bracket.
    }
  }
  if (!text.startsWith("<")) return { vendor: "unknown", message: text };
  const root = readXml(text);
  const words = root && fromXml(root);
  return words ?? fromHtml(text);
}

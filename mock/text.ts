/** Text that quotes a request goes into headers, bodies and logs: one line, bounded, nothing a terminal or a header would obey. */

/**
 * @param text any text
 * @param limit characters kept
 * @returns one line without control characters
 */
export function oneLine(text: string, limit = 300): string {
  // \p{C}: control and format characters, surrogates without a partner.
  const line = text.replace(/[\s\p{C}]+/gu, " ").trim();
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
}

/** A value that is safe in an HTTP header: printable ASCII on one line. */
export const headerValue = (text: string, limit = 300): string => oneLine(text.replaceAll("…", "..."), limit).replace(/[^\x20-\x7e]/g, "?");

/** For a field value that a contract gives: tabs and Latin-1 are legal in headers, line breaks are not. */
export const cleanHeader = (value: string): string => value.replace(/[^\t\x20-\x7e\x80-\xff]/g, " ").trim();

/** With one full stop at its end. */
export const sentence = (text: string): string => `${text.trim().replace(/[.\s]+$/, "")}.`;

const XML_ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (character) => XML_ESCAPES[character] ?? character);

/** A text as a regular expression that matches it. */
export const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

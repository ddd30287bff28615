/** `Prefer: code=409, example=locked, dynamic=true` (RFC 7240's syntax, Prism's words). Other preferences are ignored, as the RFC asks. */

export interface Preferences {
  code?: string;
  example?: string;
  dynamic?: boolean;
}

/** Of a request that asks for nothing. */
export const NONE: Preferences = Object.freeze({});

/**
 * @param header the field value
 * @returns the preferences, or a sentence that says what is wrong with them
 */
export function parsePrefer(header: string | undefined): Preferences | string {
  if (header === undefined) return NONE;
  const preferences: Preferences = {};
  const seen = new Set<string>();
  for (const part of header.split(/[,;]/)) {
    // Trimmed first: two runs of blanks side by side are tried in every division of them.
    const [, name = "", quoted, bare] = /^([\w-]+)\s*=\s*(?:"([^"]*)"|(\S*))$/.exec(part.trim()) ?? [];
    const value = quoted ?? bare ?? "";
    const preference = name.toLowerCase();
    // RFC 7240, section 2: of one that is repeated only the first counts. Prism has it so, too.
    if (seen.has(preference)) continue;
    seen.add(preference);
    switch (preference) {
      case "code":
        if (!/^[1-5]\d\d$/.test(value)) return `Prefer: code=${value} is not a status: write code=409, for example`;
        preferences.code = value;
        break;
      case "example":
        preferences.example = value;
        break;
      case "dynamic":
        if (!/^(true|false)$/i.test(value)) return `Prefer: dynamic=${value} is neither true nor false`;
        preferences.dynamic = value.toLowerCase() === "true";
        break;
    }
  }
  return preferences;
}

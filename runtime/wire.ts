/** How parameters and bodies are written into a request. */

/** `undefined` and `null` mean: not given. */
const given = (value: unknown): boolean => value !== undefined && value !== null;

/** A query in OpenAPI's default style, `form` and exploded: `?elementType=session-group&group-name=sg`; empty where nothing is given. */
export function writeQuery(query: unknown): string {
  const pairs: string[] = [];
  const add = (name: string, value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) add(name, item);
    else if (typeof value === "object" && value !== null) for (const [key, item] of Object.entries(value)) add(key, item);
    else if (given(value)) pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  };
  add("", query);
  return pairs.length > 0 ? `?${pairs.join("&")}` : "";
}

/**
 * A path with its parameters filled in.
 * @throws TypeError when one is missing or no text or number, or would change the path: an empty segment and `..`, which a URL resolves escaped or
 *   not, are another address, and half a surrogate pair is none
 */
export const writePath = (path: string, parameters: Readonly<Record<string, unknown>>): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = parameters[name];
    const text = typeof value === "string" || Number.isFinite(value) ? String(value) : "";
    if (/^\.{0,2}$|\p{Cs}/u.test(text)) throw new TypeError(`The path parameter ${name} of ${path} is missing or no id: give it as text.`);
    return encodeURIComponent(text);
  });

/** Adds headers to others, names in lower case: the later one of two spellings counts. */
export function addHeaders(headers: Record<string, string>, more: unknown): Record<string, string> {
  for (const [name, value] of Object.entries(Object(more))) if (given(value)) headers[name.toLowerCase()] = String(value);
  return headers;
}

/** A body as its media type has it; XML and other texts go as they are. */
export function writeBody(body: unknown, mediaType: string | undefined): string {
  if (mediaType?.includes("json")) return JSON.stringify(body);
  return mediaType === "application/x-www-form-urlencoded" ? writeQuery(body).slice(1) : String(body);
}

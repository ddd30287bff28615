/** Our terms in Prism's, and back. */
import type { IHttpRequest } from "@stoplight/prism-http";
import { namedValues } from "./compiled/styles.ts";
import type { OperationKey, ParsedRequest, Violation } from "./types.ts";

/** The path as Prism reads it: below the servers, every parameter encoded anew. */
const pathOf = (template: string, params: Record<string, string>): string =>
  template.replace(/\{([^{}]+)\}/g, (hole, name: string) => encodeURIComponent(params[name] ?? hole));

const queryOf = (query: URLSearchParams): Record<string, string | string[]> =>
  Object.fromEntries(namedValues(query).map(([name, values]) => [name, values.length === 1 ? (values[0] ?? "") : values]));

/** What was stated about the body is replaced by what was found. */
function headersOf({ headers, mediaType, length }: ParsedRequest): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => !["content-type", "content-length", "transfer-encoding"].includes(name));
  return { ...Object.fromEntries(kept), ...(mediaType !== undefined && { "content-type": mediaType, "content-length": String(length) }) };
}

export const inputOf = ({ method, path }: OperationKey, request: ParsedRequest): IHttpRequest => ({
  method,
  url: { path: pathOf(path, request.params), query: queryOf(request.query) },
  headers: headersOf(request),
  body: request.body,
});

const PLACES = ["body", "header", "path", "query"] as const;

/**
 * @param diagnostic what Prism found
 * @param names parameter names as the contract spells them: Prism reports them in lower case
 */
export function violationOf(diagnostic: { path?: string[]; message: string }, names: string[]): Violation {
  const [first, ...path] = diagnostic.path ?? [];
  const where = PLACES.find((place) => place === first) ?? "request";
  if (where === "body") return { where, path, message: diagnostic.message };
  const spell = (text: string): string => names.find((name) => name.toLowerCase() === text) ?? text;
  const message = diagnostic.message.replace(/(?<=parameter |property ')[^\s']+/g, spell);
  return { where, path, message };
}

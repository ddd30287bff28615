/** Answers of the mock itself, in RFC 9457's form: nobody can mistake them for the vendor's. */
import type { MockAnswer, Note } from "./types.ts";
import { headerValue, oneLine } from "./text.ts";

/** The titles of the statuses the mock gives of itself (`about:blank` asks for HTTP's own words). No import from node: engines run in browsers. */
const TITLES: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  404: "Not Found",
  405: "Method Not Allowed",
  406: "Not Acceptable",
  408: "Request Timeout",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  431: "Request Header Fields Too Large",
  500: "Internal Server Error",
  501: "Not Implemented",
  503: "Service Unavailable",
  507: "Insufficient Storage",
};

/**
 * @param status the HTTP status
 * @param reason one sentence: what is wrong, what to do
 * @param extra further members of the problem; the four of the RFC stay as they are
 */
export function problem(status: number, reason: string, extra: Record<string, unknown> = {}, note: Note = {}): MockAnswer {
  const body = { ...extra, type: "about:blank", title: TITLES[status] ?? "Error", status, detail: oneLine(reason, 1000) };
  return {
    status,
    headers: { "content-type": "application/problem+json", "x-latch-reason": headerValue(reason) },
    body: JSON.stringify(body),
    note: { ...note, reason },
  };
}

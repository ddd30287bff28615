/** One line per request, for a person at a terminal. */
import { parseTarget } from "./target.ts";
import { oneLine } from "./text.ts";
import type { MockAnswer, MockRequest } from "./types.ts";

/** `POST /api/v1/x → 409 api@v1 lockServer: The reason.` The query stays out: it may carry credentials. */
export function logLine({ method, url }: MockRequest, { status, note = {} }: MockAnswer): string {
  const who = [note.contract, note.call].filter((part) => part !== undefined).join(" ");
  const tail = [who, note.reason && oneLine(note.reason)].filter((part) => part).join(": ");
  return `${oneLine(method, 20)} ${oneLine(parseTarget(url).path, 200)} → ${status}${tail && ` ${tail}`}`;
}

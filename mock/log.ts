/** One line per request: for a person at a terminal, or as JSON for a machine. The query stays out of both: it may carry credentials. */
import { parseTarget } from "./target.ts";
import { oneLine } from "./text.ts";
import type { MockAnswer, MockRequest } from "./types.ts";

export type LogFormat = "pretty" | "json" | "silent";

/** `POST /api/v1/x → 409 api@v1 lockServer: The reason.` */
function pretty({ method, url }: MockRequest, { status, drop, note = {} }: MockAnswer): string {
  const who = [note.contract, note.call].filter((part) => part !== undefined).join(" ");
  const why = note.reason === undefined ? note.row?.replace(/^[^/]*\//, "") : oneLine(note.reason);
  const tail = [who, why].filter((part) => part).join(": ");
  return `${oneLine(method, 20)} ${oneLine(parseTarget(url).path, 200)} → ${drop ? "dropped" : status}${tail && ` ${tail}`}`;
}

function json({ method, url }: MockRequest, { status, drop, note = {} }: MockAnswer, milliseconds: number, now: Date): string {
  return JSON.stringify({
    time: now.toISOString(),
    method: oneLine(method, 20),
    path: oneLine(parseTarget(url).path, 500),
    ...(drop ? { dropped: true } : { status }),
    ms: Math.round(milliseconds * 1000) / 1000,
    ...note,
    ...(note.reason !== undefined && { reason: oneLine(note.reason, 500) }),
  });
}

/**
 * @param milliseconds from the request's head to its answer
 * @param now the server's own clock: a log is about the server, not about a world
 */
export const logLine = (format: "pretty" | "json", request: MockRequest, answer: MockAnswer, milliseconds: number, now: Date): string =>
  format === "json" ? json(request, answer, milliseconds, now) : pretty(request, answer);

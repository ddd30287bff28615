/** What control operations answer. */
import type { MockAnswer } from "../types.ts";

/** State changes under the client's feet: nobody between may keep an answer. */
const FRESH = { "cache-control": "no-store" };

/** @param body of plain JSON */
export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): MockAnswer => ({
  status,
  headers: { "content-type": "application/json", ...FRESH, ...headers },
  body: JSON.stringify(body),
});

/** Done, and nothing to say about it. */
export const done = (): MockAnswer => ({ status: 204, headers: { ...FRESH }, body: "" });

/** What a version's lifecycle means at an instant: RFC 9745's `Deprecation`, RFC 8594's `Sunset`, and when it is over. */
import { objectAt, stringAt, type Obj } from "../scripts/document.ts";

/** Samsung calls a version DEPRECATED when fewer than 90 days are left (fact sheet scp-virtualserver 2.4). */
const NOTICE_MS = 90 * 86_400_000;

/** How it stands with a version that ends on a day (`2026-08-31`): over from that day on, deprecated before. */
export function standingAt(now: number, day: string): "over" | "deprecated" | "served" {
  const end = Date.parse(`${day}T00:00:00Z`);
  if (now >= end) return "over";
  return now >= end - NOTICE_MS ? "deprecated" : "served";
}

export interface Lifecycle {
  state: string | undefined;
  /** `2026-08-31`, as the vendor prints it. */
  date: string | undefined;
  /** Whether the version is no longer, or not yet, served: from its date on, and while it is PLANNED. */
  over(now: number): boolean;
  /** Headers that an answer of this version carries at an instant; the same object each time. */
  headers(now: number): Record<string, string>;
}

/** What a version without a date adds. */
export const UNDATED: Record<string, string> = {};

/** @param document the bundle, whose `info.x-lifecycle` says it once */
export function lifecycleOf(document: Obj): Lifecycle {
  const lifecycle = objectAt(objectAt(document, "info"), "x-lifecycle");
  const [state, date] = [stringAt(lifecycle, "state"), stringAt(lifecycle, "notBefore")];
  if (date === undefined) return { state, date, over: () => state === "PLANNED", headers: () => UNDATED };
  const end = Date.parse(`${date}T00:00:00Z`);
  const sunset = { sunset: new Date(end).toUTCString() };
  const noticed = end - NOTICE_MS;
  const deprecated = { deprecation: `@${noticed / 1000}`, ...sunset };
  return {
    state,
    date,
    over: (now) => state === "PLANNED" || now >= end,
    headers: (now) => (state === "DEPRECATED" || now >= noticed ? deprecated : sunset),
  };
}

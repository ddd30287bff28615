/**
 * What a page tells its service worker. It stands in the query of the worker's address, because that is all a browser keeps when it stops a
 * worker and starts it again.
 */
import { checkOption, delay, faultRate, seedFile, text, truth, vendors, worldHeader, type Form } from "../option-forms.ts";
import type { SeedInput } from "../seed-file.ts";
import type { ServerVariables } from "../vendors.ts";

export interface WorkerOptions {
  /** Where the mock stands, seen from the scope: `mock/` unless said otherwise. */
  base?: string | undefined;
  /** Whether the vendors' own hosts are answered too, which they are not unless this says so; or what variables of their names stand for. */
  vendors?: boolean | ServerVariables | undefined;
  /** Where state is kept: `indexeddb`, which outlives the worker and the page, or `memory`, which the browser clears after half a minute. */
  state?: "indexeddb" | "memory" | undefined;
  /** Where the clock starts, as an ISO date. It goes on where it was when the page is loaded again with the same one. */
  now?: string | undefined;
  /** What ids and tokens are made from. */
  seed?: string | undefined;
  /** Named servers, callers and tokens. */
  seedFile?: SeedInput | undefined;
  /** Only what the seed file names exists. */
  strict?: boolean | undefined;
  /** Remember nothing: every valid request gets its success answer. */
  stateless?: boolean | undefined;
  /** The request header that names a world. */
  worldHeader?: string | undefined;
  /** Milliseconds that every answer waits, or the least and the most. */
  delay?: number | [least: number, most: number] | undefined;
  /** The share of requests, from 0 to 1, that get a documented status of trouble. */
  faultRate?: number | undefined;
  /** Refuse plain HTTP where the contract says how (426). */
  requireHttps?: boolean | undefined;
}

interface Reading extends Form {
  /** It is JSON in the query, not plain text. */
  json?: true;
}

const json = (form: Form): Reading => ({ ...form, json: true });

const READINGS: { [Name in keyof WorkerOptions]-?: Reading } = {
  base: text,
  vendors: json(vendors),
  state: { form: "indexeddb or memory", takes: (value) => value === "indexeddb" || value === "memory" },
  now: { form: "a date such as 2026-08-01", takes: (value) => typeof value === "string" && !Number.isNaN(Date.parse(value)) },
  seed: text,
  seedFile: json(seedFile),
  strict: json(truth),
  stateless: json(truth),
  worldHeader,
  delay: json(delay),
  faultRate: json(faultRate),
  requireHttps: json(truth),
};

const isName = (name: string): name is keyof WorkerOptions => Object.hasOwn(READINGS, name);

/**
 * @returns a query without its question mark; always the same for the same options
 * @throws TypeError for an option that is none, or of another form
 */
export function writeOptions(options: WorkerOptions): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(options).toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    if (value === undefined) continue;
    checkOption(name, value, READINGS);
    query.set(name, typeof value === "string" ? value : JSON.stringify(value));
  }
  return query.toString();
}

function parse(name: string, written: string): unknown {
  if (!isName(name) || !READINGS[name].json) return written;
  try {
    return JSON.parse(written);
  } catch {
    return written;
  }
}

/**
 * @param search the query of the worker's address
 * @throws TypeError for an option that is none, or of another form
 */
export function readOptions(search: string): WorkerOptions {
  const read: [string, unknown][] = [...new URLSearchParams(search)].map(([name, written]) => [name, parse(name, written)]);
  for (const [name, value] of read) checkOption(name, value, READINGS);
  return Object.fromEntries(read);
}

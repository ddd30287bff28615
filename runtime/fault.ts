/** One reading of every error that a vendor, its gateway or something in between answers with. */
import { readBody, type Vendor, type Words } from "./fault-bodies.ts";
import { readText } from "./fault-text.ts";
import { readRetryAfter } from "./retry.ts";
import { attempt, headerOf, isObject, memberOf, textOf } from "./safe.ts";
import type { Now } from "./types.ts";

export interface Fault {
  /** Whose error it is, as far as its host tells, or else its shape. */
  readonly vendor: Vendor;
  /** HTTP status; 0 where no answer came. */
  readonly status: number;
  /** The vendor's word for it: `Ecs.0605`, `conflictingRequest`, `APIGW.0301`, `VirtualServer.Locked`. An ECB has none. */
  readonly code?: string;
  /** Never empty. One line of at most 1000 characters. */
  readonly message: string;
  /** What the vendor's support asks for. */
  readonly requestId?: string;
  /** Seconds from now after which another try makes sense. */
  readonly retryAfter?: number;
}

/** What a call gives, or what it throws. */
export interface FaultSource {
  /** Of the answer, where it is not said: openapi-fetch's own methods give no other. */
  readonly status?: number;
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response?: Response;
}

const LONGEST = 1000;
const HOSTS: readonly [RegExp, Vendor][] = [
  [/^https:\/\/[^/]*\.myhuaweicloud\.com[:/]/, "huawei"],
  [/^https:\/\/[^/]*\.samsungsdscloud\.com[:/]/, "samsung"],
];
const REQUEST_IDS = ["X-Request-Id", "X-OpenStack-Request-Id", "X-Compute-Request-Id"];

/** What nobody sees and an editor or a terminal obeys: marks of width and direction. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;

/** In one line, without the line breaks of HTML that OpenStack has in its texts and without what a terminal obeys. */
function tidy(text: string | undefined): string {
  const plain = (text ?? "").replace(/<br ?\/?>/gi, " ").replace(INVISIBLE, "");
  const line = plain.replace(/[\s\p{Cc}]+/gu, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1).replace(/[\ud800-\udbff]$/, "")}…` : line;
}

function statusOf(result: unknown): number {
  const status = [memberOf(result, "status"), memberOf(memberOf(result, "response"), "status")].find(Number.isInteger);
  return typeof status === "number" ? status : 0;
}

/** An exception of `fetch` says why in its cause. */
const fromException = (thrown: object): Words => ({
  vendor: "unknown",
  message: [textOf(thrown, "message"), textOf(memberOf(thrown, "cause"), "message")].filter(Boolean).join(": "),
});

function wordsOf(body: unknown, success: boolean): Words | undefined {
  if (typeof body === "string") return readText(body, success);
  if (isObject(body)) return readBody(body, success);
  return success || body === undefined || body === null ? undefined : { vendor: "unknown", message: textOf([body], 0) };
}

function secondsOf(response: unknown, inBody: string | undefined, now: Now): number | undefined {
  const asked = headerOf(response, "Retry-After");
  const wait = attempt(() => asked && readRetryAfter(new Headers({ "Retry-After": asked }), now()));
  const seconds = typeof wait === "number" ? wait / 1000 : /^\d{1,9}$/.test(inBody ?? "") ? Number(inBody) : NaN;
  return Number.isFinite(seconds) ? Math.ceil(seconds) : undefined;
}

function vendorAt(response: unknown): Vendor {
  const url = textOf(response, "url") ?? "";
  return HOSTS.find(([pattern]) => pattern.test(url))?.[1] ?? "unknown";
}

const isError = (value: unknown): boolean => attempt(() => value instanceof Error) === true;

/** The fault in the answer that an exception of ours brings along: a `LockError` has one. */
function behind(thrown: unknown, now: Now): Fault | undefined {
  const result = isError(thrown) ? memberOf(thrown, "result") : undefined;
  return statusOf(result) > 0 ? faultOf(result, now) : undefined;
}

/**
 * Reads the error in a result, whatever its shape: a fault of OpenStack's, a vendor's `error`, a gateway's, Keystone's, a list of errors, XML,
 * HTML, plain text, or nothing at all. Never throws, whatever the body.
 * @param result what a call gave, or the exception it threw; of a `LockError` the answer behind it, where that is an error
 * @param now milliseconds since the epoch, for a `Retry-After` that is a date
 * @returns plain, frozen data; undefined where the result is a success (a 202 with an error body is none)
 */
export function readFault(result: { readonly error: NonNullable<unknown> } | Error, now?: Now): Fault;
export function readFault(result: FaultSource, now?: Now): Fault | undefined;
export function readFault(result: unknown, now: Now = Date.now): Fault | undefined {
  return behind(result, now) ?? faultOf(result, now);
}

function faultOf(result: unknown, now: Now): Fault | undefined {
  const status = statusOf(result);
  const [response, error, data] = ["response", "error", "data"].map((name) => memberOf(result, name));
  const failed = (error !== undefined && error !== null) || isError(result);
  const success = status >= 200 && status < 300 && !failed;
  const found = attempt(() => wordsOf(success ? data : (error ?? data), success));
  if (success && !found) return undefined;
  const thrown = !found && isObject(result) && textOf(result, "message") !== undefined ? fromException(result) : undefined;
  const words = found ?? thrown ?? { vendor: "unknown" };
  const at = vendorAt(response);
  const code = tidy(words.code);
  const message = tidy(words.message) || code;
  const requestId = tidy(words.requestId ?? REQUEST_IDS.map((name) => headerOf(response, name)).find(Boolean));
  const retryAfter = secondsOf(response, words.retryAfter, now);
  return Object.freeze({
    vendor: at === "unknown" ? words.vendor : at,
    status,
    ...(code && { code }),
    message: message || (status === 0 ? "No answer came." : `The answer was ${status}, without a word about why.`),
    ...(requestId && { requestId }),
    ...(retryAfter !== undefined && { retryAfter }),
  });
}

/**
 * Checks of what stands in a body: each gives the value in its type, or refuses it with a sentence that names its place.
 * By hand and not by a schema, so that the sentence can say what is possible; the tests hold both to the same verdict.
 */
import { isObject, type Obj } from "../../scripts/document.ts";
import { durationOf } from "../state/duration.ts";
import type { Json } from "../state/types.ts";
import { refuse } from "./mistake.ts";

/** A member's JSON pointer (RFC 6901). */
export const member = (at: string, name: string | number): string => `${at}/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`;

/** How a sentence calls a place. */
export const named = (at: string): string => (at === "" ? "The body" : at);

/** @param members the names it may have */
export function anObject(value: unknown, at: string, members: string[], required: string[] = []): Obj {
  if (!isObject(value)) refuse(at, `${named(at)} is not an object`);
  for (const name of Object.keys(value))
    if (!members.includes(name)) refuse(member(at, name), `${named(at)} has no member ${name}`, members);
  for (const name of required) if (!Object.hasOwn(value, name)) refuse(at, `${named(at)} has to have the member ${name}`);
  return value;
}

/** An object of any names. */
export const aMap = (value: unknown, at: string): Obj => (isObject(value) ? value : refuse(at, `${named(at)} is not an object`));

/** Each item goes through `check`. */
export function aList<T>(value: unknown, at: string, check: (item: unknown, at: string) => T): T[] {
  if (!Array.isArray(value)) refuse(at, `${named(at)} is not a list`);
  return value.map((item, index) => check(item, member(at, index)));
}

/** @param longest in UTF-16 units */
export function aText(value: unknown, at: string, longest = Infinity): string {
  if (typeof value !== "string") refuse(at, `${named(at)} is not a text`);
  if (value === "") refuse(at, `${named(at)} is an empty text`);
  if (value.length > longest) refuse(at, `${named(at)} has more than ${longest} characters`);
  return value;
}

/** Any text, also an empty one. */
export const someText = (value: unknown, at: string): string =>
  typeof value === "string" ? value : refuse(at, `${named(at)} is not a text`);

/** Part of a key of the store: text that can be written as UTF-8, on one line. */
export function aKey(value: unknown, at: string): string {
  const text = aText(value, at);
  if (/[\p{Cc}\p{Cs}]/u.test(text)) refuse(at, `${named(at)} has a control character or half a character in it`);
  return text;
}

export const aTruth = (value: unknown, at: string): boolean =>
  typeof value === "boolean" ? value : refuse(at, `${named(at)} is neither true nor false`);

/** A number from `least` to `most`, both included. */
export function aNumber(value: unknown, at: string, least: number, most: number): number {
  if (typeof value !== "number" || !(value >= least && value <= most)) refuse(at, `${named(at)} is not a number from ${least} to ${most}`);
  return value;
}

/** A whole number from `least` to `most`, both included. */
export function aCount(value: unknown, at: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  if (!Number.isInteger(value)) refuse(at, `${named(at)} is not a whole number from ${least} to ${most}`);
  return aNumber(value, at, least, most);
}

/** RFC 3339, to the millisecond; the second 60 is not taken, because no clock of ours has it. */
const INSTANT = /^(\d{4})-(\d\d)-(\d\d)[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

/** @returns milliseconds since the epoch */
export function anInstant(value: unknown, at: string): number {
  const [text, year, month, day] = INSTANT.exec(typeof value === "string" ? value : "") ?? [];
  const milliseconds = Date.parse((text ?? "").toUpperCase());
  // The 30th of February would quietly become a day of March.
  const exists = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
  if (Number.isNaN(milliseconds) || !exists) refuse(at, `${named(at)} is not a date-time: give one such as 2026-08-01T12:00:00Z`);
  return milliseconds;
}

/** @returns milliseconds, never less than 0 */
export function aDuration(value: unknown, at: string): number {
  const text = typeof value === "string" ? value : "";
  if (/^-/.test(text)) refuse(at, `${named(at)} goes back, and a clock is only advanced: set it with PUT /_latch/clock`);
  return (
    durationOf(text) ?? refuse(at, `${named(at)} is not a duration: give one such as PT10M or P1DT12H, in days, hours, minutes and seconds`)
  );
}

/** The part of `given` that is there, checked. */
export const part = <K extends string, T>(
  given: object,
  name: K,
  at: string,
  check: (value: unknown, at: string) => T,
): { [Key in K]?: T } => {
  const found = Object.entries(given).find(([own]) => own === name);
  // One member of that name and type; a computed name would be typed as any text.
  return (found ? { [name]: check(found[1], member(at, name)) } : {}) as { [Key in K]?: T };
};

/** Whatever was parsed from JSON is JSON; the casts here say no more. */
export const anyMap = (value: unknown, at: string): { [name: string]: Json } => aMap(value, at) as { [name: string]: Json };

/** A documented example, filled with what is remembered and with what was asked. */
import { isObject } from "../../scripts/document.ts";
import { standingAt } from "../lifecycle.ts";
import { isJson, isMarkup } from "../media-type.ts";
import { cleanHeader, escapeXml } from "../text.ts";
import { matchingItems, renderItems } from "./collection.ts";
import { Draft, textsWith, type Spot } from "./draft.ts";
import { prepare } from "./prepare.ts";
import { prepareAnswer, type PreparedAnswer, type PreparedSamples } from "./prepare-answer.ts";
import { memberAt } from "./references.ts";
import { existingItem, type Scope } from "./scope.ts";
import type { AnswerSpec, Behaviour, Json } from "./types.ts";
import { textOf } from "./values.ts";
import { compareVersions } from "./versions.ts";

export interface Example {
  /** The value of the example: for XML and plain text a string, for JSON anything; absent where the answer has no body. */
  value?: unknown;
  mediaType?: string;
  /** Names in lower case. */
  headers: Record<string, string>;
}

export interface Rendered {
  headers: Record<string, string>;
  body: string;
}

/** The sample texts in one pass, so that what was put in is not replaced again. */
export const replacerOf =
  ({ pattern, reads }: PreparedSamples, scope: Scope) =>
  (text: string, escape = (value: string) => value): string =>
    text.replace(pattern, (sample) => {
      const value = reads.get(sample)?.(scope) ?? null;
      return value === null ? sample : escape(textOf(value));
    });

const replacer = ({ samples }: PreparedAnswer, scope: Scope) => samples && replacerOf(samples, scope);

/** What XML 1.0 cannot hold, even escaped. */
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu;

const xmlText = (text: string): string => escapeXml(text.replace(FORBIDDEN, "\ufffd"));

function isBelow(version: Json, bound: string): boolean {
  const order = typeof version === "string" ? compareVersions(version, bound) : undefined;
  return order !== undefined && order < 0;
}

/** Where the examples hold sample texts: found once for each example. */
const spots = new WeakMap<PreparedAnswer, WeakMap<object, Spot[]>>();

function spotsOf(value: Json, answer: PreparedAnswer): Spot[] {
  const holds = (text: string): boolean => answer.samples !== undefined && text.search(answer.samples.pattern) >= 0;
  if (typeof value !== "object" || value === null) return textsWith(value, holds);
  const known = spots.get(answer) ?? new WeakMap<object, Spot[]>();
  spots.set(answer, known);
  const found = known.get(value) ?? textsWith(value, holds);
  known.set(value, found);
  return found;
}

/** A list of versions by the clock: who is at its end is not listed any more, and who is near it is DEPRECATED. */
function versionsAt(list: unknown, now: number): Json[] {
  const items: Json[] = Array.isArray(list) ? list : [];
  return items.flatMap((item) => {
    if (!isObject(item) || typeof item["not_before"] !== "string") return [item];
    const standing = standingAt(now, item["not_before"]);
    return standing === "over" ? [] : [standing === "deprecated" ? { ...item, status: "DEPRECATED" } : item];
  });
}

function renderJson(value: Json, answer: PreparedAnswer, scope: Scope): string {
  const draft = new Draft(value);
  const replace = replacer(answer, scope);
  // Samples first: what a view puts in is nobody's sample.
  if (replace) for (const { steps, text } of spotsOf(value, answer)) draft.set(steps, replace(text));
  for (const { steps, read } of answer.set) draft.set(steps, read(scope));
  for (const { read, below, steps } of answer.since) if (isBelow(read(scope), below)) draft.remove(steps);
  const { versions } = answer;
  if (versions) draft.set(versions, versionsAt(memberAt(draft.value, versions), scope.now));
  return JSON.stringify(draft.value);
}

/** The items that the answer is about, in place of those of the example. */
function withItems(text: string, { items }: PreparedAnswer, scope: Scope): string {
  const { collection, asked } = scope;
  if (items === undefined || !collection || !asked) return text;
  const own = items === "own" ? existingItem(scope) : undefined;
  const shown = items === "own" ? (own ? [own] : []) : matchingItems(collection, scope.items ?? collection.initial, asked);
  return renderItems(text, collection, shown);
}

function renderText(text: string, mediaType: string, answer: PreparedAnswer, scope: Scope): string {
  const escape = isMarkup(mediaType) ? xmlText : (value: string): string => value;
  let filled = replacer(answer, scope)?.(text, escape) ?? text;
  filled = withItems(filled, answer, scope);
  for (const { element, read } of answer.set) {
    if (!element) continue;
    const content = escape(textOf(read(scope)));
    filled = filled.replace(element, (_, name: string, attributes: string) => `<${name}${attributes}>${content}</${name}>`);
  }
  return filled;
}

/**
 * What the headers of an answer depend on, as one text: the same text, the same headers.
 * @param spec the answer of a row
 * @param headers as the contract documents them
 * @returns a function of the scope, made once per row
 */
export function headerKey(behaviour: Behaviour, spec: AnswerSpec, headers: Record<string, string>): (scope: Scope) => string {
  const { samples, headers: own } = prepareAnswer(prepare(behaviour), spec);
  const texts = Object.values(headers);
  const held = [...(samples?.reads ?? [])].filter(([sample]) => texts.some((text) => text.includes(sample)));
  const reads = [...held, ...own].map(([, read]) => read);
  const [only, second] = reads;
  if (only && !second) return (scope) => textOf(only(scope));
  return (scope) => reads.map((read) => JSON.stringify(read(scope))).join();
}

/**
 * @param spec the answer of a row
 * @param scope of the outcome: what holds after the row
 * @param example as the contract documents it; it is not changed
 * @returns the headers of the example and of the row, in lower case, and the body as it goes over the wire
 */
export function render(behaviour: Behaviour, spec: AnswerSpec, scope: Scope, { value, mediaType, headers }: Example): Rendered {
  const answer = prepareAnswer(prepare(behaviour), spec);
  const replace = replacer(answer, scope);
  const given = Object.entries(headers).map(([name, text]): [string, string] => [name, replace ? cleanHeader(replace(text)) : text]);
  const filled = Object.fromEntries(given);
  for (const [name, read] of answer.headers) {
    const said = read(scope);
    if (said === null) delete filled[name];
    else filled[name] = cleanHeader(textOf(said));
  }
  if (value === undefined || mediaType === undefined) return { headers: filled, body: "" };
  const body =
    typeof value === "string" && !isJson(mediaType)
      ? renderText(value, mediaType, answer, scope)
      : renderJson(value as Json, answer, scope);
  return { headers: filled, body };
}

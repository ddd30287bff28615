/** What options can be, for everybody who takes some: a misspelt one would be no option at all, and nobody would hear of it. */
import { isObject } from "../scripts/document.ts";
import type { EngineOptions } from "./engine.ts";

export interface Form {
  /** Completes the sentence "The option … has to be". */
  form: string;
  takes(value: unknown): boolean;
}

/** What headers carry that must not be seen in a log, or in the name of a world. */
const CREDENTIALS = /^(?:(?:proxy-)?authorization|(?:set-)?cookie|x-(?:auth|subject)-token|scp-(?:accesskey|signature|timestamp))$/i;

/** A field name of HTTP (RFC 9110, 5.1) that carries no credential. */
export const isWorldHeader = (name: unknown): boolean =>
  typeof name === "string" && /^[\w!#$%&'*+.^`|~-]+$/.test(name) && !CREDENTIALS.test(name);

const isWait = (value: unknown): boolean => typeof value === "number" && value >= 0 && value < Infinity;
const isFunction = (value: unknown): boolean => typeof value === "function";
const isSpan = (value: unknown): boolean => Array.isArray(value) && value.length === 2 && value.every(isWait) && value[0] <= value[1];

export const text: Form = { form: "text", takes: (value) => typeof value === "string" };
export const truth: Form = { form: "true or false", takes: (value) => typeof value === "boolean" };
export const seedFile: Form = { form: "a map of callers, tokens and servers", takes: isObject };
export const delay: Form = { form: "milliseconds, or the least and the most", takes: (value) => isWait(value) || isSpan(value) };
export const faultRate: Form = { form: "a share from 0 to 1", takes: (value) => isWait(value) && Number(value) <= 1 };
export const worldHeader: Form = { form: "the name of a header that carries no credential", takes: isWorldHeader };
export const wait: Form = { form: "a function", takes: isFunction };
export const vendors: Form = {
  form: "true, false or a map of texts",
  takes: (value) => typeof value === "boolean" || (isObject(value) && Object.values(value).every((item) => typeof item === "string")),
};

/** Those of `createEngine`. */
export const ENGINE: { [Name in keyof EngineOptions]-?: Form } = {
  alone: text,
  backend: wait,
  stateless: truth,
  now: {
    form: "a date such as 2026-08-01, or a function that gives milliseconds",
    takes: (value) => value instanceof Date || ["string", "number", "function"].includes(typeof value),
  },
  seed: text,
  seedFile,
  strict: truth,
  store: { form: "a store", takes: isObject },
  worldHeader,
  requireHttps: truth,
  faultRate,
  delay,
  version: text,
  onRow: wait,
};

/** @throws TypeError for an option that is none, or of another form */
export function checkOption(name: string, value: unknown, forms: { [name: string]: Form }): void {
  const found = Object.hasOwn(forms, name) ? forms[name] : undefined;
  if (!found) throw new TypeError(`The mock has no option ${name}: choose from ${Object.keys(forms).join(", ")}.`);
  if (!found.takes(value)) throw new TypeError(`The option ${name} has to be ${found.form}.`);
}

/** What is undefined is not there. @throws TypeError for an option that is none, or of another form */
export function checkOptions(options: unknown, forms: { [name: string]: Form }): void {
  if (!isObject(options)) throw new TypeError(`The options of the mock are an object: give some of ${Object.keys(forms).join(", ")}.`);
  for (const [name, value] of Object.entries(options)) if (value !== undefined) checkOption(name, value, forms);
}

/** What can be spoilt in a body. Each mutation does one thing; which place and which way are chosen by number, so that a case shrinks. */
import { arrayAt, isObject, objectAt, resolveObject, type Obj } from "../../scripts/document.ts";
import type { Subject } from "../conformance/support/contracts.ts";
import type { Parts } from "./made.ts";
import { replaced, sitesOf, type Site } from "./sites.ts";

export interface Mutation {
  kind: string;
  /** @param parts its own copy */
  apply(parts: Parts, where: number, how: number): Parts;
}

export const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

const OTHERS: unknown[] = [null, 7, 1.5, "text", "", true, [], ["x"], {}, { a: 1 }];
const UNICODE = ["\u{1f512}", "e\u0301", "\u202eabc", "\ufeff", "日本語", "a\u0000b", "\ud800", "ａ", " ", "\u2028"];
export const NAMES = ["unexpected", "constructor", "toString", "__proto__", "hasOwnProperty", "", "a/b~c", "Lock", "名"];
const ODD_NAMES = ["", "n".repeat(300), "日本", "a/b~c", "a*b"];
const JUNK = ["!", "x".repeat(70_000), "-", "00000000-0000-0000-0000-00000000000g", "256.1.1.1", "::1::", "Ab1!", "{}", "%00"];

function typeName(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}

/** A value beyond a bound of its schema; undefined where it has none. */
function beyond({ schema, value }: Site, how: number): unknown {
  const ways: unknown[] = [];
  const bound = (key: string): number | undefined => (typeof schema[key] === "number" ? schema[key] : undefined);
  const [minLength, maxLength] = [bound("minLength"), bound("maxLength")];
  if (typeof value === "string" && minLength !== undefined && minLength > 0) ways.push("a".repeat(minLength - 1));
  if (typeof value === "string" && maxLength !== undefined) ways.push("a".repeat(maxLength + 1), "\u{1f512}".repeat(maxLength + 1));
  if (typeof value === "number")
    ways.push(...[bound("minimum"), bound("exclusiveMinimum")].flatMap((least) => (least === undefined ? [] : [least - 1])));
  if (typeof value === "number")
    ways.push(...[bound("maximum"), bound("exclusiveMaximum")].flatMap((most) => (most === undefined ? [] : [most + 1])));
  return ways.length === 0 ? undefined : at(ways, how);
}

type Change = (site: Site, how: number) => unknown;

/** Kinds that change one value of the body, where it can be changed so. */
const CHANGES: Record<string, { fits(site: Site): boolean; change: Change }> = {
  retyped: {
    fits: () => true,
    change: ({ value }, how) =>
      at(
        OTHERS.filter((other) => typeName(other) !== typeName(value)),
        how,
      ),
  },
  pattern: {
    fits: ({ schema, value }) => typeof value === "string" && ("pattern" in schema || "format" in schema),
    change: (_, how) => at(JUNK, how),
  },
  enum: {
    fits: ({ schema }) => "enum" in schema || "const" in schema,
    change: ({ value }, how) => at([String(value).toLowerCase(), `${String(value)} `, "none", 0, String(value).toUpperCase()], how),
  },
  bound: { fits: (site) => beyond(site, 0) !== undefined, change: beyond },
  unicode: {
    fits: ({ value }) => typeof value === "string",
    change: ({ value }, how) => `${how % 2 === 0 ? String(value) : ""}${at(UNICODE, how)}`,
  },
  // As many characters as there may be, and twice as many units of UTF-16.
  "full length": {
    fits: ({ schema: { maxLength }, value }) => typeof value === "string" && typeof maxLength === "number" && maxLength < 1000,
    change: ({ schema }) => "\u{1f512}".repeat(Number(schema["maxLength"])),
  },
};

/** @returns the mutations that the body of a request can suffer; none where it has none */
export function bodyMutations({ document }: Subject, { body }: Parts): Mutation[] {
  if (!body) return [];
  const { schema, value } = body;
  // What is wrong with the whole of a form or of an XML text cannot be written down as another type.
  const sites = sitesOf(document, schema, value).filter(
    ({ steps }) => steps.length > 0 || body.mediaType.endsWith("json") || typeof value === "string",
  );
  const set = (parts: Parts, steps: Site["steps"], next: unknown): Parts => ({
    ...parts,
    body: { ...body, value: replaced(value, steps, next) },
  });
  const found: Mutation[] = [];
  for (const [kind, { fits, change }] of Object.entries(CHANGES)) {
    const own = sites.filter(fits);
    if (own.length > 0) found.push({ kind, apply: (parts, where, how) => set(parts, at(own, where).steps, change(at(own, where), how)) });
  }
  const objects = sites.filter(({ value: inner }) => isObject(inner));
  const needed = objects.flatMap(({ schema: one, steps, value: inner }) =>
    arrayAt(one, "required")
      .map(String)
      .filter((name) => isObject(inner) && name in inner)
      .map((name) => [...steps, name]),
  );
  const present = objects.flatMap(({ steps, value: inner }) => Object.keys(inner as Obj).map((name) => [...steps, name]));
  const together = objects.flatMap(({ schema: one, steps, value: inner }) =>
    Object.entries(objectAt(one, "dependentRequired"))
      .filter(([name]) => isObject(inner) && name in inner)
      .flatMap(([, names]) => (Array.isArray(names) ? names.map((name) => [...steps, String(name)]) : [])),
  );
  const absent = objects.flatMap(({ schema: one, steps, value: inner }) =>
    Object.entries(objectAt(one, "properties"))
      .filter(([name]) => isObject(inner) && !(name in inner))
      .map(([name, member]) => ({ steps: [...steps, name], examples: arrayAt(resolveObject(document, member), "examples") })),
  );
  const named = objects.filter(({ schema: one }) => "propertyNames" in one);
  if (named.length > 0) {
    found.push({ kind: "odd name", apply: (parts, where, how) => set(parts, [...at(named, where).steps, at(ODD_NAMES, how)], "x") });
  }
  if (together.length > 0) found.push({ kind: "dependent dropped", apply: (parts, where) => set(parts, at(together, where), undefined) });
  if (absent.length > 0) {
    const next = (where: number, how: number): unknown => at([...at(absent, where).examples, "x", {}], how);
    found.push({ kind: "member added", apply: (parts, where, how) => set(parts, at(absent, where).steps, next(where, how)) });
  }
  if (needed.length > 0) found.push({ kind: "required dropped", apply: (parts, where) => set(parts, at(needed, where), undefined) });
  if (present.length > 0) found.push({ kind: "member dropped", apply: (parts, where) => set(parts, at(present, where), undefined) });
  if (objects.length > 0) {
    found.push({
      kind: "unknown member",
      apply: (parts, where, how) => set(parts, [...at(objects, where).steps, at(NAMES, how)], at(OTHERS, how)),
    });
  }
  return found;
}

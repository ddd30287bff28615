/** What can be spoilt in a request. Each mutation does one thing; which place and which way are chosen by number, so that a case shrinks. */
import type { Call } from "../../scripts/calls.ts";
import { arrayAt, isObject, stringAt, type Obj } from "../../scripts/document.ts";
import type { Subject } from "../conformance/support/contracts.ts";
import { parametersOf } from "../conformance/support/requests.ts";
import type { Parts } from "./made.ts";
import { replaced, sitesOf, type Site } from "./sites.ts";

export interface Mutation {
  kind: string;
  /** @param parts its own copy */
  apply(parts: Parts, where: number, how: number): Parts;
}

const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

const OTHERS: unknown[] = [null, 7, 1.5, "text", "", true, [], ["x"], {}, { a: 1 }];
const UNICODE = ["\u{1f512}", "e\u0301", "\u202eabc", "\ufeff", "日本語", "a\u0000b", "\ud800", "ａ", " ", "\u2028"];
const NAMES = ["unexpected", "constructor", "toString", "__proto__", "hasOwnProperty", "", "a/b~c", "Lock", "名"];
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
};

function bodyMutations({ document }: Subject, { body }: Parts): Mutation[] {
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

const QUERY_VALUES = [
  "",
  "0",
  "-1",
  "1.5",
  "1e3",
  "0x10",
  " 5",
  "99999999999",
  "true",
  "TRUE",
  "1",
  "null",
  "a,b",
  "[]",
  "é",
  "%",
  "x".repeat(5000),
];
const HEADER_VALUES = [
  "",
  " ",
  "1",
  "a, b",
  ",",
  "compute 2.0",
  "compute 2.61",
  "COMPUTE 2.1",
  "2.1 ",
  "nine",
  "virtualserver 9.9",
  "\u00e9",
  "x".repeat(5000),
];
const PATH_VALUES = [
  "0",
  "a,b",
  "1,2,3,4",
  "é",
  "\u{1f512}",
  "x".repeat(300),
  "a b",
  "a%2Fb",
  "'!()*",
  "__proto__",
  "89C312BB-285A-4026-A237-D441908C2F9E",
];

/** @returns the mutations this request can suffer */
export function mutationsOf(subject: Subject, call: Call, parts: Parts): Mutation[] {
  const parameters = parametersOf(subject, call);
  const names = (place: string): string[] => parameters.filter((one) => one["in"] === place).map((one) => stringAt(one, "name") ?? "");
  const [query, headers, path] = [names("query"), names("header"), names("path")];
  const found = bodyMutations(subject, parts);
  const indexes = parts.query.map((_, index) => index);
  if (indexes.length > 0) {
    found.push(
      { kind: "query dropped", apply: (all, where) => ({ ...all, query: all.query.filter((_, index) => index !== at(indexes, where)) }) },
      {
        kind: "query repeated",
        apply: (all, where, how) => ({ ...all, query: [...all.query, [at(all.query, where)[0], at(QUERY_VALUES, how)]] }),
      },
      {
        kind: "query in capitals",
        apply: (all, where) => ({
          ...all,
          query: all.query.map(([name, value], index) => [index === at(indexes, where) ? name.toUpperCase() : name, value]),
        }),
      },
    );
  }
  if (query.length > 0) {
    found.push({
      kind: "query value",
      apply: (all, where, how) => ({
        ...all,
        query: [...all.query.filter(([name]) => name !== at(query, where)), [at(query, where), at(QUERY_VALUES, how)]],
      }),
    });
  }
  found.push({
    kind: "unknown query",
    apply: (all, where, how) => ({ ...all, query: [...all.query, [at(NAMES, where), at(QUERY_VALUES, how)]] }),
  });
  if (headers.length > 0) {
    found.push({
      kind: "header value",
      apply: (all, where, how) => ({ ...all, headers: { ...all.headers, [at(headers, where)]: at(HEADER_VALUES, how) } }),
    });
  }
  if (path.length > 0) {
    found.push({
      kind: "path value",
      apply: (all, where, how) => ({ ...all, path: { ...all.path, [at(path, where)]: at(PATH_VALUES, how) } }),
    });
  }
  return found;
}

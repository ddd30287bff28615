/** What can be spoilt in a request: its body, its query, its headers, its path. */
import type { Call } from "../../scripts/calls.ts";
import { stringAt } from "../../scripts/document.ts";
import type { Subject } from "../conformance/support/contracts.ts";
import { parametersOf } from "../conformance/support/requests.ts";
import type { Parts } from "./made.ts";
import { at, bodyMutations, NAMES, type Mutation } from "./mutations-body.ts";

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

/** Documents that are wrong in shape. Redocly says so; the house rules must survive them, for both linters run on one contract. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { isObject } from "../../scripts/document.ts";
import { LINT } from "./folders.ts";

const JUNK: unknown[] = [null, true, 7, "", [], [[]], [null], {}, { $ref: "#/nowhere" }, { $ref: 7 }, { "": null }];

/** Between them, these have every kind of object that the checks look at. */
const SUBJECTS = [
  "action-in-request/pass.yaml",
  "call-responses-known/pass.yaml",
  "faults-documented/pass.yaml",
  "parameter-described/pass-four-ways.yaml",
  "property-described/pass.yaml",
  "schema-typed/pass.yaml",
  "server-described/pass.yaml",
  "xml-body/pass.yaml",
];

/** `value`, once for each node and each piece of junk in its place. */
function* variants(value: unknown): Iterable<unknown> {
  yield* JUNK;
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) for (const variant of variants(item)) yield value.with(i, variant);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) for (const variant of variants(item)) yield { ...value, [key]: variant };
  }
}

/** Some thousands of mappings, each wrong in one place. */
export function* hostileDocuments(): Iterable<Record<string, unknown>> {
  for (const subject of SUBJECTS) {
    for (const variant of variants(parse(readFileSync(join(LINT, subject), "utf8")))) if (isObject(variant)) yield variant;
  }
}

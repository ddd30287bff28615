/** What a validator found, as sentences. The wording is JSON Schema's usual one, so that two engines read alike. */
import { unescapeStep } from "../../scripts/document.ts";
import type { Violation } from "../types.ts";
import type { Finding } from "./types.ts";

type Params = Finding["params"];

const list = (value: unknown, separator: string): string => (Array.isArray(value) ? value.map(String).join(separator) : String(value));

const UNITS: { [keyword: string]: string } = {
  minLength: "characters",
  maxLength: "characters",
  minItems: "items",
  maxItems: "items",
  minProperties: "properties",
  maxProperties: "properties",
};

const SENTENCES: { [keyword: string]: (params: Params) => string } = {
  type: ({ type }) => `must be ${list(type, " or ")}`,
  required: ({ missingProperty }) => `must have required property '${String(missingProperty)}'`,
  additionalProperties: ({ additionalProperty }) => `must NOT have additional properties; found '${String(additionalProperty)}'`,
  unevaluatedProperties: ({ unevaluatedProperty }) => `must NOT have unevaluated properties: '${String(unevaluatedProperty)}'`,
  enum: ({ allowedValues }) => `must be equal to one of the allowed values: ${list(allowedValues, ", ")}`,
  const: ({ allowedValue }) =>
    `must be equal to constant${typeof allowedValue === "object" && allowedValue !== null ? "" : `: ${String(allowedValue)}`}`,
  pattern: ({ pattern }) => `must match pattern "${String(pattern)}"`,
  format: ({ format }) => `must match format "${String(format)}"`,
  minimum: ({ limit }) => `must be >= ${String(limit)}`,
  maximum: ({ limit }) => `must be <= ${String(limit)}`,
  exclusiveMinimum: ({ limit }) => `must be > ${String(limit)}`,
  exclusiveMaximum: ({ limit }) => `must be < ${String(limit)}`,
  multipleOf: ({ multipleOf }) => `must be multiple of ${String(multipleOf)}`,
  uniqueItems: ({ i, j }) => `must NOT have duplicate items (items ## ${String(j)} and ${String(i)} are identical)`,
  contains: ({ minContains }) => `must contain at least ${String(minContains)} valid item(s)`,
  dependentRequired: ({ deps, depsCount, property }) =>
    `must have ${depsCount === 1 ? "property" : "properties"} ${list(deps, ", ")} when property ${String(property)} is present`,
  oneOf: () => "must match exactly one schema in oneOf",
  anyOf: () => "must match a schema in anyOf",
  not: () => "must NOT be valid",
  if: ({ failingKeyword }) => `must match "${String(failingKeyword)}" schema`,
  propertyNames: () => "property name must be valid",
  "false schema": () => "boolean schema is false",
};

/** What is wrong, to be put after what it is wrong with: `must be string`. */
function sayFinding({ keyword, params }: Finding): string {
  const unit = UNITS[keyword];
  if (unit !== undefined) return `must NOT have ${keyword.startsWith("min") ? "fewer" : "more"} than ${String(params["limit"])} ${unit}`;
  return SENTENCES[keyword]?.(params) ?? `must pass "${keyword}" keyword validation`;
}

/** `Request body property reboot.type`, `Request query parameter depth`, `Request body` */
function subject(where: Violation["where"], path: string[]): string {
  if (path.length === 0) return where === "request" ? "Request" : `Request ${where}`;
  return `Request ${where} ${where === "body" ? "property" : "parameter"} ${path.join(".").trim()}`;
}

/** @param text what is wrong: `must be string` */
export const violation = (where: Violation["where"], path: string[], text: string): Violation => ({
  where,
  path,
  message: `${subject(where, path)} ${text}`,
});

/**
 * @param where the value stands
 * @param base steps to the value that was checked: the name of a parameter, nothing for a body
 * @param findings of the validator
 */
export const violationsOf = (where: Violation["where"], base: string[], findings: readonly Finding[]): Violation[] =>
  findings.map((finding) => {
    const steps = finding.instancePath.split("/").slice(1).map(unescapeStep);
    return violation(where, [...base, ...steps], sayFinding(finding));
  });

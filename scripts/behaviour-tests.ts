/** `when` and `set`: what a row asks and what it writes. */
import { TESTS } from "../mock/state/conditions.ts";
import type { Reference } from "../mock/state/references.ts";
import type { Json, Test, Value, When } from "../mock/state/types.ts";
import { referencesIn } from "../mock/state/values.ts";
import { compareVersions } from "../mock/state/versions.ts";
import { isObject } from "./document.ts";
import type { Part } from "./behaviour-part.ts";
import { checkReference, checkValue, type Place, type Words } from "./behaviour-words.ts";

const BOOLEANS = ["caller.admin", "caller.permitted", "item.exists", "item.known", "item.valid", "exists."];
const JOB_STATUSES = [null, "init", "running", "success", "fail"];
/** What comes as text, or not at all. */
const TEXTS = ["path", "query", "header", "request", "now", "new", "address"];

/** What a reference can be equal to; undefined where it can be anything. */
function domainOf({ kind, name }: Reference, words: Words): Json[] | undefined {
  if (kind === "field") return words.fields.get(name) ?? words.derived.get(name);
  if (kind === "sent" || BOOLEANS.includes(`${kind}.${name}`)) return [true, false];
  return kind === "job" && name === "status" ? JOB_STATUSES : undefined;
}

const isLiteral = (value: Value): boolean => referencesIn(value).length === 0;

/** A literal that can never be equal is a mistake that nobody would see. */
function checkLiteral(part: Part, reference: Reference, words: Words): void {
  const value = part.value as Json;
  if (!isLiteral(value)) return;
  const domain = domainOf(reference, words);
  if (domain && !domain.some((one) => one === value))
    part.fail(
      `${JSON.stringify(value)} is no value of ${reference.name || reference.kind}`,
      `choose from ${domain.map(String).join(", ")}`,
    );
  if (TEXTS.includes(reference.kind) && value !== null && typeof value !== "string")
    part.fail(`${reference.kind}.${reference.name} is a text, and ${JSON.stringify(value)} is none`, "put it in quotes");
}

function checkOneOf(part: Part, reference: Reference, words: Words, place: Place | undefined): void {
  checkValue(part, words, place);
  if (Array.isArray(part.value)) for (const item of part.items()) checkLiteral(item, reference, words);
  else checkLiteral(part, reference, words);
}

function checkBound(part: Part, words: Words, place: Place | undefined): void {
  const value = checkValue(part, words, place);
  if (typeof value !== "string") part.fail(`${part.name} needs a version in quotes`, `write ${part.name}: "${String(value)}"`);
  else if (isLiteral(value) && compareVersions(value, value) === undefined)
    part.fail(`${value} is not a version`, "write numbers with dots between them");
}

function checkTest(part: Part, reference: Reference, words: Words, place: Place | undefined): void {
  if (!isObject(part.value)) return checkOneOf(part, reference, words, place);
  const tests = part.members(TESTS);
  if (tests.length === 0) part.fail(`${part.name} is asked nothing`, `write a value, or one of ${TESTS.join(", ")}`);
  for (const test of tests) {
    if (test.name === "not") checkOneOf(test, reference, words, place);
    else if (test.name !== "exists") checkBound(test, words, place);
    else if (typeof test.value !== "boolean") test.fail("exists is true or false", "write one of them");
  }
}

/**
 * @param part the `when` of a row
 * @throws LatchError for what there is not, and for a literal that can never be equal
 */
export function compileWhen(part: Part, words: Words, place?: Place): When {
  const lines = part.members();
  if (lines.length === 0) part.fail("This when asks nothing", "leave it out");
  return Object.fromEntries(
    lines.map((line): [string, Test] => {
      checkTest(line, checkReference(line, line.name, words, place), words, place);
      return [line.name, line.value as Test];
    }),
  );
}

/** Fields to values. */
export function compileSet(part: Part, words: Words, place?: Place): { [field: string]: Value } {
  return Object.fromEntries(
    part.members().map((member): [string, Value] => {
      if (words.derived.has(member.name)) member.fail(`${member.name} is derived`, "set the fields that it is derived from");
      if (!words.fields.has(member.name))
        member.fail(`There is no field ${member.name}`, `choose from ${[...words.fields.keys()].join(", ") || "none"}`);
      const value = checkValue(member, words, place);
      checkLiteral(member, { kind: "field", name: member.name }, words);
      return [member.name, value];
    }),
  );
}

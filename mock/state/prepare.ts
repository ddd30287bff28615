/** A table made ready: every reference, value and condition compiled once, when the table is first used. */
import { compileWhen, type Check } from "./conditions.ts";
import { compileEffect, type Step } from "./effects.ts";
import { compileReference, type Names, type Read } from "./readers.ts";
import { isOfRequest } from "./references.ts";
import type { Scope } from "./scope.ts";
import type { Asked, Behaviour, CallerSpec, Fields, Json, ResourceSpec, Row, Value } from "./types.ts";
import { compileValue, referencesIn, textOf } from "./values.ts";

export interface PreparedRow {
  row: Row;
  holds: Check;
  effect?: Step;
  /** Whether whom it answers has come as far as the resource: a guard in front of that says nothing of it. */
  touches: boolean;
}

export interface PreparedCall {
  permission?: { main?: string; role?: string };
  job?: Read;
  rows: PreparedRow[];
}

export interface Prepared {
  names: Names;
  /** What a field is at first. */
  initial: [field: string, read: Read][];
  /** Of these, what depends on who touches it first, and how. */
  claimed: string[];
  /** Fields that were found to have them all; fields are never changed in place. */
  complete: WeakSet<Fields>;
  key?: Read;
  /** The path parameter that the key is, where it is one. */
  parameter?: string;
  format?: RegExp;
  calls: ReadonlyMap<string, PreparedCall>;
  /** Whether any call reads a job. */
  jobs: boolean;
  /** Texts of examples, and what stands in their place. */
  samples: [text: string, read: Read][];
  /** Where a credential stands, and what it is. */
  from: { is: CallerSpec["from"][number]["is"]; read: (asked: Asked) => string | undefined }[];
  project: Read;
  role: Read;
}

/** The first row that holds; none is null. */
function compileDerived(rows: ResourceSpec["derived"][string], names: Names): Read {
  const compiled = rows.map(({ when, is }): [Check, Read] => [compileWhen(when, names), compileValue(is, names)]);
  return (scope) => compiled.find(([holds]) => holds(scope))?.[1](scope) ?? null;
}

/** A credential is looked at whatever the version. */
const NOTHING: ReadonlySet<string> = new Set();

type Request = Behaviour["request"][string];

/** @returns what a header says: all of it, or the first group of the pattern; undefined where it is absent or does not fit */
function readHeader(
  { header, pattern }: { header: string; pattern?: string },
  ignores: ReadonlySet<string>,
): (asked: Asked) => string | undefined {
  const [name, fits] = [header.toLowerCase(), pattern === undefined ? undefined : new RegExp(pattern)];
  return ({ headers }) => {
    const value = ignores.has(name) || !Object.hasOwn(headers, name) ? undefined : headers[name];
    if (value === undefined || !fits) return value;
    const match = fits.exec(value);
    return match ? (match[1] ?? match[0]) : undefined;
  };
}

function compileRequest({ from, words = {}, default: otherwise }: Request, ignores: ReadonlySet<string>): (asked: Asked) => string {
  const readers = from.map((source) => readHeader(source, ignores));
  return (asked) => {
    for (const read of readers) {
      const said = read(asked);
      if (said !== undefined) return Object.hasOwn(words, said) ? (words[said] ?? said) : said;
    }
    return otherwise;
  };
}

const MAKES = /"\$new\.|[{]new\./;

const speaksOfResource = ({ when = {} }: Row): boolean => Object.keys(when).some((reference) => !isOfRequest(reference));

function prepareRow(row: Row, index: number, rows: Row[], names: Names): PreparedRow {
  const touches = !row.guard || rows.slice(0, index + 1).some(speaksOfResource);
  const makes = row.effect?.job !== undefined || row.effect?.issue === true || MAKES.test(JSON.stringify([row.answer, row.effect]));
  return { row, touches, holds: compileWhen(row.when, names), ...(row.effect && { effect: compileEffect(row.effect, names, makes) }) };
}

/** The key is the same whoever asks. */
function claimedOf({ key, fields = {} }: Partial<ResourceSpec> = {}): string[] {
  const depends = (initial: Value): boolean => referencesIn(initial).some((one) => one !== key && isOfRequest(one));
  return Object.keys(fields).filter((name) => depends(fields[name]?.initial ?? null));
}

function build(behaviour: Behaviour): Prepared {
  const { resource, caller, calls, samples } = behaviour;
  const ignores = new Set(behaviour.ignores);
  const derived = new Map<string, Read>();
  const requests = new Map(Object.entries(behaviour.request).map(([name, request]) => [name, compileRequest(request, ignores)]));
  const names: Names = { derived, requests, ignores };
  // In their order: a derived field may speak of those above it.
  for (const [name, rows] of Object.entries(resource?.derived ?? {})) derived.set(name, compileDerived(rows, names));
  const value = (text: Json | undefined): Read => compileValue(text ?? null, names);
  return {
    names,
    complete: new WeakSet(),
    initial: Object.entries(resource?.fields ?? {}).map(([name, { initial }]) => [name, value(initial)]),
    claimed: claimedOf(resource),
    ...(resource?.key !== undefined && { key: compileReference(resource.key, names) }),
    ...(resource?.key?.startsWith("path.") && { parameter: resource.key.slice("path.".length) }),
    ...(resource?.format !== undefined && { format: new RegExp(resource.format, "iu") }),
    calls: new Map(
      Object.entries(calls).map(([call, { permission, job, rows }]) => [
        call,
        {
          ...(permission && { permission }),
          ...(job !== undefined && { job: compileReference(job, names) }),
          rows: rows.map((row, index) => prepareRow(row, index, rows, names)),
        },
      ]),
    ),
    jobs: Object.values(calls).some(({ job }) => job !== undefined),
    samples: Object.entries(samples).map(([text, read]) => [text, value(read)]),
    from: (caller?.from ?? []).map(({ is, ...source }) => ({ is, read: readHeader(source, NOTHING) })),
    project: value(caller?.unknown.project),
    role: value(caller?.unknown.role),
  };
}

const prepared = new WeakMap<Behaviour, Prepared>();

/** @throws Error when the table speaks of something that there is not; `scripts/behaviour.ts` lets no such table pass */
export function prepare(behaviour: Behaviour): Prepared {
  let made = prepared.get(behaviour);
  if (!made) prepared.set(behaviour, (made = build(behaviour)));
  return made;
}

/** A text, where there is one. */
export function readText(read: Read, scope: Scope): string | undefined {
  const value = read(scope);
  return value === null ? undefined : textOf(value);
}

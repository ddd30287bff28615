/** The answer of a row made ready to be filled: once per row. */
import type { Prepared } from "./prepare.ts";
import type { Read } from "./readers.ts";
import { compileReference } from "./readers.ts";
import { stepsOf } from "./references.ts";
import type { AnswerSpec, View } from "./types.ts";
import { compileValue } from "./values.ts";

/** Texts of examples, and what stands in their place. */
export interface PreparedSamples {
  pattern: RegExp;
  reads: ReadonlyMap<string, Read>;
}

export interface PreparedAnswer {
  set: { steps: string[]; element?: RegExp; read: Read }[];
  since: { read: Read; below: string; steps: string[] }[];
  headers: [name: string, read: Read][];
  samples?: PreparedSamples;
  items?: NonNullable<View["items"]>;
  versions?: string[];
}

const escapePattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

/** The first element of a name, with its content or without: `<a>x</a>`, `<a/>`. */
const elementPattern = (name: string): RegExp =>
  new RegExp(`<(${escapePattern(name)})((?:\\s[^>]*?)?)(?:/>|>[^<]*</${escapePattern(name)}\\s*>)`);

export function samplesFrom(samples: Prepared["samples"]): PreparedSamples | undefined {
  if (samples.length === 0) return undefined;
  // The longest first: a URL is replaced as a whole before the id in it is.
  const texts = samples.map(([text]) => text).sort((some, other) => other.length - some.length);
  return { pattern: new RegExp(texts.map(escapePattern).join("|"), "g"), reads: new Map(samples) };
}

function build(prepared: Prepared, { view = {}, headers = {} }: AnswerSpec): PreparedAnswer {
  const { names } = prepared;
  const samples = samplesFrom(prepared.samples);
  return {
    set: Object.entries(view.set ?? {}).map(([pointer, value]) => ({
      steps: stepsOf(pointer),
      ...(pointer.startsWith("//") && { element: elementPattern(pointer.slice(2)) }),
      read: compileValue(value, names),
    })),
    since: Object.entries(view.since ?? {}).flatMap(([reference, versions]) => {
      const read = compileReference(reference.replace(/^\$/, ""), names);
      return Object.entries(versions).flatMap(([below, pointers]) => pointers.map((pointer) => ({ read, below, steps: stepsOf(pointer) })));
    }),
    headers: Object.entries(headers).map(([name, value]) => [name.toLowerCase(), compileValue(value, names)]),
    ...(samples && { samples }),
    ...(view.items && { items: view.items }),
    ...(view.versions !== undefined && { versions: stepsOf(view.versions) }),
  };
}

const prepared = new WeakMap<AnswerSpec, PreparedAnswer>();

export function prepareAnswer(table: Prepared, spec: AnswerSpec): PreparedAnswer {
  const known = prepared.get(spec);
  if (known) return known;
  const made = build(table, spec);
  prepared.set(spec, made);
  return made;
}

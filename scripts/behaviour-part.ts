/** A part of a YAML file that knows where it stands, so that every mistake in it names its line. */
import { isMap, isScalar, isSeq, type Node } from "yaml";
import { durationOf } from "../mock/state/duration.ts";
import { isObject } from "./document.ts";
import { LatchError } from "./errors.ts";
import type { YamlFile } from "./yaml.ts";

type Step = string | number;

/** What a part can be asked for; every method fails for people when something else stands there. */
export class Part {
  readonly value: unknown;
  /** What people call it: `calls.stopServer.rows.0`. */
  readonly path: readonly Step[];
  readonly #yaml: YamlFile;
  readonly #file: string;
  /** The key of the pair, or the item of the list. */
  readonly #node: Node | undefined;

  constructor(yaml: YamlFile, file: string, value: unknown, path: readonly Step[] = [], node?: Node) {
    this.#yaml = yaml;
    this.#file = file;
    this.#node = node;
    this.value = value;
    this.path = path;
  }

  get name(): string {
    return String(this.path.at(-1) ?? "");
  }

  /**
   * @param what what is wrong, without a full stop
   * @param fix what to do, without a full stop
   * @throws LatchError always
   */
  fail(what: string, fix: string): never {
    throw new LatchError(what, fix, { file: this.#file, line: this.#yaml.at(this.#node).line });
  }

  #child(step: Step, value: unknown): Part {
    const parent = this.#yaml.document.getIn(this.path, true);
    const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(step)) : undefined;
    const found = isSeq(parent) ? parent.items[Number(step)] : pair?.key;
    return new Part(this.#yaml, this.#file, value, [...this.path, step], found as Node | undefined);
  }

  /**
   * The members of a map.
   * @param allowed the keys it may have; without them any
   */
  members(allowed?: readonly string[]): Part[] {
    if (!isObject(this.value))
      return this.fail(`${this.title} is not a map`, allowed ? `write ${allowed.join(", ")} below it` : "write one");
    const parts = Object.entries(this.value).map(([key, value]) => this.#child(key, value));
    for (const part of parts) {
      if (allowed && !allowed.includes(part.name)) part.fail(`${this.title} has no ${part.name}`, `choose from ${allowed.join(", ")}`);
    }
    return parts;
  }

  /** A member that may be missing. */
  at(key: string): Part | undefined {
    return isObject(this.value) && Object.hasOwn(this.value, key) ? this.#child(key, this.value[key]) : undefined;
  }

  /** A member that must be there. */
  need(key: string): Part {
    return this.at(key) ?? this.fail(`${this.title} has no ${key}`, `add ${key}`);
  }

  items(): Part[] {
    if (!Array.isArray(this.value)) return this.fail(`${this.title} is not a list`, "write one, each item behind a dash");
    return this.value.map((value, index) => this.#child(index, value));
  }

  text(): string {
    if (typeof this.value !== "string" || this.value === "")
      return this.fail(`${this.title} is not a text`, "write one, in quotes where YAML reads something else");
    return this.value;
  }

  oneOf<T extends string>(words: readonly T[]): T {
    return (
      words.find((word) => word === this.value) ??
      this.fail(`${this.title} is ${JSON.stringify(this.value)}`, `choose from ${words.join(", ")}`)
    );
  }

  /** `true`, where it may be left out but not be false. */
  flag(): true {
    return this.value === true ? true : this.fail(`${this.title} is ${JSON.stringify(this.value)}`, "write true, or leave it out");
  }

  /** Whether YAML reads the key as a number: `2.10` would have lost its nought. */
  get hasNumericKey(): boolean {
    return isScalar(this.#node) && typeof this.#node.value === "number";
  }

  get title(): string {
    return this.path.length === 0 ? "The table" : this.path.join(".");
  }
}

/** Milliseconds. */
export function durationAt(part: Part): number {
  const milliseconds = typeof part.value === "string" ? durationOf(part.value) : undefined;
  return milliseconds ?? part.fail(`${JSON.stringify(part.value)} is not a duration`, "write one like PT3S, PT10M or P1D");
}

/** A regular expression as text. */
export function patternAt(part: Part, flags: string): string {
  const text = part.text();
  try {
    new RegExp(text, flags);
    return text;
  } catch {
    return part.fail(`${text} is not a regular expression`, "mend it");
  }
}

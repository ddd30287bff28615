/**
 * A text that a regular expression finds, for the constructs that contracts use: characters, classes, groups, alternatives, anchors and
 * counts. Look-around and back references are not among them: there the caller takes an example instead.
 */
import type { Random } from "./random.ts";

/** Printable ASCII, from which a negated class and a dot choose. */
const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join("");
const DIGITS = "0123456789";
const WORD = `abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ${DIGITS}_`;
const CLASSES: { [letter: string]: string } = { d: DIGITS, w: WORD, s: " " };
const CONTROLS: { [letter: string]: string } = { t: "\t", n: "\n", r: "\r", f: "\f", v: "\v" };

/** How often `*` and `+` repeat beyond what they must. */
const MORE = 6;

class Unknown extends Error {}

class Writer {
  readonly #pattern: string;
  readonly #random: Random;
  #at = 0;

  constructor(pattern: string, random: Random) {
    this.#pattern = pattern;
    this.#random = random;
  }

  write(): string {
    const text = this.#alternatives();
    if (this.#at < this.#pattern.length) throw new Unknown();
    return text();
  }

  #next(): string {
    return this.#pattern[this.#at] ?? "";
  }

  #take(): string {
    return this.#pattern[this.#at++] ?? "";
  }

  #alternatives(): () => string {
    const all = [this.#sequence()];
    while (this.#next() === "|") {
      this.#at++;
      all.push(this.#sequence());
    }
    return () => this.#random.pick(all)();
  }

  #sequence(): () => string {
    const parts: (() => string)[] = [];
    while (this.#at < this.#pattern.length && this.#next() !== "|" && this.#next() !== ")") parts.push(this.#repeated());
    return () => parts.map((part) => part()).join("");
  }

  #repeated(): () => string {
    const atom = this.#atom();
    const count = /^(?:[*+?]|\{(\d+)(,(\d*))?\})/.exec(this.#pattern.slice(this.#at));
    if (!count) return atom;
    this.#at += count[0].length;
    if (this.#next() === "?") this.#at++;
    const least = count[1] === undefined ? (count[0] === "+" ? 1 : 0) : Number(count[1]);
    const open = count[0] === "*" || count[0] === "+" || (count[2] !== undefined && count[3] === "");
    const most = open ? least + MORE : count[0] === "?" ? 1 : Number(count[3] ?? least);
    return () => Array.from({ length: this.#random.whole(least, most) }, atom).join("");
  }

  #atom(): () => string {
    const first = this.#take();
    if (first === "^" || first === "$") return () => "";
    if (first === "(") return this.#group();
    const set = first === "[" ? this.#set() : first === "." ? PRINTABLE : first === "\\" ? this.#escape() : first;
    return () => this.#random.pick([...set]);
  }

  #group(): () => string {
    if (this.#next() === "?" && this.#pattern.slice(this.#at, this.#at + 2) !== "?:") throw new Unknown();
    if (this.#next() === "?") this.#at += 2;
    const inner = this.#alternatives();
    if (this.#take() !== ")") throw new Unknown();
    return inner;
  }

  #escape(): string {
    const letter = this.#take();
    const found = CLASSES[letter] ?? CONTROLS[letter];
    if (found !== undefined) return found;
    const outside = CLASSES[letter.toLowerCase()];
    if (outside !== undefined) return [...PRINTABLE].filter((character) => !outside.includes(character)).join("");
    if (/[A-Za-z0-9]/.test(letter)) throw new Unknown();
    return letter;
  }

  /** The characters of `[…]`, from which one is chosen. */
  #set(): string {
    const negated = this.#next() === "^";
    if (negated) this.#at++;
    let set = "";
    while (this.#next() !== "]") {
      if (this.#at >= this.#pattern.length) throw new Unknown();
      const from = this.#take();
      const start = from === "\\" ? this.#escape() : from;
      if (this.#next() !== "-" || this.#pattern[this.#at + 1] === "]" || start.length > 1) set += start;
      else set += this.#range(start);
    }
    this.#at++;
    const characters = negated ? [...PRINTABLE].filter((character) => !set.includes(character)).join("") : set;
    if (characters === "") throw new Unknown();
    return characters;
  }

  #range(start: string): string {
    this.#at++;
    const to = this.#take();
    const end = to === "\\" ? this.#escape() : to;
    const [low, high] = [start.charCodeAt(0), end.charCodeAt(0)];
    if (high < low || high - low > 1000) throw new Unknown();
    return Array.from({ length: high - low + 1 }, (_, index) => String.fromCharCode(low + index)).join("");
  }
}

/**
 * @param pattern a regular expression, as JSON Schema has it
 * @param random what the choices are made with
 * @returns a text; undefined where the pattern has something that is not known here
 */
export function textFor(pattern: string, random: Random): string | undefined {
  try {
    return new Writer(pattern, random).write();
  } catch (error) {
    if (error instanceof Unknown) return undefined;
    throw error;
  }
}

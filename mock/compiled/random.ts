/** Choices that look random and are the same whenever the seed is the same. */
import { idFrom } from "../state/random.ts";

export class Random {
  readonly #seed: string;
  #serial = 0;
  #digits = "";

  /** @param seed another seed, other choices */
  constructor(seed: string) {
    this.#seed = seed;
  }

  /** A whole number from `lowest` to `highest`, both possible. */
  whole(lowest: number, highest: number): number {
    if (this.#digits.length < 8) this.#digits = idFrom(this.#seed, this.#serial++);
    const share = Number.parseInt(this.#digits.slice(0, 8), 16) / 2 ** 32;
    this.#digits = this.#digits.slice(8);
    return lowest + Math.floor(share * (highest - lowest + 1));
  }

  /** Whether a thing of this probability (0 to 1) happens. */
  chance(share: number): boolean {
    return this.whole(0, 999) < share * 1000;
  }

  /** @throws Error when there is nothing to choose from */
  pick<T>(choices: readonly T[]): T {
    const found = choices[this.whole(0, choices.length - 1)];
    if (found === undefined && choices.length === 0) throw new Error("There is nothing to choose from.");
    return found as T;
  }

  /** The same things in another order. */
  shuffle<T>(things: readonly T[]): T[] {
    const left = [...things];
    return things.map(() => left.splice(this.whole(0, left.length - 1), 1)[0] as T);
  }

  /** So many characters of an alphabet. */
  text(alphabet: string, length: number): string {
    return Array.from({ length }, () => alphabet[this.whole(0, alphabet.length - 1)]).join("");
  }
}

/**
 * Identifiers and tokens that look random and are the same whenever the seed is the same. NOT cryptographic: who knows the seed knows
 * them all, and nothing they open is worth anything.
 */

const HEX = "0123456789abcdef";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** FNV-1a over the UTF-16 units, from a start value that makes the four words of a state independent. */
function hash(text: string, start: number): number {
  let word = (0x811c9dc5 ^ start) >>> 0;
  for (let index = 0; index < text.length; index++) word = Math.imul(word ^ text.charCodeAt(index), 0x01000193);
  // The last characters have hardly been stirred: two rounds of shifts and products (as MurmurHash ends) spread them.
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return (word ^ (word >>> 16)) >>> 0;
}

/**
 * A stream of 32-bit numbers: "small fast counter" (sfc32) of the public PractRand suite.
 * @param text what the stream is made from; another text gives another stream
 */
function stream(text: string): () => number {
  let [a, b, c, counter] = [hash(text, 0), hash(text, 0x9e3779b9), hash(text, 0x243f6a88), 1];
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round++) next();
  return next;
}

/** No part can run into the next one: `["a", "bc"]` is not `["ab", "c"]`. */
const joined = (parts: readonly (string | number)[]): string => JSON.stringify(parts);

function letters(parts: readonly (string | number)[], alphabet: string, length: number): string {
  const next = stream(joined(parts));
  let text = "";
  // The upper bits are the better ones.
  for (let index = 0; index < length; index++) text += alphabet[Math.floor((next() / 2 ** 32) * alphabet.length)] ?? "";
  return text;
}

/** @param parts what tells it from every other: seed, key, serial. @returns 32 lower hex digits */
export const idFrom = (...parts: (string | number)[]): string => letters(["id", ...parts], HEX, 32);

/** @param parts what tells it from every other: seed, key, serial. @returns 48 letters and digits */
export const tokenFrom = (...parts: (string | number)[]): string => letters(["token", ...parts], LETTERS, 48);

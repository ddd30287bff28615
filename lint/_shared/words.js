/** Telling whether a text says something that another does not. */

const EMPTY = new Set("a an the this that these it its of for to from in on at by with and or is are be was as one you your".split(" "));

/**
 * The words that carry meaning, without their endings: `Locks the servers` and `lock server` are the same.
 * @param {string} text prose or a name in any case style
 * @returns {string[]}
 */
export function stems(text) {
  const spaced = text
    .replace(/['’]s\b/g, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase();
  const words = [...spaced.matchAll(/[\p{L}\p{N}]+/gu)].map(([word]) => word);
  return words.filter((word) => !EMPTY.has(word)).map((word) => word.replace(/(?<=\p{L}{3})(ing|ed|es|s|e)$/u, ""));
}

/**
 * How many words of `text` are news to somebody who has read `known`.
 * @param {string} text
 * @param {string} known
 */
export function news(text, known) {
  const old = new Set(stems(known));
  return new Set(stems(text).filter((word) => !old.has(word))).size;
}

/** Whether what two engines say of one request differs only where it is meant to. */
import { difference, sayTheSame, type Comparison } from "./compare.ts";
import { INTENDED } from "./intended.ts";

/** The names of the intended differences that a request has needed. */
export const used = new Set<string>();

/** What is wrong with the answers of the two, after what is intended; empty where nothing is. */
export function faults(comparison: Comparison): string[] {
  const differing = difference(comparison);
  const about = INTENDED.map((entry) => ({ entry, places: entry.places(comparison) })).filter(({ places }) => places.length > 0);
  const left = differing.filter((place) => !about.some(({ places }) => places.includes(place)));
  if (left.length > 0) return left;
  const worded = differing.length > 0 || sayTheSame(comparison);
  const needed = about.filter(({ entry, places }) => (worded ? places.some((place) => differing.includes(place)) : entry.words === true));
  needed.forEach(({ entry }) => used.add(entry.name));
  return worded || needed.length > 0 ? [] : ["the words"];
}

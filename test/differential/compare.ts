/** What two engines say of one request, in terms that can be compared: which places are wrong, not in which words. */
import type { ParsedRequest, Violation } from "../../mock/types.ts";
import { parse, shown, type Case } from "./requests.ts";
import type { Pair } from "./subjects.ts";

export interface Verdict {
  violations: Violation[];
  /** `body lock`, `query`, …: where and the first step, sorted, each once. */
  places: string[];
}

export interface Comparison {
  given: Case;
  parsed: ParsedRequest;
  prism: Verdict;
  compiled: Verdict;
}

/** Prism writes parameters in lower case. */
const placeOf = ({ where, path }: Violation): string => {
  const [first = ""] = path;
  return `${where} ${where === "body" ? first : first.toLowerCase()}`.trim();
};

const verdict = (violations: Violation[]): Verdict => ({ violations, places: [...new Set(violations.map(placeOf))].toSorted() });

/** @returns undefined where the request does not come as far as an engine's backend */
export async function compare(pair: Pair, given: Case): Promise<Comparison | undefined> {
  const parsed = parse(given);
  if (!parsed) return undefined;
  const compiled = verdict(pair.compiled.check(given.call, parsed));
  // Prism and what it calls write into what they are given.
  const prism = verdict(await pair.prism.check(given.call, { ...parsed, body: structuredClone(parsed.body) }));
  return { given, parsed, prism, compiled };
}

/** The places that one engine finds wrong and the other does not. */
export const difference = ({ prism, compiled }: Comparison): string[] => [
  ...prism.places.filter((place) => !compiled.places.includes(place)),
  ...compiled.places.filter((place) => !prism.places.includes(place)),
];

/** Lower case, types with a comma, no constant, and steps as they are: what is left has to be the same sentence. */
export const plainText = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(" or ", ",")
    .replaceAll("~1", "/")
    .replaceAll("~0", "~")
    .replace(/(must be equal to constant): .*?(?=\.?(?:[;"<]|$))/g, "$1")
    .replaceAll(/\.+ must/g, " must");

const sentences = ({ violations }: Verdict): string =>
  [...new Set(violations.map(({ message }) => plainText(message)))].toSorted().join("\n");

/** Whether both say the same, in the same words but for what `plain` evens out. */
export const sayTheSame = ({ prism, compiled }: Comparison): boolean => sentences(prism) === sentences(compiled);

/** For the report of a failing test. */
export const report = ({ given, prism, compiled }: Comparison): string =>
  JSON.stringify({ ...shown(given), prism: prism.violations.slice(0, 5), compiled: compiled.violations.slice(0, 5) }, null, 1);

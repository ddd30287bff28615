/** Versions compared number by number: 2.10 is later than 2.9. */

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/**
 * Without splitting: this runs for every request.
 * @returns below 0, 0, or above 0, as sorting has it; undefined where either is not numbers with dots between them
 */
export function compareVersions(some: string, other: string): number | undefined {
  let [i, j, verdict] = [0, 0, 0];
  do {
    if (i < some.length && !isDigit(some.charCodeAt(i))) return undefined;
    if (j < other.length && !isDigit(other.charCodeAt(j))) return undefined;
    let [left, right] = [0, 0];
    for (; i < some.length && isDigit(some.charCodeAt(i)); i++) left = left * 10 + some.charCodeAt(i) - 48;
    for (; j < other.length && isDigit(other.charCodeAt(j)); j++) right = right * 10 + other.charCodeAt(j) - 48;
    // The first difference decides, but the rest must be a version all the same.
    verdict ||= left - right;
    if (i < some.length && some.charCodeAt(i++) !== 46) return undefined;
    if (j < other.length && other.charCodeAt(j++) !== 46) return undefined;
  } while (i < some.length || j < other.length);
  return some === "" || other === "" ? undefined : verdict;
}

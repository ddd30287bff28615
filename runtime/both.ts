/** Two options that are nothing without each other. */

type Option = [name: string, value: string | undefined];

/**
 * @param first a name and what was given under it
 * @param second likewise
 * @param exact whether white space around a value is a mistake: a header drops it, a signature does not
 * @returns whether both are there
 * @throws TypeError when one is there alone, or is empty; the message names options and never shows a value
 */
export function bothGiven(first: Option, second: Option, exact: boolean): boolean {
  const given = [first, second].filter(([, value]) => value !== undefined);
  for (const [name, value = ""] of given) {
    if (value === "" || (exact && value.trim() !== value)) throw new TypeError(`${name} is empty or has white space around it: mend it.`);
  }
  if (given.length === 1) throw new TypeError(`${first[0]} and ${second[0]} belong together: give both or none.`);
  return given.length === 2;
}

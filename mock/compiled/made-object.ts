/**
 * Which members an object that is made up has. Rules between members (`if`, `dependentRequired`, `not` …) are not solved but kept: an
 * object begins as one that fits, usually with the members of a documented example, and members go in and out as long as it fits.
 */
import type { Obj } from "../../scripts/document.ts";
import type { Random } from "./random.ts";

/** How many sets of members are tried for an object that no example shows. */
const ATTEMPTS = 40;

export interface Shape {
  /** Every member it could have, made up. */
  members: Obj;
  required: string[];
  /** The members that examples have. */
  shown: string[][];
}

/** As in an example, all of them, the required ones, or by trying. */
function begin({ members, required, shown }: Shape, random: Random, takes: (chosen: string[]) => boolean): string[] | undefined {
  const names = Object.keys(members);
  const found = [...random.shuffle(shown), names, required].find(takes);
  for (let attempt = 0; found === undefined && attempt < ATTEMPTS; attempt++) {
    const some = names.filter((name) => required.includes(name) || random.chance(0.5));
    if (takes(some)) return some;
  }
  return found;
}

/**
 * @param takes whether the schema takes an object
 * @returns an object that it takes, or undefined where none was found
 */
export function chooseMembers(shape: Shape, random: Random, takes: (object: Obj) => boolean): Obj | undefined {
  const names = Object.keys(shape.members);
  const only = (chosen: readonly string[]): Obj =>
    Object.fromEntries(names.filter((name) => chosen.includes(name)).map((name) => [name, shape.members[name]]));
  let chosen = begin(shape, random, (set) => takes(only(set)));
  if (!chosen) return undefined;
  for (const name of random.shuffle(names)) {
    const present: boolean = chosen.includes(name);
    const changed: string[] = present ? chosen.filter((other) => other !== name) : [...chosen, name];
    // More often in than out: an optional member is worth seeing.
    if (random.chance(present ? 0.2 : 0.7) && takes(only(changed))) chosen = changed;
  }
  return only(chosen);
}

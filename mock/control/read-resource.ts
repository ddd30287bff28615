/** A resource of a snapshot, checked so that no call can trip over it later, as it is kept in the store. */
import type { Aggregate } from "../state/types.ts";
import { aCount, aKey, aList, aMap, anObject, anyMap, aText, aTruth, member, part } from "./check.ts";
import { refuse } from "./mistake.ts";
import { readItem, readToken } from "./read-kept.ts";
import { readJob, readTimer } from "./read-later.ts";
import { checkFields, type Space, type Spaces } from "./spaces.ts";
import { ONLY } from "./written.ts";

export interface ReadResource {
  space: string;
  /** Of the store. */
  id: string;
  aggregate: Aggregate;
}

const RESOURCE = ["space", "id", "fields", "derived", "timers", "jobs", "tokens", "items", "serial", "deleted"];

/** @throws Mistake unless there is such a space */
export function aSpace(spaces: Spaces, value: unknown, at: string): Space {
  const name = aText(value, at);
  return spaces.get(name) ?? refuse(at, `There is no space ${name}`, spaces.names);
}

/** @returns the id of the store. @throws Mistake unless it can be one of the space */
export function anId(space: Space, value: unknown, at: string): string {
  const id = aKey(value, at);
  if (!space.keyed && id !== ONLY) refuse(at, `There is one ${space.noun} per world, and its id is ${ONLY}`);
  const own = space.keyed ? id.toLowerCase() : "";
  if (!space.takes(own)) refuse(at, `${id} is no key of a ${space.noun}: a key is like ${space.behaviour.resource?.format ?? "any text"}`);
  return own;
}

/** @throws Mistake */
export function readResource(spaces: Spaces, value: unknown, at: string): ReadResource {
  const given = anObject(value, at, RESOURCE, ["space", "id", "fields"]);
  const space = aSpace(spaces, given["space"], `${at}/space`);
  const tokens = Object.entries(part(given, "tokens", at, aMap).tokens ?? {});
  const { deleted = false } = part(given, "deleted", at, aTruth);
  part(given, "derived", at, aMap);
  const fields = checkFields(space, anyMap(given["fields"], `${at}/fields`), `${at}/fields`);
  return {
    space: space.name,
    id: anId(space, given["id"], `${at}/id`),
    aggregate: {
      fields,
      timers: part(given, "timers", at, (list, place) => aList(list, place, (timer, own) => readTimer(space, timer, own))).timers ?? [],
      jobs: part(given, "jobs", at, (list, place) => aList(list, place, (job, own) => readJob(space, job, own))).jobs ?? [],
      tokens: Object.fromEntries(tokens.map(([token, issued]) => [token, readToken(issued, member(`${at}/tokens`, token))])),
      ...part(given, "items", at, (list, place) => aList(list, place, readItem)),
      serial: part(given, "serial", at, (serial, place) => aCount(serial, place, 0)).serial ?? 0,
      ...(deleted && { deleted }),
    },
  };
}

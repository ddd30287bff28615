/** From a snapshot to what the store is to hold: all of it is right, or none of it is taken. */
import type { Obj } from "../../scripts/document.ts";
import type { Entry } from "../store/types.ts";
import { SETTINGS, type Settings } from "../worlds.ts";
import { aKey, aList, anObject, member, part, someText } from "./check.ts";
import { readClockBody } from "./clock.ts";
import { checkRules, readKeptRule } from "./faults.ts";
import { refuse } from "./mistake.ts";
import { aSpace, anId, readResource, type ReadResource } from "./read-resource.ts";
import { readSeedText } from "./seed.ts";
import type { Tools } from "./types.ts";
import { ONLY } from "./written.ts";

const MEMBERS = ["world", "clock", "seed", "faults", "resources", "jobs"];

/** @throws Mistake */
function readSettings({ context, catalogue }: Tools, given: Obj): Settings {
  const { clock } = part(given, "clock", "", readClockBody);
  const { faults = [] } = part(given, "faults", "", (list, at) => aList(list, at, (rule, place) => readKeptRule(catalogue, rule, place)));
  const since = context.source();
  return {
    ...(clock && { clock: { at: clock.now ?? since, since, running: clock.running ?? true } }),
    ...part(given, "seed", "", readSeedText),
    ...(faults.length > 0 && { faults: checkRules(faults, "/faults") }),
  };
}

function readJobPlace({ spaces }: Tools, value: unknown, at: string): [key: string, entry: Entry] {
  const given = anObject(value, at, ["id", "space", "resource"], ["id", "space", "resource"]);
  const space = aSpace(spaces, given["space"], `${at}/space`);
  return [`job/${space.name}/${aKey(given["id"], `${at}/id`)}`, { key: anId(space, given["resource"], `${at}/resource`) }];
}

/** @throws Mistake where two are one */
function resourceEntries(resources: ReadResource[]): [key: string, entry: Entry][] {
  const seen = new Set<string>();
  return resources.flatMap(({ space, id, aggregate }, index) => {
    const key = `${space}/${id}`;
    if (seen.has(key)) refuse(`${member("/resources", index)}/id`, `Two resources of ${space} have the id ${id === "" ? ONLY : id}`);
    seen.add(key);
    const jobs = aggregate.jobs.map((job): [string, Entry] => [`job/${space}/${job.id}`, { key: id }]);
    return [[key, aggregate] as [string, Entry], ...jobs];
  });
}

/** @returns what the store is to hold. @throws Mistake */
export function readSnapshot(tools: Tools, body: unknown): Record<string, Entry> {
  const given = anObject(body, "", MEMBERS, ["resources"]);
  const settings = readSettings(tools, given);
  const resources = aList(given["resources"], "/resources", (resource, at) => readResource(tools.spaces, resource, at));
  const { jobs = [] } = part(given, "jobs", "", (list, at) => aList(list, at, (job, place) => readJobPlace(tools, job, place)));
  part(given, "world", "", someText);
  // A key has a slash in it, or is `settings`: none is the name of anything that objects have by birth.
  return Object.fromEntries([
    ...(Object.keys(settings).length > 0 ? [[SETTINGS, { ...settings }] as [string, Entry]] : []),
    ...resourceEntries(resources),
    ...jobs,
  ]);
}

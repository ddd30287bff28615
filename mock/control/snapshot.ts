/** All that a world remembers, as the API writes it. */
import type { FaultRule } from "../inject.ts";
import { isAggregate } from "../state/aggregate.ts";
import type { Entry } from "../store/types.ts";
import type { WorldView } from "../worlds.ts";
import { clockOf, type Clock } from "./clock.ts";
import { settled } from "./spaces.ts";
import type { Tools } from "./types.ts";
import { ONLY, write, writeKept, type Written } from "./written.ts";

/** Which resource a job belongs to: calls ask for jobs without naming it. */
export interface JobPlace {
  id: string;
  space: string;
  resource: string;
}

export interface Snapshot {
  world: string;
  clock: Clock;
  seed: string;
  faults: FaultRule[];
  resources: Written[];
  jobs: JobPlace[];
}

const JOB = /^job\/([^/]+)\/(.+)$/s;
const RESOURCE = /^([^/]+)\/(.*)$/s;

const byText = (some: string, other: string): number => (some < other ? -1 : some > other ? 1 : 0);

/** An entry of the store, where it is one of ours. */
function writeEntry({ context, spaces }: Tools, [key, entry]: [string, Entry], now: number): { resource?: Written; job?: JobPlace } {
  const [, ofJob = "", job] = JOB.exec(key) ?? [];
  const owner = entry["key"];
  if (job !== undefined && typeof owner === "string") return { job: { id: job, space: ofJob, resource: owner === "" ? ONLY : owner } };
  const [, name = "", id] = RESOURCE.exec(key) ?? [];
  if (id === undefined || !isAggregate(entry)) return {};
  const space = spaces.get(name);
  // Servers with other contracts may share the store.
  if (!space) return { resource: write(name, id, entry, entry.fields, {}) };
  return { resource: writeKept(context, space, id, settled(context, space, id, entry, now), now) };
}

/** @param entries of the store, by key */
export function snapshot(tools: Tools, { name, now, seed, settings }: WorldView, entries: Record<string, Entry>): Snapshot {
  const written = Object.entries(entries)
    .toSorted(([some], [other]) => byText(some, other))
    .map((entry) => writeEntry(tools, entry, now));
  return {
    world: name,
    clock: clockOf(settings, now),
    seed,
    faults: settings.faults ?? [],
    resources: written.flatMap(({ resource }) => resource ?? []),
    jobs: written.flatMap(({ job }) => job ?? []),
  };
}

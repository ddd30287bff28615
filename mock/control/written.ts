/** What is remembered of a resource, as the API writes it: instants are date-times, the one of a world has the id `-`. */
import { withMillis } from "../state/duration.ts";
import type { Aggregate, Fields, Issued, Job, Timer } from "../state/types.ts";
import { derive, type Space } from "./spaces.ts";
import type { ControlContext } from "./types.ts";

/** The id of a resource that has no key. */
export const ONLY = "-";

export type WrittenTimer = Omit<Timer, "at"> & { at: string };
export type WrittenJob = Omit<Job, "begun" | "runs" | "ends"> & { begun: string; runs: string; ends: string };
export type WrittenToken = Omit<Issued, "expires"> & { expires: string };

export interface Written {
  space: string;
  id: string;
  fields: Fields;
  derived: Fields;
  timers: WrittenTimer[];
  jobs: WrittenJob[];
  tokens: { [token: string]: WrittenToken };
  items?: Aggregate["items"];
  serial: number;
  deleted?: true;
}

const writeJob = ({ begun, runs, ends, ...rest }: Job): WrittenJob => ({
  ...rest,
  begun: withMillis(begun),
  runs: withMillis(runs),
  ends: withMillis(ends),
});

/**
 * A resource with the fields and derived fields that are to be shown.
 * @param id of the store: `""` where there is one per world
 * @param aggregate after everything that was due
 * @param fields as they are to be shown
 * @param derived what the table computes from all of them
 */
export function write(space: string, id: string, aggregate: Aggregate, fields: Fields, derived: Fields): Written {
  const { timers, jobs, tokens, items, serial, deleted } = aggregate;
  const issued = Object.entries(tokens).map(([token, { expires, caller }]) => [token, { expires: withMillis(expires), caller }]);
  return {
    space,
    id: id === "" ? ONLY : id,
    fields,
    derived,
    timers: timers.map(({ at, ...rest }) => ({ ...rest, at: withMillis(at) })),
    jobs: jobs.map(writeJob),
    tokens: Object.fromEntries(issued),
    ...(items && { items }),
    serial,
    ...(deleted && { deleted }),
  };
}

/** All fields, in the order of the table: those that were never set are what a first touch would make of them. */
function complete({ initial }: ControlContext, space: Space, id: string, stored: Fields): Fields {
  const first = initial(space.name, id)?.fields ?? {};
  const all = [...space.fields.keys()].map((name) => [name, Object.hasOwn(stored, name) ? stored[name] : (first[name] ?? null)]);
  return { ...Object.fromEntries(all), ...stored };
}

/** A resource as somebody looks at it, with all of its fields. @param now milliseconds since the epoch */
export function writeWhole(context: ControlContext, space: Space, id: string, aggregate: Aggregate, now: number): Written {
  const fields = complete(context, space, id, aggregate.fields);
  return write(space.name, id, aggregate, fields, derive(space, aggregate, fields, now));
}

/** A resource as it can be put back: fields that were never set are left to a first touch again. @param now milliseconds since the epoch */
export const writeKept = (context: ControlContext, space: Space, id: string, aggregate: Aggregate, now: number): Written => ({
  ...writeWhole(context, space, id, aggregate, now),
  fields: aggregate.fields,
});

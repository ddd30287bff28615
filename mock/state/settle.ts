/** What time does to a resource: timers that are due, and jobs that are over. */
import { compileWhen } from "./conditions.ts";
import { prepare } from "./prepare.ts";
import type { Names } from "./readers.ts";
import type { Scope } from "./scope.ts";
import type { Aggregate, Behaviour, Fields, Job, Known, Value, When } from "./types.ts";
import { assign, compileSet } from "./values.ts";

interface Later {
  when?: When;
  set?: { [field: string]: Value };
}

const isDue = (at: number, now: number): boolean => at <= now;

const isOver = ({ result, ends }: Job, now: number): boolean => result === undefined && isDue(ends, now);

/** @param first what fields are that were never written */
function scopeAt(aggregate: Aggregate, first: Fields, now: number, known: Known | undefined, job: Job | undefined): Scope {
  const origin = { seed: "", space: "", key: "", serial: aggregate.serial };
  const { deleted } = aggregate;
  const fields = { ...first, ...aggregate.fields };
  return { now, fields, exists: deleted !== true, origin, made: {}, known: known ?? {}, ...(job && { job }) };
}

const holds = ({ when }: Later, names: Names, scope: Scope): boolean => compileWhen(when, names)(scope);

const fieldsAfter = (fields: Fields, { set = {} }: Later, names: Names, scope: Scope): Fields =>
  assign(fields, compileSet(set, names), scope);

/** The first outcome that holds at the job's end; without one it has succeeded. */
function finish(aggregate: Aggregate, index: number, names: Names, first: Fields): Aggregate {
  const job = aggregate.jobs[index];
  if (!job) return aggregate;
  const scope = scopeAt(aggregate, first, job.ends, job.known, job);
  const outcome = job.outcomes.find((candidate) => holds(candidate, names, scope)) ?? {};
  const done: Job = outcome.fail ? { ...job, result: "fail", ...outcome.fail } : { ...job, result: "success" };
  return { ...aggregate, fields: fieldsAfter(aggregate.fields, outcome, names, scope), jobs: aggregate.jobs.with(index, done) };
}

/**
 * Lets due timers fire and jobs end, in the order of their instants; at one instant timers come first, each in the order they were set.
 * Nothing that is due makes anything new, so that it does not matter how often, or at which moments between, this is asked.
 * @param now milliseconds since the epoch
 * @param untouched what a first touch would make of the resource: fields that were never written are read from it, and left unwritten
 * @returns the same object when nothing is due
 */
export function settle(
  behaviour: Behaviour,
  aggregate: Aggregate,
  now: number,
  untouched: () => Aggregate | undefined = () => undefined,
): Aggregate {
  const { timers, jobs } = aggregate;
  if (timers.length === 0 && jobs.length === 0) return aggregate;
  if (!timers.some(({ at }) => isDue(at, now)) && !jobs.some((job) => isOver(job, now))) return aggregate;
  const { names } = prepare(behaviour);
  const first = untouched()?.fields ?? {};
  const fires = timers
    .filter(({ at }) => isDue(at, now))
    .map((timer) => ({
      at: timer.at,
      apply: (state: Aggregate): Aggregate => {
        const scope = scopeAt(state, first, timer.at, timer.known, state.jobs.at(-1));
        return holds(timer, names, scope) ? { ...state, fields: fieldsAfter(state.fields, timer, names, scope) } : state;
      },
    }));
  const ends = jobs.flatMap((job, index) =>
    isOver(job, now) ? [{ at: job.ends, apply: (state: Aggregate): Aggregate => finish(state, index, names, first) }] : [],
  );
  // The sort is stable.
  const events = [...fires, ...ends].sort((some, other) => some.at - other.at);
  const rest = { ...aggregate, timers: timers.filter(({ at }) => !isDue(at, now)) };
  return events.reduce((state, { apply }) => apply(state), rest);
}

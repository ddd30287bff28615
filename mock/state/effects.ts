/** What a row does: every step makes a new aggregate, or gives back the one it got where it changes nothing. */
import { changeItems } from "./collection.ts";
import { equal } from "./conditions.ts";
import { durationOf } from "./duration.ts";
import { compileReference, memberOf, type Names } from "./readers.ts";
import { stepsOf } from "./references.ts";
import { newId, newToken, requestedItem, type Scope } from "./scope.ts";
import type { Aggregate, Caller, Effect, Issued, Job, Json, Timer, TimerSpec } from "./types.ts";
import { assign, compileKnown, compileSet, compileValue, requestReferences, textOf } from "./values.ts";

export type Step = (aggregate: Aggregate, scope: Scope) => Aggregate;

/** Beyond this many the oldest are forgotten, so that a mock that runs for weeks stays small. */
const MOST_JOBS = 100;
const MOST_TOKENS = 1000;

const milliseconds = (text: string | undefined): number => (text === undefined ? 0 : (durationOf(text) ?? 0));

function setStep(set: NonNullable<Effect["set"]>, names: Names): Step {
  const reads = compileSet(set, names);
  return (aggregate, scope) => {
    const fields = assign(aggregate.fields, reads, scope);
    const changed = reads.some(([name]) => !equal(fields[name] ?? null, aggregate.fields[name] ?? null));
    return changed ? { ...aggregate, fields } : aggregate;
  };
}

/** A member that the body has may be null; one that it has not leaves the field as it is. */
function givenStep(given: NonNullable<Effect["given"]>): Step {
  const members = Object.entries(given).map(([name, text]): [string, string[]] => [name, stepsOf(text.slice("$body.".length))]);
  return (aggregate, { asked }) => {
    const said = members.flatMap(([name, steps]): [string, Json][] => {
      const value = asked && memberOf(asked, steps);
      return value === undefined || equal(value, aggregate.fields[name] ?? null) ? [] : [[name, value]];
    });
    return said.length === 0 ? aggregate : { ...aggregate, fields: { ...aggregate.fields, ...Object.fromEntries(said) } };
  };
}

function cancelStep(names: string[]): Step {
  return (aggregate) => {
    const timers = aggregate.timers.filter(({ name }) => !names.includes(name));
    return timers.length === aggregate.timers.length ? aggregate : { ...aggregate, timers };
  };
}

/** A timer whose instant is null (a caller whose token never ends) is not set, and the one it would have replaced is gone all the same. */
function timerStep(name: string, spec: TimerSpec, names: Names): Step {
  const cancel = cancelStep([name]);
  const known = compileKnown(requestReferences(spec), names);
  const after = milliseconds(spec.after);
  const readAt = spec.at === undefined ? undefined : compileReference(spec.at.replace(/^\$/, ""), names);
  return (aggregate, scope) => {
    const rest = cancel(aggregate, scope);
    const at = readAt ? readAt(scope) : scope.now + after;
    if (typeof at !== "number") return rest;
    const told = known(scope);
    const timer: Timer = { name, at, ...(spec.when && { when: spec.when }), set: spec.set, ...(told && { known: told }) };
    return { ...rest, timers: [...rest.timers, timer] };
  };
}

function jobStep({ type, begins, takes, outcomes }: NonNullable<Effect["job"]>, names: Names): Step {
  const known = compileKnown(requestReferences(...outcomes), names);
  const readType = compileValue(type, names);
  const [wait, length] = [milliseconds(begins), milliseconds(takes)];
  return (aggregate, scope) => {
    const told = known(scope);
    const times = { begun: scope.now, runs: scope.now + wait, ends: scope.now + length };
    const job: Job = { id: newId(scope), type: textOf(readType(scope)), ...times, outcomes, ...(told && { known: told }) };
    return { ...aggregate, jobs: [...aggregate.jobs, job].slice(-MOST_JOBS) };
  };
}

const itemStep =
  (change: NonNullable<Effect["item"]>): Step =>
  (aggregate, scope) => {
    const request = requestedItem(scope);
    if (!request || !scope.collection) return aggregate;
    return { ...aggregate, items: changeItems(scope.collection, scope.items ?? scope.collection.initial, change, request.item) };
  };

const deleteStep: Step = (aggregate) => (aggregate.deleted ? aggregate : { ...aggregate, deleted: true, timers: [] });

function issuedTo({ user, role, admin, name, project, policy }: Caller, expires: number): Issued {
  const caller = {
    admin,
    ...(user !== undefined && { user }),
    ...(role !== undefined && { role }),
    ...(name !== undefined && { name }),
    ...(project !== undefined && { project }),
    ...(policy !== undefined && { policy }),
  };
  return { expires, caller };
}

/** Remembers a token; where there are too many, those that end first are forgotten. */
function withToken(aggregate: Aggregate, token: string, issued: Issued): Aggregate {
  const all = { ...aggregate.tokens, [token]: issued };
  const entries = Object.entries(all);
  if (entries.length <= MOST_TOKENS) return { ...aggregate, tokens: all };
  const kept = entries.sort(([, some], [, other]) => other.expires - some.expires).slice(0, MOST_TOKENS);
  return { ...aggregate, tokens: Object.fromEntries(kept) };
}

const issueStep: Step = (aggregate, scope) => {
  const { caller, lifetime, now } = scope;
  return caller && lifetime !== undefined ? withToken(aggregate, newToken(scope), issuedTo(caller, now + lifetime)) : aggregate;
};

/** A token that nobody issued counts as issued from the moment it first changes something; reads store nothing. */
const adoptStep: Step = (aggregate, { caller }) => {
  const { token, expires, provisional } = caller ?? {};
  if (!caller || !provisional || token === undefined || expires === undefined) return aggregate;
  return Object.hasOwn(aggregate.tokens, token) ? aggregate : withToken(aggregate, token, issuedTo(caller, expires));
};

/**
 * @param effect of a row
 * @param makes whether the row makes anything new, which is then counted so that it is not made twice
 * @returns one step; values are read from the scope before any of it, and the scope is not changed but for what it makes
 */
export function compileEffect(effect: Effect, names: Names, makes: boolean): Step {
  const steps: Step[] = [adoptStep];
  if (effect.set) steps.push(setStep(effect.set, names));
  if (effect.given) steps.push(givenStep(effect.given));
  if (effect.cancel) steps.push(cancelStep(effect.cancel));
  for (const [name, spec] of Object.entries(effect.timers ?? {})) steps.push(timerStep(name, spec, names));
  if (effect.item) steps.push(itemStep(effect.item));
  if (effect.issue) steps.push(issueStep);
  if (effect.job) steps.push(jobStep(effect.job, names));
  if (effect.delete) steps.push(deleteStep);
  if (makes) steps.push((aggregate) => ({ ...aggregate, serial: aggregate.serial + 1 }));
  return (aggregate, scope) => steps.reduce((next, step) => step(next, scope), aggregate);
}

/** Which row of the table answers a request, and what it changes. */
import { firstTouch } from "./first.ts";
import { prepare, type Prepared, type PreparedCall } from "./prepare.ts";
import { isWellFormed, keyOf } from "./resource.ts";
import { blank, type Scope } from "./scope.ts";
import { settle } from "./settle.ts";
import type { Aggregate, Asked, Behaviour, Caller, Fields, Row } from "./types.ts";

export type { Asked } from "./types.ts";
export type { Scope } from "./scope.ts";

export interface DecideContext {
  /** Milliseconds since the epoch, by the clock of the world. */
  now: number;
  /** Of the world: what ids and tokens are made from. */
  seed: string;
  /** Only what the seed file names exists. */
  strict: boolean;
  /** What the seed file says of this resource: it goes before the table's initial values. */
  seeded?: Fields | undefined;
  /** The resource's key, where the caller knows it already, or the request itself does not name it: the one of its job. */
  key?: string | undefined;
  /** Whether a resource can have that key, where the caller knows it already. */
  wellFormed?: boolean | undefined;
}

export interface Outcome {
  row: Row;
  /** What the answer is filled from: everything as it is after the row. */
  scope: Scope;
  /** What is to be remembered from now on, where that is not what it was. */
  next?: Aggregate;
  /** Nothing changed but that somebody touched the resource first: the answer is the same where there is no room for `next`. */
  adopts?: true;
  /** The ids of the jobs that the row made. */
  jobs: string[];
  /** And of those that were forgotten for them: the oldest. */
  forgotten?: string[];
}

const NO_FIELDS: Fields = {};
const NO_JOBS: string[] = [];
const NO_CALL: PreparedCall = { rows: [] };

/** All fields: those that were never written are as the seed file has them, or else as the table begins. */
function completeFields({ initial, complete }: Prepared, scope: Scope, stored: Fields = {}, seeded: Fields = {}): Fields {
  if (complete.has(stored)) return stored;
  if (initial.every(([name]) => Object.hasOwn(stored, name))) {
    complete.add(stored);
    return stored;
  }
  const first = initial.map(([name, read]) => [name, Object.hasOwn(seeded, name) ? seeded[name] : read(scope)]);
  return { ...Object.fromEntries(first), ...stored };
}

function scopeFor(
  behaviour: Behaviour,
  { permission, job: readJob }: PreparedCall,
  asked: Asked,
  caller: Caller,
  context: DecideContext,
  aggregate: Aggregate | undefined,
): Scope {
  const prepared = prepare(behaviour);
  const key = context.key ?? keyOf(behaviour, asked);
  const wellFormed = key !== undefined && (context.wellFormed ?? isWellFormed(behaviour, key));
  // What there is one of per world needs no name.
  const named = key === "" || aggregate !== undefined || !context.strict || context.seeded !== undefined;
  const lifetime = behaviour.caller?.lifetime;
  const scope: Scope = {
    now: context.now,
    fields: NO_FIELDS,
    exists: wellFormed && named && aggregate?.deleted !== true,
    origin: { seed: context.seed, space: behaviour.resource?.space ?? behaviour.api, key: key ?? "", serial: aggregate?.serial ?? 0 },
    made: {},
    asked,
    caller,
  };
  // One by one and not spread: this is on the way of every request.
  if (permission) scope.permission = permission;
  if (lifetime !== undefined) scope.lifetime = lifetime;
  if (behaviour.collection) {
    scope.collection = behaviour.collection;
    scope.items = aggregate?.items ?? behaviour.collection.initial;
  }
  scope.fields = completeFields(prepared, scope, aggregate?.fields, context.seeded);
  const id = readJob?.(scope);
  const job = readJob ? aggregate?.jobs.find((one) => one.id === id) : aggregate?.jobs.at(-1);
  if (job) scope.job = job;
  return scope;
}

/** Whether this is the first touch of a resource that is whose it is by that. A key that is seeded with an owner needs none. */
function isFirstTouch({ claimed }: Prepared, scope: Scope, stored: Fields = NO_FIELDS, seeded: Fields = NO_FIELDS): boolean {
  if (claimed.length === 0 || stored === scope.fields || !scope.exists) return false;
  return claimed.some((name) => !Object.hasOwn(stored, name) && !Object.hasOwn(seeded, name));
}

/** The same request, seen after the row. */
function scopeAfter(scope: Scope, next: Aggregate, made: boolean): Scope {
  const job = made ? next.jobs.at(-1) : scope.job;
  return {
    ...scope,
    fields: next.fields,
    exists: scope.exists && next.deleted !== true,
    ...(job && { job }),
    ...(next.items && { items: next.items }),
  };
}

/**
 * @param asked a request that has passed the contract
 * @param caller who asks, from `identify`
 * @param aggregate what is remembered of the resource; undefined before it was ever changed
 * @throws Error when the table has no row for the call: `scripts/behaviour.ts` lets no such table pass
 */
export function decide(
  behaviour: Behaviour,
  asked: Asked,
  caller: Caller,
  context: DecideContext,
  aggregate: Aggregate | undefined,
): Outcome {
  const settled =
    aggregate &&
    settle(behaviour, aggregate, context.now, () =>
      firstTouch(behaviour, context.key ?? keyOf(behaviour, asked) ?? "", context.seeded, false),
    );
  const prepared = prepare(behaviour);
  const call = prepared.calls.get(asked.call) ?? NO_CALL;
  const scope = scopeFor(behaviour, call, asked, caller, context, settled);
  const found = call.rows.find(({ holds }) => holds(scope));
  if (!found) throw new Error(`The table of ${behaviour.api} has no row for ${asked.call}.`);
  const { row, effect, touches } = found;
  const adopts = touches && isFirstTouch(prepared, scope, settled?.fields, context.seeded);
  if (!effect && !adopts) return { row, scope, jobs: NO_JOBS };
  const base = settled ? (settled.fields === scope.fields ? settled : { ...settled, fields: scope.fields }) : blank(scope.fields);
  const next = effect ? effect(base, scope) : base;
  if (next === base) return adopts ? { row, scope, next, adopts, jobs: NO_JOBS } : { row, scope, jobs: NO_JOBS };
  if (!row.effect?.job) return { row, scope: scopeAfter(scope, next, false), next, jobs: NO_JOBS };
  const made = next.jobs.slice(-1).map(({ id }) => id);
  const forgotten = base.jobs.slice(0, base.jobs.length + made.length - next.jobs.length).map(({ id }) => id);
  return { row, scope: scopeAfter(scope, next, true), next, jobs: made, forgotten };
}

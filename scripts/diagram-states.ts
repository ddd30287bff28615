/** The states that a table can lead to, and what leads from one to the next: an exploration over the fields the diagram is about. */
import type { Behaviour, Fields, Json, ResourceSpec, Row, Test, When } from "../mock/state/types.ts";
import { isObject } from "./document.ts";

/** A value that the table takes from a request: something, but nobody knows what. */
const SOME = "\u2022";

/** A state: the values of the fields that the diagram is about. */
export type State = Fields;

export interface Edge {
  from: string;
  to: string;
  /** `stopServer 202`, `after PT2S` */
  label: string;
  /** Whether time and not a call leads there. */
  timed: boolean;
}

type Held = "yes" | "no" | "maybe";

const isReference = (value: unknown): boolean => typeof value === "string" && value.startsWith("$");

function equals(actual: Json | undefined, expected: Json): Held {
  if (Array.isArray(expected)) {
    const found = expected.map((item) => equals(actual, item));
    return found.includes("yes") ? "yes" : found.includes("maybe") ? "maybe" : "no";
  }
  if (isReference(expected)) return actual === null ? "no" : "maybe";
  if (actual === SOME) return expected === null ? "no" : "maybe";
  return actual === expected ? "yes" : "no";
}

const opposite = (held: Held): Held => (held === "yes" ? "no" : held === "no" ? "yes" : "maybe");

function holdsTest(actual: Json | undefined, test: Test): Held {
  if (!isObject(test)) return equals(actual, test as Json);
  if ("not" in test) return opposite(equals(actual, test["not"] as Json));
  if ("exists" in test) return (actual !== null) === test["exists"] ? "yes" : "no";
  return "maybe";
}

/** Whether a condition holds, as far as the state says; what it asks of the request may or may not. */
function holds(when: When | undefined, state: State): Held {
  const found = Object.entries(when ?? {}).map(([name, test]) => (Object.hasOwn(state, name) ? holdsTest(state[name], test) : "maybe"));
  return found.includes("no") ? "no" : found.includes("maybe") ? "maybe" : "yes";
}

/** The fields that the diagram's value is computed from. */
function variablesOf({ fields, derived, diagram = "" }: ResourceSpec): string[] {
  if (diagram in fields) return [diagram];
  const named = (derived[diagram] ?? []).flatMap(({ when }) => Object.keys(when ?? {}));
  return [...new Set(named)].filter((name) => name in fields);
}

function labelOf({ derived, diagram = "" }: ResourceSpec, state: State): string {
  const rows = derived[diagram];
  if (!rows) return String(state[diagram]);
  return String(rows.find(({ when }) => holds(when, state) === "yes")?.is ?? "UNKNOWN");
}

/** A state after some fields were set; a value from elsewhere stands for each that the field may have. */
function after(state: State, set: { [field: string]: Json } | undefined, { fields }: ResourceSpec): State[] {
  let states = [state];
  for (const [field, value] of Object.entries(set ?? {})) {
    if (!Object.hasOwn(state, field)) continue;
    const source = isReference(value) ? fields[String(value).slice(1)]?.values : [value];
    const values = source ?? [SOME];
    states = states.flatMap((one) => values.map((chosen) => ({ ...one, [field]: chosen })));
  }
  return states;
}

interface Later {
  label: string;
  set: { [field: string]: Json };
  when?: When;
}

/** What time makes of a state: the timers of a row one after the other, and then one of the outcomes of its job. */
function laterSteps(call: string, { effect }: Row): { timers: Later[]; outcomes: Later[] } {
  const timers = Object.values(effect?.timers ?? {}).map((timer) => ({
    label: timer.after === undefined ? "the token ends" : `${call}, after ${timer.after}`,
    ...timer,
  }));
  const outcomes = (effect?.job?.outcomes ?? []).map(({ fail, set = {} }) => ({
    label: fail ? `the job of ${call} fails, ${fail.code}` : `${call}, after ${effect?.job?.takes ?? ""}`,
    set,
  }));
  return { timers, outcomes };
}

/** Stands for every value of a request that the table does not name. */
const OTHER = "\u25e6";
const MOST_REQUESTS = 256;

/** What a request may say, as far as the rows of a call tell one from another: every combination of the values they name. */
function requestsOf(rows: Row[], state: State): State[] {
  const named = new Map<string, Set<Json>>();
  for (const [name, test] of rows.flatMap(({ when }) => Object.entries(when ?? {}))) {
    if (Object.hasOwn(state, name)) continue;
    const value = isObject(test) && "not" in test ? (test["not"] as Json) : (test as Json);
    for (const one of [value].flat())
      if (!isObject(one) && !isReference(one)) named.set(name, (named.get(name) ?? new Set<Json>([OTHER])).add(one));
  }
  let requests: State[] = [{}];
  for (const [name, values] of named) {
    if (requests.length * values.size > MOST_REQUESTS) break;
    requests = requests.flatMap((request) => [...values].map((value) => ({ ...request, [name]: value })));
  }
  return requests;
}

/** The rows that change something and can be the one that decides in a state, whatever the request says. */
function possibleRows(rows: Row[], state: State): Row[] {
  return requestsOf(rows, state).flatMap((request) => {
    const known = { ...request, ...state };
    const decided = rows.findIndex(({ when }) => holds(when, known) === "yes");
    const reached = decided < 0 ? rows : rows.slice(0, decided + 1);
    return reached.filter(({ when, effect }) => effect !== undefined && effect.delete === undefined && holds(when, known) !== "no");
  });
}

/**
 * @param behaviour a table whose resource names a `diagram`
 * @param neighbours tables of other APIs that act on the same resource: they lead to states, but their ways are not shown
 * @returns the label of the first state, and every change of label that can be seen
 */
export function explore(behaviour: Behaviour, neighbours: Behaviour[] = []): { initial: string; edges: Edge[] } {
  const { resource } = behaviour;
  if (!resource?.diagram) throw new Error(`The table of ${behaviour.api} has no diagram.`);
  const start: State = Object.fromEntries(variablesOf(resource).map((name) => [name, resource.fields[name]?.initial ?? null]));
  const calls = [behaviour, ...neighbours].flatMap((table) =>
    Object.entries(table.calls).map(([call, { rows }]) => ({ call, rows, shown: table === behaviour })),
  );
  const edges = new Map<string, Edge>();
  const seen = new Set<string>();
  const queue: State[] = [start];
  const go = (from: State, to: State, label: string, timed: boolean, shown: boolean): void => {
    const edge = { from: labelOf(resource, from), to: labelOf(resource, to), label, timed };
    if (edge.from !== edge.to && shown) edges.set(JSON.stringify(edge), edge);
    queue.push(to);
  };
  const follow = (state: State, call: string, row: Row, shown: boolean): void => {
    const { timers, outcomes } = laterSteps(call, row);
    const step = (ways: State[], { label, set, when }: Later): State[] =>
      ways.flatMap((way) => {
        if (holds(when, way) === "no") return [way];
        const changed = after(way, set, resource);
        for (const to of changed) go(way, to, label, true, shown);
        return changed;
      });
    for (const next of after(state, row.effect?.set, resource)) {
      go(state, next, `${call} ${row.answer.status}`, false, shown);
      const last = timers.reduce(step, [next]);
      for (const outcome of outcomes) step(last, outcome);
    }
  };
  for (let state = queue.shift(); state; state = queue.shift()) {
    const key = JSON.stringify(state);
    if (seen.has(key)) continue;
    seen.add(key);
    for (const { call, rows, shown } of calls) for (const row of possibleRows(rows, state)) follow(state, call, row, shown);
  }
  return { initial: labelOf(resource, start), edges: [...edges.values()] };
}

/** Timers and jobs of a snapshot: what is still to come must not break the calls that meet it. */
import { compileWhen } from "../state/conditions.ts";
import { prepare } from "../state/prepare.ts";
import type { Job, Known, OutcomeSpec, Timer, Value, When } from "../state/types.ts";
import { compileValue, referencesIn } from "../state/values.ts";
import { aKey, aList, anInstant, anObject, anyMap, aText, member, part, someText } from "./check.ts";
import { refuse } from "./mistake.ts";
import { checkField, checkValue, type Space } from "./spaces.ts";

/** The table compiles conditions and values when they are due: one it cannot compile would break every later call. */
function compiles(at: string, compile: () => unknown): void {
  try {
    compile();
  } catch (error) {
    refuse(at, `${at} cannot be used: ${error instanceof Error ? error.message.replace(/\.$/, "") : "it is no condition"}`);
  }
}

function readWhen({ behaviour }: Space, value: unknown, at: string): When {
  const when = anyMap(value, at);
  compiles(at, () => compileWhen(when, prepare(behaviour).names));
  return when;
}

/** Fields that will be set; a reference stands for any value. */
function readSet(space: Space, value: unknown, at: string): { [field: string]: Value } {
  const set = anyMap(value, at);
  for (const [name, wanted] of Object.entries(set)) {
    checkField(space, name, member(at, name));
    compiles(member(at, name), () => compileValue(wanted, prepare(space.behaviour).names));
    if (referencesIn(wanted).length === 0) checkValue(space, name, wanted, member(at, name));
  }
  return set;
}

const readKnown = (value: unknown, at: string): Known => anyMap(value, at);

/** @throws Mistake */
export function readTimer(space: Space, value: unknown, at: string): Timer {
  const given = anObject(value, at, ["name", "at", "when", "set", "known"], ["name", "at", "set"]);
  return {
    name: aText(given["name"], `${at}/name`),
    at: anInstant(given["at"], `${at}/at`),
    ...part(given, "when", at, (when, place) => readWhen(space, when, place)),
    set: readSet(space, given["set"], `${at}/set`),
    ...part(given, "known", at, readKnown),
  };
}

function readOutcome(space: Space, value: unknown, at: string): OutcomeSpec {
  const given = anObject(value, at, ["when", "fail", "set"]);
  return {
    ...part(given, "when", at, (when, place) => readWhen(space, when, place)),
    ...part(given, "fail", at, (fail, place) => {
      const { code, reason } = anObject(fail, place, ["code", "reason"], ["code", "reason"]);
      return { code: someText(code, `${place}/code`), reason: someText(reason, `${place}/reason`) };
    }),
    ...part(given, "set", at, (set, place) => readSet(space, set, place)),
  };
}

const readResult = (value: unknown, at: string): "success" | "fail" =>
  value === "success" || value === "fail" ? value : refuse(at, `${at} cannot be this`, ["success", "fail"]);

/** @throws Mistake */
export function readJob(space: Space, value: unknown, at: string): Job {
  const needed = ["id", "type", "begun", "runs", "ends", "outcomes"];
  const given = anObject(value, at, [...needed, "known", "result", "code", "reason"], needed);
  return {
    id: aKey(given["id"], `${at}/id`),
    type: someText(given["type"], `${at}/type`),
    begun: anInstant(given["begun"], `${at}/begun`),
    runs: anInstant(given["runs"], `${at}/runs`),
    ends: anInstant(given["ends"], `${at}/ends`),
    outcomes: aList(given["outcomes"], `${at}/outcomes`, (outcome, place) => readOutcome(space, outcome, place)),
    ...part(given, "known", at, readKnown),
    ...part(given, "result", at, readResult),
    ...part(given, "code", at, someText),
    ...part(given, "reason", at, someText),
  };
}

/** The faults that a world injects: listed, added, taken back. */
import type { FaultRule } from "../inject.ts";
import { chain } from "../store/types.ts";
import type { Settings } from "../worlds.ts";
import { done, json } from "./answer.ts";
import { examplesOf, idsOf, statusesOf, type Catalogue } from "./catalogue.ts";
import { aCount, anObject, aNumber, aText, aTruth, member, part } from "./check.ts";
import { missing, refuse } from "./mistake.ts";
import type { Operation } from "./types.ts";

const MEMBERS = ["contract", "call", "status", "example", "delay", "drop", "rate", "times"];
/** Ten minutes: longer than any client waits. */
const LONGEST_DELAY = 600_000;
const MOST_RULES = 1000;
const ID = /^[\w.-]{1,64}$/;

/** Where a rule can apply: what it names has to be documented somewhere. */
function checkPlace(catalogue: Catalogue, { contract, call, status, example }: Partial<FaultRule>, at: string): void {
  if (contract !== undefined && !catalogue.names.includes(contract))
    refuse(`${at}/contract`, `There is no contract ${contract}`, catalogue.names);
  const where = contract === undefined ? "" : ` of ${contract}`;
  const all = catalogue.calls(contract);
  const calls = call === undefined ? all : all.filter(({ id }) => id === call);
  if (calls.length === 0) refuse(`${at}/call`, `There is no call ${call}${where}`, idsOf(all));
  if (status === undefined) {
    if (example !== undefined) refuse(`${at}/example`, "An example needs the status that it belongs to: add status");
    return;
  }
  const who = call === undefined ? `No call${where} documents` : `${call}${where} does not document`;
  const statuses = statusesOf(calls);
  if (!statuses.includes(status)) refuse(`${at}/status`, `${who} the status ${status}`, statuses);
  const examples = examplesOf(calls, status);
  if (example !== undefined && !examples.includes(example)) refuse(`${at}/example`, `${who} the example ${example} at ${status}`, examples);
}

/**
 * @param least how often a rule still has to apply: a kept one may be used up
 * @throws Mistake
 */
function readRule(catalogue: Catalogue, body: unknown, at: string, more: string[], least: number): Omit<FaultRule, "id"> {
  const given = anObject(body, at, [...more, ...MEMBERS]);
  const rule: Omit<FaultRule, "id"> = {
    ...part(given, "contract", at, aText),
    ...part(given, "call", at, aText),
    ...part(given, "status", at, aText),
    ...part(given, "example", at, aText),
    ...part(given, "delay", at, (value, place) => aCount(value, place, 0, LONGEST_DELAY)),
    ...part(given, "drop", at, aTruth),
    ...part(given, "rate", at, (value, place) => aNumber(value, place, 0, 1)),
    ...part(given, "times", at, (value, place) => aCount(value, place, least)),
  };
  checkPlace(catalogue, rule, at);
  if (rule.drop === true && rule.status !== undefined) refuse(at, "A dropped connection has no status: give status or drop");
  if (rule.drop !== true && rule.status === undefined && rule.delay === undefined)
    refuse(at, "The rule does nothing: give status, delay or drop");
  return rule;
}

/** A rule as a snapshot keeps it. @throws Mistake */
export function readKeptRule(catalogue: Catalogue, value: unknown, at: string): FaultRule {
  const given = anObject(value, at, ["id", ...MEMBERS], ["id"]);
  const id = aText(given["id"], `${at}/id`);
  if (!ID.test(id)) refuse(`${at}/id`, `${at}/id is not 1 to 64 letters, digits, dots, dashes or underscores`);
  return { id, ...readRule(catalogue, value, at, ["id"], 0) };
}

/** @throws Mistake where there are too many, or two have one id */
export function checkRules(rules: FaultRule[], at: string): FaultRule[] {
  if (rules.length > MOST_RULES) refuse(at, `A world has at most ${MOST_RULES} faults`);
  const seen = new Set<string>();
  for (const [index, { id }] of rules.entries()) {
    if (seen.has(id)) refuse(`${member(at, index)}/id`, `Two faults have the id ${id}`);
    seen.add(id);
  }
  return rules;
}

/** `f1`, `f2` …: one more than the highest there is. */
const nextId = (rules: FaultRule[]): string => `f${1 + Math.max(0, ...rules.map(({ id }) => Number(/^f(\d{1,9})$/.exec(id)?.[1] ?? 0)))}`;

export const listFaults: Operation = {
  run: ({ tools: { context }, world }) => chain(context.worlds.view(world), ({ settings }) => json({ faults: settings.faults ?? [] })),
};

export const addFault: Operation = {
  takes: 65_536,
  run({ tools: { context, catalogue }, world, body }) {
    const rule = readRule(catalogue, body, "", [], 1);
    const changed = context.worlds.change(world, (settings) => {
      const rules = settings.faults ?? [];
      return { ...settings, faults: checkRules([...rules, { id: nextId(rules), ...rule }], "") };
    });
    return chain(changed, ({ faults = [] }) => {
      const made = faults.at(-1);
      return json(made, 201, { location: `/_latch/faults/${made?.id ?? ""}` });
    });
  },
};

function without(settings: Settings): Settings {
  const rest = { ...settings };
  delete rest.faults;
  return rest;
}

export const deleteFaults: Operation = {
  run: ({ tools: { context }, world }) =>
    chain(context.worlds.view(world), ({ settings }) =>
      settings.faults === undefined ? done() : chain(context.worlds.change(world, without), done),
    ),
};

export const deleteFault: Operation = {
  run({ tools: { context }, world, params: { id = "" } }) {
    const changed = context.worlds.change(world, (settings) => {
      const { faults = [] } = settings;
      const left = faults.filter((rule) => rule.id !== id);
      if (left.length === faults.length)
        missing(
          `There is no fault ${id} in the world ${world}`,
          faults.map((rule) => rule.id),
        );
      return left.length > 0 ? { ...settings, faults: left } : without(settings);
    });
    return chain(changed, done);
  },
};

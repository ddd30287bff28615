/** Faults on demand: a documented error status, a delay, a broken connection, for all calls or some, always or at a rate. */
import type { Call } from "../scripts/calls.ts";

export interface FaultRule {
  [member: string]: string | number | boolean | undefined;
  id: string;
  /** `samsung-virtualserver@v1.3`, or an api; absent: every contract. */
  contract?: string;
  /** The id of a call; absent: every call. */
  call?: string;
  /** A status that the call documents. */
  status?: string;
  example?: string;
  /** Milliseconds. */
  delay?: number;
  drop?: boolean;
  /** From 0 to 1; 1 when absent. */
  rate?: number;
  /** How often it still applies; for ever when absent. */
  times?: number;
}

/** The statuses of a service in trouble, of which `--fault` picks the ones that a call documents. */
const TROUBLE = ["429", "500", "502", "503", "504"];

/**
 * Of the rules of a world, the first that speaks of a call.
 * @param roll a number from 0 to 1 that decides about rates
 */
export function ruleFor(rules: FaultRule[], contract: { key: string; api: string }, call: Call, roll: () => number): FaultRule | undefined {
  return rules.find(
    (rule) =>
      (rule.contract === undefined || rule.contract === contract.key || rule.contract === contract.api) &&
      (rule.call === undefined || rule.call === call.id) &&
      (rule.status === undefined || Object.hasOwn(call.answers, rule.status)) &&
      (rule.times === undefined || rule.times > 0) &&
      (rule.rate === undefined || roll() < rule.rate),
  );
}

/** A status of trouble that the call documents, chosen by a roll; undefined where it documents none. */
export function troubleOf(call: Call, roll: number): string | undefined {
  const possible = TROUBLE.filter((status) => Object.hasOwn(call.answers, status));
  return possible[Math.floor(roll * possible.length)];
}

/** A repeatable sequence of numbers from 0 to 1 (mulberry32). Not for secrets. */
export function rolls(seed: string): () => number {
  let state = [...seed].reduce((hash, character) => Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193), 0x811c9dc5);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

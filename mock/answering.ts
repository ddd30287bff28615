/** From a call that has passed its contract to the answer: an injected fault, what `Prefer` asks for, or the row of the table. */
import type { Call } from "../scripts/calls.ts";
import type { ReadBody } from "./body.ts";
import { chooseAnswer } from "./choose.ts";
import type { ContractOptions, Parts } from "./contract-parts.ts";
import { ruleFor, rolls, troubleOf, type FaultRule } from "./inject.ts";
import type { Lifecycle } from "./lifecycle.ts";
import { parsePrefer, type Preferences } from "./prefer.ts";
import { NotOffered } from "./refusal.ts";
import type { Renderer } from "./renderer.ts";
import type { Outcome } from "./state/decide.ts";
import type { Caller } from "./state/types.ts";
import type { Head } from "./stateful.ts";
import { MAX_WORLDS } from "./store/memory.ts";
import { chain, type Maybe } from "./store/types.ts";
import type { Contract, MockAnswer, Note } from "./types.ts";
import { noteOf, type Way } from "./way.ts";
import type { WorldView } from "./worlds.ts";

/** A call and all that is known of it. */
export interface Called {
  way: Way;
  call: Call;
  caller: Caller | undefined;
  head: Head;
  read: ReadBody;
}

export class Answering {
  readonly #contract: Contract;
  readonly #options: ContractOptions;
  readonly #lifecycle: () => Lifecycle;
  readonly #rolls = new Map<string, () => number>();

  constructor(contract: Contract, options: ContractOptions, lifecycle: () => Lifecycle) {
    this.#contract = contract;
    this.#options = options;
    this.#lifecycle = lifecycle;
  }

  /** @throws Refusal where the answer would not be acceptable, NotOffered where `Prefer` asks for what is not documented */
  answer(called: Called, parts: Parts): Maybe<MockAnswer> {
    const injected = this.#inject(called.call, called.way);
    if (injected !== undefined) return chain(injected, (rule) => this.#injected(rule, called, parts));
    return this.#choose(called, parts);
  }

  #note(way: Way): Note {
    return noteOf(this.#contract.key, way);
  }

  /** A sequence for each world, drawn from its seed: the traffic of others changes nothing. */
  #rollIn({ name, seed }: WorldView): number {
    const key = `${name} ${seed}`;
    const roll = this.#rolls.get(key) ?? rolls(`${seed} ${this.#contract.key}`);
    if (this.#rolls.size >= MAX_WORLDS) this.#rolls.clear();
    this.#rolls.set(key, roll);
    return roll();
  }

  #inject(call: Call, { world }: Way): Maybe<FaultRule | undefined> {
    const rules = world.settings.faults;
    const rule = rules === undefined ? undefined : ruleFor(rules, this.#contract, call, () => this.#rollIn(world));
    // Others may have used it up since it was read.
    if (rule?.times !== undefined) return chain(this.#options.spend(world.name, rule.id), (left) => (left ? rule : undefined));
    if (rule !== undefined || this.#options.faultRate === 0 || this.#rollIn(world) >= this.#options.faultRate) return rule;
    const status = troubleOf(call, this.#rollIn(world));
    return status === undefined ? undefined : { id: "rate", status };
  }

  #injected(rule: FaultRule | undefined, called: Called, parts: Parts): Maybe<MockAnswer> {
    const { way, call } = called;
    if (rule?.drop) return { status: 0, headers: {}, body: "", drop: true, note: { ...this.#note(way), reason: "a fault was injected" } };
    const answer = rule?.status === undefined ? this.#choose(called, parts) : this.#forced(way, call, rule, parts);
    return rule?.delay === undefined ? answer : chain(answer, (made) => ({ ...made, delay: rule.delay ?? 0 }));
  }

  #forced(way: Way, call: Call, { id, status, example }: FaultRule, { renderer }: Parts): Maybe<MockAnswer> {
    const preferences: Preferences = { ...(status !== undefined && { code: status }), ...(example !== undefined && { example }) };
    const wish = chooseAnswer(call, preferences, undefined, false);
    return chain(renderer.render(call, wish, this.#dated(way)), (answer) => ({
      ...answer,
      headers: { ...answer.headers, "x-latch-reason": `The fault ${id} was injected` },
      note: { ...this.#note(way), reason: "a fault was injected" },
    }));
  }

  #dated({ world }: Way): Record<string, string> {
    return this.#lifecycle().headers(world.now);
  }

  #choose({ way, call, caller, head, read }: Called, { renderer, faults, state }: Parts): Maybe<MockAnswer> {
    const { headers } = way.request;
    const preferences = parsePrefer(headers["prefer"]);
    if (typeof preferences === "string") throw new NotOffered(400, preferences);
    // Before anything changes: an answer that the client does not take is refused, not given.
    const wish = chooseAnswer(call, preferences, headers["accept"], faults.knows("notAcceptable"));
    // Who says which answer is to come has decided: the table is not asked, and nothing changes.
    const wished = preferences.code !== undefined || preferences.example !== undefined || preferences.dynamic === true;
    if (wished || state === undefined || caller === undefined)
      return chain(renderer.render(call, wish, this.#dated(way)), (answer) => this.#noted(answer, way));
    const outcome = state.decide(head, call, caller, read.body, read.mediaType);
    if (outcome instanceof Promise) return outcome.then((made) => this.#decided(way, call, made, renderer));
    return this.#decided(way, call, outcome, renderer);
  }

  #decided(way: Way, call: Call, outcome: Outcome, renderer: Renderer): Maybe<MockAnswer> {
    way.row = outcome.row.id;
    this.#options.onRow?.(this.#contract.key, outcome.row.id);
    const answer = renderer.fill(call, outcome, this.#dated(way));
    return answer instanceof Promise ? answer.then((made) => this.#noted(made, way)) : this.#noted(answer, way);
  }

  /** The renderer makes a new answer each time: there is nothing to copy. */
  #noted(answer: MockAnswer, way: Way): MockAnswer {
    answer.note = this.#note(way);
    return answer;
  }
}

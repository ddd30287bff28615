/**
 * Random sequences of calls: the mock, which interprets behaviour.yaml, and a model, which was written from the fact sheet without looking at
 * the table, give the same answers; and every row of every table decides at least once.
 */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Model, Step } from "./model.ts";
import { expectAgreement } from "./agree.ts";
import { ecb } from "./models/ecb.ts";
import { model as native } from "./models/huawei-native.ts";
import { model as vendor } from "./models/huawei-vendor.ts";
import { samsung } from "./models/samsung.ts";
import { rowsOf, send, START, startRun, type Run } from "./world.ts";

const SEED = 20_261_121;
const RUNS = 250;
const STEPS = 120;

interface Held<S> {
  state: S;
}

/** A step as fast-check runs and shrinks it. */
class StepCommand<S> implements fc.AsyncCommand<Held<S>, Run> {
  readonly #step: Step;
  readonly #model: Model<S>;

  constructor(step: Step, model: Model<S>) {
    this.#step = step;
    this.#model = model;
  }

  check(): boolean {
    return true;
  }

  async run(held: Held<S>, run: Run): Promise<void> {
    const step = this.#step;
    if (step.kind === "advance") {
      run.now += step.ms;
      return;
    }
    const { state, prediction } = this.#model.predict(held.state, step, run.now, run.seen);
    const answer = await send(run, this.#model, step);
    expectAgreement(step, answer, prediction);
    held.state = state;
    const learnt = this.#model.learn?.(step, answer);
    if (learnt !== undefined) run.seen.push(learnt);
  }

  toString(): string {
    return JSON.stringify(this.#step);
  }
}

function agree<S>(model: Model<S>): void {
  describe(model.name, () => {
    const rows = new Set<string>();

    test(`${RUNS} random sequences: mock and model agree`, async () => {
      const commands = fc.commands([model.steps().map((step) => new StepCommand(step, model))], { maxCommands: STEPS, size: "max" });
      const property = fc.asyncProperty(commands, (steps) =>
        fc.asyncModelRun(() => ({ model: { state: model.initial(START) }, real: startRun(model, rows) }), steps),
      );
      await fc.assert(property, { seed: SEED, numRuns: RUNS, endOnFailure: false });
    });

    test("every row of the table was hit", () => {
      const all = rowsOf(model.contracts);
      expect(all.length).toBeGreaterThan(10);
      expect(all.filter((row) => !rows.has(row))).toEqual([]);
      expect([...rows].filter((row) => !all.includes(row))).toEqual([]);
    });
  });
}

agree(samsung);
agree(ecb);
agree(native);
agree(vendor);

/**
 * Random sequences of calls: the mock, which interprets behaviour.yaml, and a model, which was written from the fact sheet without looking at
 * the table, give the same answers; and every row of every table decides at least once.
 */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readRegistry } from "../../scripts/registry.ts";
import { ROOT } from "../../scripts/root.ts";
import type { Model, Step } from "./model.ts";
import { expectAgreement } from "./agree.ts";
import { ecb } from "./models/ecb.ts";
import { model as native, strictModel as strictNative } from "./models/huawei-native.ts";
import { model as vendor, strictModel as strictVendor } from "./models/huawei-vendor.ts";
import { samsung } from "./models/samsung.ts";
import { rowsOf, send, START, startRun, type Run } from "./world.ts";

const SEED = Number(process.env["LATCH_SEED"] ?? 20_261_121);
const RUNS = 120;
const STEPS = 100;

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

/** Every row that decided, in any run. */
const rows = new Set<string>();

function agree<S>(model: Model<S>): void {
  test(`${model.name}: mock and model agree over ${RUNS} random sequences`, async () => {
    const commands = fc.commands([model.steps().map((step) => new StepCommand(step, model))], { maxCommands: STEPS, size: "max" });
    const property = fc.asyncProperty(commands, (steps) =>
      fc.asyncModelRun(() => ({ model: { state: model.initial(START) }, real: startRun(model, rows) }), steps),
    );
    await fc.assert(property, { seed: SEED, numRuns: RUNS, endOnFailure: false });
  });
}

agree(samsung);
agree(ecb);
agree(native);
agree(strictNative);
agree(vendor);
agree(strictVendor);

test("every row of every table decided at least once", () => {
  const all = rowsOf(readRegistry(ROOT).map(({ key }) => key));
  console.log(`rows in the tables: ${all.length}, rows that decided: ${rows.size}`);
  expect(all.length).toBeGreaterThan(200);
  expect(all.filter((row) => !rows.has(row))).toEqual([]);
  expect([...rows].filter((row) => !all.includes(row))).toEqual([]);
});

/** The seed of a world: what its ids, tokens and injected faults are drawn from. */
import { chain } from "../store/types.ts";
import { json } from "./answer.ts";
import { anObject, aText } from "./check.ts";
import type { Operation } from "./types.ts";

const LONGEST = 200;

/** @throws Mistake */
export const readSeedText = (value: unknown, at: string): string => aText(value, at, LONGEST);

export const showSeed: Operation = {
  run: ({ tools: { context }, world }) => chain(context.worlds.view(world), ({ seed }) => json({ seed })),
};

export const setSeed: Operation = {
  takes: 65_536,
  run({ tools: { context }, world, body }) {
    const seed = readSeedText(anObject(body, "", ["seed"], ["seed"])["seed"], "/seed");
    return chain(
      context.worlds.change(world, (settings) => ({ ...settings, seed })),
      () => json({ seed }),
    );
  },
};

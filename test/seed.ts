/** In every worker: what is drawn at random is the same in every run, so that a red test is red again; another seed draws something else. */
import fc from "fast-check";

/** `LATCH_SEED=1 npm test` */
export const SEED = Number(process.env["LATCH_SEED"] ?? 20250919);

fc.configureGlobal({ seed: SEED });

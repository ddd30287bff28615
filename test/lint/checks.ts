/** The checks themselves, without Spectral around them. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { objectAt, type Obj } from "../../scripts/document.ts";
import type { Check, Finding } from "../../lint/_shared/types.ts";
import { LINT, RULES, declaredIn } from "./folders.ts";

export interface RunnableCheck {
  rule: string;
  run(document: Obj): Finding[];
}

async function readCheck(rule: string): Promise<RunnableCheck> {
  const { default: check }: { default: Check<unknown> } = await import(pathToFileURL(join(LINT, rule, "check.js")).href);
  const options = objectAt(objectAt(declaredIn(rule), rule), "then")["functionOptions"] ?? null;
  return { rule, run: (document) => [...check(document, options)] };
}

export const readChecks = (): Promise<RunnableCheck[]> => Promise.all(RULES.map(readCheck));

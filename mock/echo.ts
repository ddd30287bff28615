/** What a refusal that comes before the table repeats of its request: it is a documented example too, with samples in it. */
import type { Call } from "../scripts/calls.ts";
import { arrayAt, objectAt, resolveObject, stringAt, type Obj } from "../scripts/document.ts";
import { prepare } from "./state/prepare.ts";
import { parseReference } from "./state/references.ts";
import { replacerOf } from "./state/render.ts";
import { requestScope } from "./state/resource.ts";
import { samplesFrom } from "./state/prepare-answer.ts";
import type { Asked, Behaviour } from "./state/types.ts";
import { referencesIn } from "./state/values.ts";

/** A text of an example, with what the request says in place of its samples. */
export type Echo = (text: string, escape?: (text: string) => string) => string;
export type Heard = Pick<Asked, "headers" | "address">;

/** What is known of a request when neither its call nor its caller is. */
const EARLY: string[] = ["request", "address"];

/** What the contract takes in the headers that have a name in the table; names in lower case. */
function patternsOf(document: Obj, calls: Call[], names: Set<string>): Map<string, RegExp> {
  const found = new Map<string, RegExp>();
  for (const { pathItem, operation } of calls) {
    for (const entry of [...arrayAt(pathItem, "parameters"), ...arrayAt(operation, "parameters")]) {
      const parameter = resolveObject(document, entry);
      const name = (stringAt(parameter, "name") ?? "").toLowerCase();
      const pattern = stringAt(objectAt(parameter, "schema"), "pattern");
      if (parameter["in"] === "header" && names.has(name) && pattern !== undefined) found.set(name, new RegExp(pattern, "u"));
    }
  }
  return found;
}

/** @returns nothing where no sample of the table is known that early */
export function echoOf(document: Obj, calls: Call[], behaviour: Behaviour): ((heard: Heard) => Echo) | undefined {
  const early = prepare(behaviour).samples.filter(([text]) => {
    const references = referencesIn(behaviour.samples[text] ?? null);
    return references.length > 0 && references.every((one) => EARLY.includes(parseReference(one)?.kind ?? ""));
  });
  const samples = samplesFrom(early);
  if (!samples) return undefined;
  const sources = Object.values(behaviour.request).flatMap(({ from }) => from.map(({ header }) => header.toLowerCase()));
  const patterns = patternsOf(document, calls, new Set(sources));
  return ({ headers, ...heard }) => {
    // A version that the contract does not take is not the one that answers.
    const taken = Object.entries(headers).filter(([name, value]) => patterns.get(name)?.test(value) ?? true);
    const asked: Asked = { call: "", path: {}, query: new URLSearchParams(), headers: Object.fromEntries(taken), ...heard };
    return replacerOf(samples, requestScope(asked));
  };
}

/** A contract behind validators that were compiled when it was generated: no library, no promise, nothing decided twice. */
import { objectAt, resolveObject, type Obj } from "../../scripts/document.ts";
import type { OperationKey, ParsedRequest, Violation, Wish } from "../types.ts";
import { compileAnswer, type Answer, type Rendered } from "./answers.ts";
import { compileCheck } from "./check.ts";
import { makeBody } from "./dynamic.ts";
import { requestsOf } from "./requests.ts";
import type { Validators } from "./types.ts";

export interface CompiledOptions {
  /** What made-up bodies are made from: the same seed gives the same bodies. */
  seed?: string;
}

/** The mock's Backend, answering at once. */
export interface Compiled {
  check(operation: OperationKey, request: ParsedRequest): Violation[];
  /** Gives the example itself, and the same headers object each time. */
  render(operation: OperationKey, wish: Wish): Rendered;
}

interface Prepared {
  check(request: ParsedRequest): Violation[];
  answer(wish: Wish): Answer;
}

/**
 * @param document the bundle
 * @param validators what `validators(requireHelper)` of the generated module gave, or `loadValidators(document)`
 * @throws Error when a schema of the bundle has no validator: they were generated from another bundle
 */
export function createCompiled(document: Obj, validators: Validators, { seed = "latch" }: CompiledOptions = {}): Compiled {
  const prepared = new Map<string, Map<string, Prepared>>();
  for (const plan of requestsOf(document)) {
    const operation = objectAt(resolveObject(document, objectAt(document, "paths")[plan.path]), plan.method);
    const answers = new Map<string, Answer>();
    const entry: Prepared = {
      check: compileCheck(document, validators, plan),
      answer(wish) {
        const known = answers.get(wish.status);
        if (known) return known;
        const made = compileAnswer(document, operation, wish, (schema) => makeBody(document, schema, seed));
        answers.set(wish.status, made);
        return made;
      },
    };
    const methods = prepared.get(plan.path) ?? new Map<string, Prepared>();
    prepared.set(plan.path, methods.set(plan.method, entry));
  }

  function find({ method, path }: OperationKey): Prepared {
    const found = prepared.get(path)?.get(method);
    if (!found) throw new Error(`The contract has no operation ${method} ${path}.`);
    return found;
  }

  return {
    check: (operation, request) => find(operation).check(request),
    render(operation, wish) {
      const answer = find(operation).answer(wish);
      const { status, mediaType, example, dynamic } = wish;
      const { headers } = answer;
      if (mediaType === undefined) return { headers, body: undefined };
      if (!dynamic) return { headers, body: answer.example(mediaType, example) };
      const place = `${seed} ${operation.method} ${operation.path} ${status}`;
      const made = makeBody(document, answer.schema(mediaType), place, answer.examples(mediaType));
      return { headers, body: made ?? answer.example(mediaType, example) };
    },
  };
}

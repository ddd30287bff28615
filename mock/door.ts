/** What every door does around the engine: preflight, cross-origin headers, and an answer also when the mock itself is broken. */
import { isPreflight, preflight, withCors } from "./cors.ts";
import { problem } from "./problem.ts";
import { StoreContended, StoreFull, StoreUnavailable, type Maybe } from "./store/types.ts";
import type { Engine, MockAnswer, MockRequest } from "./types.ts";

/** What a store says of itself is for the developer; anything else is a defect of ours: a 500 that says so and nothing more. */
function failed(request: MockRequest, error: unknown): MockAnswer {
  if (error instanceof StoreUnavailable || error instanceof StoreContended) return withCors(request, problem(503, error.message));
  if (error instanceof StoreFull) return withCors(request, problem(507, error.message));
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const answer = problem(500, "The mock itself failed: this is a defect of latch, its log has the details");
  return withCors(request, { ...answer, note: { reason: `defect: ${details}` } });
}

/** How many bytes of body a door reads. A contract that cannot be read has no limit; the answer then says what is wrong with it. */
export function limitFor(engine: Engine, request: MockRequest): number {
  try {
    return engine.bodyLimit(request);
  } catch {
    return 0;
  }
}

/** @param elsewhere answers what belongs to no contract: pages, say */
export function answerWith(
  engine: Engine & { serves(url: string): boolean },
  request: MockRequest,
  elsewhere?: (request: MockRequest) => Maybe<MockAnswer>,
): Maybe<MockAnswer> {
  try {
    if (isPreflight(request)) return preflight(request);
    const answer = elsewhere === undefined || engine.serves(request.url) ? engine.respond(request) : elsewhere(request);
    if (!(answer instanceof Promise)) return withCors(request, answer);
    return answer.then(
      (made) => withCors(request, made),
      (error: unknown) => failed(request, error),
    );
  } catch (error) {
    return failed(request, error);
  }
}

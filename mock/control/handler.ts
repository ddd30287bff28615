/** `/_latch/`: state, clock, faults, seed and health of the mock, described by mock/control/openapi.yaml. Runs in a browser, too. */
import { once } from "../once.ts";
import { problem } from "../problem.ts";
import { StoreContended, StoreFull, StoreUnavailable, type Maybe } from "../store/types.ts";
import { parseTarget } from "../target.ts";
import type { MockAnswer, MockRequest } from "../types.ts";
import { catalogueOf } from "./catalogue.ts";
import { missing, Mistake } from "./mistake.ts";
import { readJson } from "./read-body.ts";
import { allowed, findControlRoute, ROUTES, type FoundRoute } from "./routes.ts";
import { spacesOf } from "./spaces.ts";
import type { Control, ControlContext, Operation, Tools } from "./types.ts";

export type { Control, ControlContext } from "./types.ts";

/** These speak of the server and not of a world: a bad name of one is no reason to report it ill. */
const WORLDLESS = new Set(["/_latch/health", "/_latch/ready", "/_latch/openapi.json", "/_latch/worlds"]);

/** Bytes of a body that nobody looks at: so little is read, so that the connection can go on. */
const OTHERWISE = 65_536;

/** @throws what is a defect of ours */
function answerFor(error: unknown): MockAnswer {
  if (error instanceof StoreFull) return problem(507, error.message);
  if (error instanceof StoreUnavailable || error instanceof StoreContended) {
    const answer = problem(503, error.message);
    return { ...answer, headers: { ...answer.headers, "retry-after": "1" } };
  }
  if (!(error instanceof Mistake)) throw error;
  const answer = problem(error.status, error.message, error.extra);
  return { ...answer, headers: { ...answer.headers, ...error.headers } };
}

function guard(work: () => Maybe<MockAnswer>): Maybe<MockAnswer> {
  try {
    const answer = work();
    return answer instanceof Promise ? answer.catch(answerFor) : answer;
  } catch (error) {
    return answerFor(error);
  }
}

/** @throws Mistake with 404 */
function find(url: string): FoundRoute & { query: URLSearchParams } {
  const { segments, path, broken, query } = parseTarget(url);
  if (broken !== undefined) throw new Mistake(400, broken);
  const found = findControlRoute(segments);
  if (found) return { ...found, query };
  return missing(
    `Nothing of the control API stands at ${path}`,
    ROUTES.map(({ template }) => template),
  );
}

/** @throws Mistake with 405 */
function operationOf({ route }: FoundRoute, method: string): Operation {
  const operation = route.operations.get(method === "HEAD" ? "GET" : method);
  if (operation) return operation;
  const allow = allowed(route);
  throw new Mistake(405, `${method} is not possible at ${route.template}: use ${allow}`, {}, { allow });
}

/** The world a request names. @throws Mistake */
function worldOf({ worlds }: ControlContext, { route }: FoundRoute, headers: Record<string, string>): string {
  if (WORLDLESS.has(route.template)) return "";
  const name = worlds.nameOf(headers);
  if (typeof name === "string") return name;
  throw new Mistake(400, name.wrong);
}

/** The control API over the worlds of a mock. */
export function createControl(context: ControlContext): Control {
  const [spaces, catalogue] = [once(() => spacesOf(context.contracts)), once(() => catalogueOf(context.contracts))];
  const tools: Tools = {
    context,
    get spaces() {
      return spaces();
    },
    get catalogue() {
      return catalogue();
    },
  };

  function answer(request: MockRequest): Maybe<MockAnswer> {
    const found = find(request.url);
    if (request.method === "OPTIONS") return { status: 204, headers: { allow: allowed(found.route) }, body: "" };
    const operation = operationOf(found, request.method);
    const [name] = found.query.keys();
    if (name !== undefined)
      throw new Mistake(400, `The control API takes no query, and ${name} was sent: name a world in the header ${context.header}`);
    const world = worldOf(context, found, request.headers);
    const body = operation.takes === undefined ? undefined : readJson(request, operation.takes);
    return operation.run({ tools, world, params: found.params, body });
  }

  return {
    respond: (request) => guard(() => answer(request)),
    bodyLimit({ url, method }) {
      const found = findControlRoute(parseTarget(url).segments);
      return found?.route.operations.get(method)?.takes ?? OTHERWISE;
    },
  };
}

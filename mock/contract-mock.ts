/** One contract, answering: route, version, method, credential, caller, body, call, schema, and only then the documented answer. */
import { callsOf, type Call } from "../scripts/calls.ts";
import { arrayAt, type Obj } from "../scripts/document.ts";
import { schemaOf, type ReadBody } from "./body.ts";
import { chooseAnswer, chooseCall } from "./choose.ts";
import { explain } from "./explain.ts";
import { createFaults, faultStatus, limitOf, type Faults } from "./faults.ts";
import { ruleFor, rolls, troubleOf, type FaultRule } from "./inject.ts";
import { lifecycleOf, type Lifecycle } from "./lifecycle.ts";
import { once } from "./once.ts";
import { findOperation, type Operation } from "./operations.ts";
import { pinOf, type Pin } from "./pin.ts";
import { parsePrefer, type Preferences } from "./prefer.ts";
import { problem } from "./problem.ts";
import { NotOffered, Refusal } from "./refusal.ts";
import { createRenderer, type Renderer } from "./renderer.ts";
import { findRoute, routesOf, type Match, type Route } from "./routes.ts";
import { serverPaths } from "./servers.ts";
import type { Outcome } from "./state/decide.ts";
import type { Caller } from "./state/types.ts";
import type { Head, StateLayer } from "./stateful.ts";
import { chain, type Maybe } from "./store/types.ts";
import type { Target } from "./target.ts";
import type { Backend, Contract, MockAnswer, MockRequest, Note, Violation } from "./types.ts";
import { refusalFor } from "./violations.ts";
import type { WorldView } from "./worlds.ts";

interface Parts {
  document: Obj;
  routes: Route[];
  /** The server paths of the document itself, as segments. */
  bases: string[][];
  backend: Backend;
  faults: Faults;
  renderer: Renderer;
  pin: Pin | undefined;
  state: StateLayer | undefined;
  /** Names in lower case of the headers that this version does not look at, and does not send. */
  ignores: ReadonlySet<string>;
}

export interface ContractOptions {
  backend(contract: Contract): Backend;
  /** The state layer of the contract, or nothing: every request then gets its success answer. */
  state(contract: Contract): StateLayer | undefined;
  /** Refuse plain HTTP where the contract says how. */
  requireHttps: boolean;
  /** The share of requests, from 0 to 1, that get a status of trouble. */
  faultRate: number;
  seed: string;
  /** Counts a use of a fault that is there for some uses only. @returns whether there was one left */
  spend(world: string, fault: string): Maybe<boolean>;
  onRow: ((contract: string, row: string) => void) | undefined;
}

/** A request on its way through a contract, and how far it came. */
interface Way {
  request: MockRequest;
  target: Target;
  world: WorldView;
  /** Any call of the operation: until the body names the action, its answers are near enough. */
  near?: Call;
  call?: Call;
  row?: string;
}

/** The address as the client wrote it, without what stands below the server: `http://127.0.0.1:4010/oracle-ecb/rest/v1.1`. */
function addressOf({ signed, origin = "", url }: MockRequest, target: Target, { template, path }: Route): string {
  const whole = (signed ?? origin + url).replace(/[?#].*$/s, "");
  const base = template.slice(0, template.length - path.length);
  return whole.slice(0, whole.length - (target.path.length - base.length));
}

/** A version that does not look at a header does not answer with it either, although the shared paths list it. */
function withoutHeaders(backend: Backend, ignores: ReadonlySet<string>): Backend {
  if (ignores.size === 0) return backend;
  const kept = (headers: Record<string, string>): Record<string, string> =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => !ignores.has(name)));
  return {
    check: (operation, request) => backend.check(operation, request),
    render: (operation, wish) => chain(backend.render(operation, wish), ({ headers, body }) => ({ headers: kept(headers), body })),
  };
}

export class ContractMock {
  readonly contract: Contract;
  readonly #options: ContractOptions;
  readonly #parts: () => Parts;
  readonly #lifecycle: () => Lifecycle;
  readonly #limit: () => number;
  readonly #roll: () => number;

  constructor(contract: Contract, options: ContractOptions) {
    this.contract = contract;
    this.#options = options;
    this.#roll = rolls(`${options.seed} ${contract.key}`);
    this.#limit = once(() => limitOf(contract.document));
    this.#lifecycle = once(() => lifecycleOf(contract.document));
    this.#parts = once(() => {
      const document = contract.document;
      const calls = callsOf(document);
      const state = options.state(contract);
      const ignores = new Set(state ? contract.behaviour?.ignores : []);
      const backend = withoutHeaders(options.backend(contract), ignores);
      return {
        document,
        routes: routesOf(document, calls),
        bases: serverPaths(arrayAt(document, "servers")),
        backend,
        faults: createFaults(document, calls, backend),
        renderer: createRenderer(contract, backend),
        pin: pinOf(document, calls),
        state,
        ignores,
      };
    });
  }

  get pin(): Pin | undefined {
    return this.#parts().pin;
  }

  /** Whether a call at this place looks at the header that names the version; where no call stands, a request may still carry it. */
  takesPin(route: Route | undefined): boolean {
    const calls = [...(route?.calls.values() ?? [])].flat();
    return calls.length === 0 || pinOf(this.contract.document, calls) !== undefined;
  }

  get routes(): Route[] {
    return this.#parts().routes;
  }

  get lifecycle(): Lifecycle {
    return this.#lifecycle();
  }

  get bases(): string[][] {
    return this.#parts().bases;
  }

  get bodyLimit(): number {
    return this.#limit();
  }

  /** The status this contract declares for a version it does not know. */
  get unknownVersionStatus(): string | undefined {
    return faultStatus(this.contract.document, "unknownVersion");
  }

  match(target: Target): Match | undefined {
    return target.broken === undefined ? findRoute(this.#parts().routes, target.segments) : undefined;
  }

  /**
   * The vendor's answer to a request that came no further.
   * @param target what was asked for, below `/<api>`
   * @param near the call the request was on its way to, if any
   */
  refuse(refusal: Refusal, { segments }: Target, near?: Call): Maybe<MockAnswer> {
    const answer = this.#parts().faults.answer(refusal, near, `/${segments.map(encodeURIComponent).join("/")}`);
    return chain(answer, (made) => ({ ...made, note: { ...made.note, contract: this.contract.key } }));
  }

  /**
   * @param match where the request leads, when that is known
   * @param world the clock, the seed and the faults that hold for it
   */
  respond(request: MockRequest, target: Target, match: Match | undefined, world: WorldView): Maybe<MockAnswer> {
    const way: Way = { request, target, world };
    try {
      const answer = this.#answer(way, match);
      return answer instanceof Promise ? answer.catch((error: unknown) => this.#recover(error, way)) : answer;
    } catch (error) {
      return this.#recover(error, way);
    }
  }

  #note({ call, row }: Way): Note {
    const note: Note = { contract: this.contract.key };
    if (call) note.call = call.id;
    if (row !== undefined) note.row = row;
    return note;
  }

  #recover(error: unknown, way: Way): Maybe<MockAnswer> {
    if (error instanceof NotOffered) return problem(error.status, error.message, error.extra, this.#note(way));
    if (!(error instanceof Refusal)) throw error;
    return chain(this.refuse(error, way.target, way.call ?? way.near), (answer) => ({
      ...answer,
      headers: { ...answer.headers, ...this.lifecycle.headers(way.world.now) },
      note: { ...answer.note, ...this.#note(way) },
    }));
  }

  #refuseEarly({ request, world }: Way, { faults }: Parts): void {
    const { date, state, over } = this.lifecycle;
    if (over(world.now) && faults.knows("unknownVersion")) {
      const when = date !== undefined && state !== "PLANNED" ? `is no longer served since ${date}` : "is not served yet";
      throw new Refusal("unknownVersion", `The version ${this.contract.version} ${when}: choose another, or set the clock back with --now`);
    }
    if (this.#options.requireHttps && request.origin?.startsWith("http:") && faults.knows("insecureTransport")) {
      throw new Refusal("insecureTransport", "The request came over plain HTTP: use https://");
    }
  }

  #answer(way: Way, known: Match | undefined): Maybe<MockAnswer> {
    const parts = this.#parts();
    const { request, target, world } = way;
    this.#refuseEarly(way, parts);
    const match = known ?? this.match(target);
    if (!match) throw new Refusal("unknownRoute", target.broken ?? `No call stands at ${target.path}`);
    const operation = findOperation(match.route.operations(), request.method);
    way.near = operation.calls[0];
    const refused = operation.refuses({ headers: request.headers, query: target.query });
    if (refused) throw refused;
    const address = (): string => addressOf(request, target, match.route);
    const head: Head = { request, path: match.params, query: target.query, world, match, address };
    // Not `chain`, here and below: it makes a function for every request, and nearly always the value is there.
    const caller = parts.state?.identify(head);
    if (caller instanceof Promise) return caller.then((known) => this.#read(way, parts, operation, head, known));
    return this.#read(way, parts, operation, head, caller);
  }

  #read(way: Way, parts: Parts, operation: Operation, head: Head, caller: Caller | undefined): Maybe<MockAnswer> {
    const { request, path, query } = head;
    const read = operation.read(request);
    const call = chooseCall(operation.calls, read);
    way.call = call;
    const { mediaType, body, length } = read;
    const violations = parts.backend.check(operation, { mediaType, body, length, params: path, query, headers: request.headers });
    const go = (found: Violation[]): Maybe<MockAnswer> => {
      this.#refuseViolations(found, operation, read, way, parts);
      const injected = this.#inject(call, way);
      if (injected !== undefined) return chain(injected, (rule) => this.#injected(rule, way, call, parts, caller, head, read));
      return this.#choose(way, call, parts, caller, head, read);
    };
    return violations instanceof Promise ? violations.then(go) : go(violations);
  }

  #injected(
    rule: FaultRule | undefined,
    way: Way,
    call: Call,
    parts: Parts,
    caller: Caller | undefined,
    head: Head,
    read: ReadBody,
  ): Maybe<MockAnswer> {
    if (rule?.drop) return { status: 0, headers: {}, body: "", drop: true, note: { ...this.#note(way), reason: "a fault was injected" } };
    const answer = rule?.status === undefined ? this.#choose(way, call, parts, caller, head, read) : this.#forced(way, call, rule, parts);
    return rule?.delay === undefined ? answer : chain(answer, (made) => ({ ...made, delay: rule.delay ?? 0 }));
  }

  #refuseViolations(violations: Violation[], operation: Operation, read: ReadBody, { request }: Way, { document, ignores }: Parts): void {
    const serious =
      violations.length > 0 && ignores.size > 0
        ? violations.filter(({ where, path }) => where !== "header" || !ignores.has((path[0] ?? "").toLowerCase()))
        : violations;
    if (serious.length === 0) return;
    throw refusalFor(explain(document, schemaOf(document, operation.operation, read.mediaType), serious), {
      headers: request.headers,
      credentials: operation.credentials,
      versioned: this.unknownVersionStatus !== undefined,
    });
  }

  #inject(call: Call, { world }: Way): Maybe<FaultRule | undefined> {
    const rules = world.settings.faults;
    const rule = rules === undefined ? undefined : ruleFor(rules, this.contract, call, this.#roll);
    // Others may have used it up since it was read.
    if (rule?.times !== undefined) return chain(this.#options.spend(world.name, rule.id), (left) => (left ? rule : undefined));
    if (rule !== undefined || this.#options.faultRate === 0 || this.#roll() >= this.#options.faultRate) return rule;
    const status = troubleOf(call, this.#roll());
    return status === undefined ? undefined : { id: "rate", status };
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
    return this.lifecycle.headers(world.now);
  }

  #choose(
    way: Way,
    call: Call,
    { renderer, faults, state }: Parts,
    caller: Caller | undefined,
    head: Head,
    read: ReadBody,
  ): Maybe<MockAnswer> {
    const { headers } = way.request;
    const preferences = parsePrefer(headers["prefer"]);
    if (typeof preferences === "string") throw new NotOffered(400, preferences);
    // Before anything changes: an answer that the client does not take is refused, not given.
    const wish = chooseAnswer(call, preferences, headers["accept"], faults.knows("notAcceptable"));
    const wished = preferences.code !== undefined || preferences.example !== undefined;
    if (wished || state === undefined || caller === undefined)
      return chain(renderer.render(call, wish, this.#dated(way)), (answer) => this.#noted(answer, way));
    const dynamic = wish.dynamic === true;
    const outcome = state.decide(head, call, caller, read.body, read.mediaType);
    if (outcome instanceof Promise) return outcome.then((made) => this.#decided(way, call, dynamic, made, renderer));
    return this.#decided(way, call, dynamic, outcome, renderer);
  }

  #decided(way: Way, call: Call, dynamic: boolean, outcome: Outcome, renderer: Renderer): Maybe<MockAnswer> {
    way.row = outcome.row.id;
    this.#options.onRow?.(this.contract.key, outcome.row.id);
    const answer = renderer.fill(call, dynamic, outcome, this.#dated(way));
    return answer instanceof Promise ? answer.then((made) => this.#noted(made, way)) : this.#noted(answer, way);
  }

  /** The renderer makes a new answer each time: there is nothing to copy. */
  #noted(answer: MockAnswer, way: Way): MockAnswer {
    answer.note = this.#note(way);
    return answer;
  }
}

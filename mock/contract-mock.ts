/** One contract, answering: route, version, method, credential, caller, body, call, schema, and only then the documented answer. */
import type { Call } from "../scripts/calls.ts";
import { Answering } from "./answering.ts";
import { schemaOf, type ReadBody } from "./body.ts";
import { chooseCall } from "./choose.ts";
import { partsOf, type ContractOptions, type Parts } from "./contract-parts.ts";
import type { Heard } from "./echo.ts";
import { explain } from "./explain.ts";
import { faultStatus, limitOf } from "./faults.ts";
import { lifecycleOf, type Lifecycle } from "./lifecycle.ts";
import { once } from "./once.ts";
import { findOperation, type Operation } from "./operations.ts";
import { pinOf, type Pin } from "./pin.ts";
import { problem } from "./problem.ts";
import { NotOffered, Refusal } from "./refusal.ts";
import { UPGRADE } from "./renderer.ts";
import { findRoute, type Match, type Route } from "./routes.ts";
import type { Address, Caller } from "./state/types.ts";
import type { Head } from "./stateful.ts";
import { chain, type Maybe } from "./store/types.ts";
import type { Target } from "./target.ts";
import type { Contract, MockAnswer, MockRequest, Note, Violation } from "./types.ts";
import { refusalFor } from "./violations.ts";
import { addressOf, noteOf, rootOf, type Way } from "./way.ts";
import type { WorldView } from "./worlds.ts";

/** Behind a proxy that ends TLS, what counts is how the client came to the first of them. */
const isPlain = ({ origin, headers }: MockRequest): boolean =>
  (headers["x-forwarded-proto"]?.split(",")[0]?.trim().toLowerCase() ?? origin?.split(":")[0]) === "http";

export class ContractMock {
  readonly contract: Contract;
  readonly #options: ContractOptions;
  readonly #parts: () => Parts;
  readonly #answering: Answering;
  readonly #lifecycle: () => Lifecycle;
  readonly #limit: () => number;

  constructor(contract: Contract, options: ContractOptions) {
    this.contract = contract;
    this.#options = options;
    this.#limit = once(() => limitOf(contract.document));
    this.#lifecycle = once(() => lifecycleOf(contract.document));
    this.#parts = once(() => partsOf(contract, options));
    this.#answering = new Answering(contract, options, this.#lifecycle);
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
   * @param target what the request asked for, below `/<api>`
   * @param near the call the request was on its way to, if any
   */
  refuse(refusal: Refusal, request: MockRequest, target: Target, near?: Call): Maybe<MockAnswer> {
    const { faults, bases } = this.#parts();
    const server = (): string => [rootOf(request, target), ...(bases[0] ?? [])].join("/");
    const heard: Heard = { headers: request.headers, address: (of) => (of === "root" ? rootOf(request, target) : server()) };
    const answer = faults.answer(refusal, near, `/${target.segments.map(encodeURIComponent).join("/")}`, heard);
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

  #note(way: Way): Note {
    return noteOf(this.contract.key, way);
  }

  #recover(error: unknown, way: Way): Maybe<MockAnswer> {
    if (error instanceof NotOffered) return problem(error.status, error.message, error.extra, this.#note(way));
    if (!(error instanceof Refusal)) throw error;
    return chain(this.refuse(error, way.request, way.target, way.call ?? way.near), (answer) => ({
      ...answer,
      headers: { ...answer.headers, ...this.lifecycle.headers(way.world.now) },
      note: { ...answer.note, ...this.#note(way) },
    }));
  }

  #refuseEarly({ request, world }: Way, { faults }: Parts): void {
    const { date, state, over } = this.lifecycle;
    if (over(world.now) && faults.knows("unknownVersion")) {
      const why =
        date !== undefined && state !== "PLANNED"
          ? `is no longer served since ${date}: choose another, or set the clock back with --now`
          : "is planned and not served yet: choose another";
      throw new Refusal("unknownVersion", `The version ${this.contract.version} ${why}`);
    }
    if (this.#options.requireHttps && isPlain(request) && faults.knows("insecureTransport")) {
      throw new Refusal("insecureTransport", "The request came over plain HTTP: use https://", UPGRADE);
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
    const address: Address = (of) => (of === "root" ? rootOf(request, target) : addressOf(request, target, match.route));
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
      return this.#answering.answer({ way, call, caller, head, read }, parts);
    };
    return violations instanceof Promise ? violations.then(go) : go(violations);
  }

  #refuseViolations(violations: Violation[], operation: Operation, read: ReadBody, { request }: Way, { document, heeds }: Parts): void {
    if (violations.length === 0) return;
    const serious = violations.filter(({ where, path: [header = ""] }) => {
      const name = header.toLowerCase();
      return where !== "header" || heeds(name, request.headers[name]);
    });
    if (serious.length === 0) return;
    throw refusalFor(explain(document, schemaOf(document, operation.operation, read.mediaType), serious), {
      headers: request.headers,
      credentials: operation.credentials,
      versioned: this.unknownVersionStatus !== undefined,
    });
  }
}

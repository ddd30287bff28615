/** One contract, answering: route, method, credential, body, call, schema, and only then the documented answer. */
import { callsOf, type Call } from "../scripts/calls.ts";
import { arrayAt, objectAt, stringAt, type Obj } from "../scripts/document.ts";
import { readBody, schemaOf } from "./body.ts";
import { chooseAnswer, chooseCall } from "./choose.ts";
import { checkCredentials, credentialHeaders } from "./credentials.ts";
import { explain } from "./explain.ts";
import { createFaults, faultStatus, limitOf, type Faults } from "./faults.ts";
import { once } from "./once.ts";
import { parsePrefer } from "./prefer.ts";
import { problem } from "./problem.ts";
import { NotOffered, Refusal } from "./refusal.ts";
import { pinOf, type Pin } from "./pin.ts";
import { findCalls, findRoute, routesOf, type Match, type Route } from "./routes.ts";
import { serialise } from "./serialise.ts";
import { serverPaths } from "./servers.ts";
import type { Target } from "./target.ts";
import type { Backend, BackendFactory, Contract, MockAnswer, MockRequest, Note } from "./types.ts";
import { refusalFor } from "./violations.ts";

interface Parts {
  document: Obj;
  routes: Route[];
  /** The server paths of the document itself, as segments. */
  bases: string[][];
  backend: Backend;
  faults: Faults;
  pin: Pin | undefined;
}

/** How far a request came. */
interface Way {
  /** Any call of the operation: until the body names the action, its answers are near enough. */
  near?: Call;
  call?: Call;
}

/** Of the headers the operation documents, those of this call: where a sibling's answer has a body, this one's has no Location. */
function ownHeaders(call: Call, status: string, rendered: Record<string, string>): Record<string, string> {
  const own = new Set(Object.keys(objectAt(call.answers[status]?.response, "headers")).map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(rendered).filter(([name]) => own.has(name.toLowerCase())));
}

export class ContractMock {
  readonly contract: Contract;
  readonly #parts: () => Parts;

  constructor(contract: Contract, createBackend: BackendFactory) {
    this.contract = contract;
    this.#parts = once(() => {
      const document = contract.document;
      const calls = callsOf(document);
      const backend = createBackend(document);
      const faults = createFaults(document, calls, backend);
      const bases = serverPaths(arrayAt(document, "servers"));
      return { document, routes: routesOf(document, calls), bases, backend, faults, pin: pinOf(document, calls) };
    });
  }

  get pin(): Pin | undefined {
    return this.#parts().pin;
  }

  /** Whether a call at this place looks at the header that names the version. */
  takesPin(target: Target): boolean {
    const calls = [...(this.match(target)?.route.calls.values() ?? [])].flat();
    return calls.length === 0 || pinOf(this.contract.document, calls) !== undefined;
  }

  /** The vendor's word for the state of this version: CURRENT, SUPPORTED … */
  get state(): string | undefined {
    return stringAt(objectAt(objectAt(this.contract.document, "info"), "x-lifecycle"), "state");
  }

  get bases(): string[][] {
    return this.#parts().bases;
  }

  get bodyLimit(): number {
    return limitOf(this.contract.document);
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
  async refuse(refusal: Refusal, { segments }: Target, near?: Call): Promise<MockAnswer> {
    const answer = await this.#parts().faults.answer(refusal, near, `/${segments.map(encodeURIComponent).join("/")}`);
    return { ...answer, note: { ...answer.note, contract: this.contract.key } };
  }

  async respond(request: MockRequest, target: Target): Promise<MockAnswer> {
    const way: Way = {};
    const note = (): Note => ({ contract: this.contract.key, ...(way.call && { call: way.call.id }) });
    try {
      const answer = await this.#answer(request, target, way);
      return { ...answer, note: note() };
    } catch (error) {
      if (error instanceof NotOffered) return problem(error.status, error.message, error.extra, note());
      if (!(error instanceof Refusal)) throw error;
      const answer = await this.refuse(error, target, way.call ?? way.near);
      return { ...answer, note: { ...answer.note, ...note() } };
    }
  }

  async #answer(request: MockRequest, target: Target, way: Way): Promise<MockAnswer> {
    const { document, backend, faults } = this.#parts();
    const { headers } = request;
    const match = this.match(target);
    if (!match) throw new Refusal("unknownRoute", target.broken ?? `No call stands at ${target.path}`);
    const calls = findCalls(match.route, request.method);
    const { operation } = calls[0];
    way.near = calls[0];
    checkCredentials(document, operation, { headers, query: target.query });
    const read = readBody(document, operation, request);
    const call = chooseCall(calls, read.body);
    way.call = call;
    const violations = await backend.check(call, { ...read, params: match.params, query: target.query, headers });
    if (violations.length > 0) {
      throw refusalFor(explain(document, schemaOf(document, operation, read.mediaType), violations), {
        headers,
        credentials: credentialHeaders(document, operation),
        versioned: this.unknownVersionStatus !== undefined,
      });
    }
    const preferences = parsePrefer(headers["prefer"]);
    if (typeof preferences === "string") throw new NotOffered(400, preferences);
    const wish = chooseAnswer(call, preferences, headers["accept"], faults.knows("notAcceptable"));
    const rendered = await backend.render(call, wish);
    const status = Number(wish.status);
    if (wish.mediaType === undefined) return { status, headers: ownHeaders(call, wish.status, rendered.headers), body: "" };
    return { status, headers: { ...rendered.headers, "content-type": wish.mediaType }, body: serialise(rendered.body, wish.mediaType) };
  }
}

/**
 * What every call goes through, from a request to an answer: credentials made anew for each attempt, a limit on its time, one more try where the
 * vendor refuses a credential that can be had anew, the hook for versions that end, and retries where repeating is safe.
 */
import { readDeprecation, type Deprecated } from "./deprecation.ts";
import { pauseAfter, policyOf, type RetryOptions } from "./retry.ts";
import { limit, type Limit } from "./timeout.ts";
import type { Credentials, Fetch, Now } from "./types.ts";

/** What the generator knows about a contract. */
export interface ContractInfo {
  api: string;
  version: string;
  /** Server URL with `{variables}`. */
  server: string;
  /** The media type of most answers. */
  accept: string;
  /** What stands for each variable where no option of that name is given. */
  variables: Readonly<Record<string, string>>;
  /** Headers that pin the version, with `{variables}`; one whose variable has no value is not sent. */
  pinned: Readonly<Record<string, string>>;
  /** Headers that carry a credential, in lower case: a request that has one of them already is sent as it is. */
  proof: readonly string[];
  /** Until when versions are promised: `{ "1.2": "2026-08-31" }`. */
  ends: Readonly<Record<string, string>>;
}

/** Options every client takes. */
export interface CommonOptions {
  /** Replaces the vendor's server, e.g. `http://127.0.0.1:4010/huawei-ecs/v1`. */
  baseUrl?: string;
  /** Sent with every request. One that carries a credential already is sent as it is. */
  headers?: Record<string, string>;
  /** Replaces the global `fetch`. */
  fetch?: Fetch;
  /** Milliseconds that one attempt may take, from its credentials to the end of its body; no limit where nothing is said. */
  timeout?: number;
  /** How calls whose repetition is safe are repeated after 429, 502, 503, 504 and failures of the network; `false` for never. */
  retry?: RetryOptions | false;
  /** Called once per client, when an answer or the calendar says that the version is deprecated or over. What it throws, the call throws. */
  onDeprecated?: (deprecated: Deprecated) => void;
  /** The clock that dates and signatures go by, in milliseconds since the epoch; the system's where nothing is given. */
  now?: Now;
}

/** What the calls of one client share. */
export interface Core {
  readonly contract: ContractInfo;
  /** The version that is spoken: `1.2`. */
  readonly version: string;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** Sent with every request; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: Fetch;
  readonly now: Now;
  /** The options themselves are not kept: a client that is printed shows no secret. */
  readonly timeout: number | undefined;
  readonly retry: RetryOptions | false | undefined;
  readonly onDeprecated: ((deprecated: Deprecated) => void) | undefined;
  readonly credentials: Credentials | undefined;
  /** Whether the hook has been called. */
  told?: boolean;
}

/** One call on its way. */
export interface Turn {
  /** Named in messages: `lockServer`. */
  call: string;
  /** Whether sending it twice does no more than sending it once. */
  repeatable: boolean | undefined;
  /** The caller's. */
  signal: AbortSignal | undefined;
  timeout?: number | undefined;
  retry?: RetryOptions | false | undefined;
  /** An address, or a request that was not sent yet: a new one each time it is asked for. */
  input(): string | Request;
  init: RequestInit;
  /** Whether the body is read here, within the time of the attempt; otherwise whoever gets the answer reads it. */
  reads: boolean;
}

export interface Answer {
  response: Response;
  /** The body, where it was read. */
  text: string;
}

/** The global one, looked up at each call: tests and frameworks replace it. */
export const globalFetch: Fetch = (request) => fetch(request);

async function attempt({ contract, credentials, fetch: send }: Core, turn: Turn, limits: Limit, trace: { sent: boolean }): Promise<Answer> {
  const init = limits.signal ? { ...turn.init, signal: limits.signal } : turn.init;
  for (let renewed = false; ; renewed = true) {
    trace.sent = false;
    let ready: Request | undefined;
    let prover: Credentials | undefined;
    // `fetch` makes a request by itself: one is made here only for those who look at it.
    if (credentials || send !== globalFetch) {
      const request = new Request(turn.input(), init);
      prover = contract.proof.some((name) => request.headers.has(name)) ? undefined : credentials;
      ready = prover ? await prover.authorize(request, send) : request;
    }
    // Whoever was told that it took too long must not find it carried out: a `fetch` of the user's own may not look at the signal.
    limits.signal?.throwIfAborted();
    trace.sent = true;
    const response = await (ready ? send(ready) : fetch(turn.input(), init));
    const again = response.status === 401 && !renewed && prover?.refused?.(response, ready);
    // A body that is read to its end gives the connection back.
    const text = turn.reads || again ? await response.text() : "";
    if (!again) return { response, text };
  }
}

function tell(core: Core, response: Response, call: string): void {
  const { contract, onDeprecated, version, told, now } = core;
  const dates = onDeprecated && !told && readDeprecation(response.headers, contract.ends[version], now());
  if (!dates) return;
  core.told = true;
  onDeprecated({ contract: `${contract.api}@${contract.version}`, version, ...dates, response, call });
}

/**
 * @returns the answer, whatever its status
 * @throws what `fetch` throws where the network fails, a DOMException `TimeoutError` that names the call and the limit, the reason of the caller's
 *   signal, and what the credentials and the hook throw
 */
export async function exchange(core: Core, turn: Turn): Promise<Answer> {
  const policy = turn.repeatable ? policyOf(turn.retry ?? core.retry) : undefined;
  for (let sent = 1; ; sent++) {
    turn.signal?.throwIfAborted();
    const limits = limit(turn.timeout ?? core.timeout, turn.signal, turn.call);
    const trace = { sent: false };
    let answer: Answer | undefined;
    let failure: unknown;
    try {
      answer = await limits.race(attempt(core, turn, limits, trace));
      limits[turn.reads ? "done" : "release"]();
    } catch (error) {
      limits.done();
      // What came before the request went out is no fault of the network, and who gave up does not want another try.
      if (!trace.sent || limits.signal?.aborted) throw error;
      failure = error;
    }
    if (answer) tell(core, answer.response, turn.call);
    const pause = policy && pauseAfter(answer?.response, sent, policy, core.now());
    if (pause === undefined) {
      if (answer) return answer;
      throw failure;
    }
    limits.done();
    if (!turn.reads) await answer?.response.body?.cancel();
    await policy?.sleep(pause, turn.signal);
  }
}

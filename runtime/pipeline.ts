/**
 * What every call goes through, from a request to an answer: credentials made anew for each attempt, a limit on its time, one more try where the
 * vendor refuses a credential that can be had anew, the hook for versions that end, and retries where repeating is safe.
 */
import { readDeprecation, type Deprecated } from "./deprecation.ts";
import { pauseAfter, policyOf, type RetryOptions } from "./retry.ts";
import { limit, type Limit } from "./timeout.ts";
import type { Credentials, Fetch, Now } from "./types.ts";

/** What the calls of one client share. */
export interface Core {
  /** `samsung-virtualserver@v1.3` */
  readonly contract: string;
  /** The version that is spoken: `1.2`. */
  readonly version: string;
  /** Until when it is promised: `2026-08-31`. */
  readonly end: string | undefined;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** Sent with every request; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: Fetch;
  readonly credentials: Credentials | undefined;
  /** Headers that prove who sends a request: one that has any of them already is sent as it is. */
  readonly proof: readonly string[];
  readonly timeout: number | undefined;
  readonly retry: RetryOptions | false | undefined;
  readonly onDeprecated: ((deprecated: Deprecated) => void) | undefined;
  readonly now: Now;
  /** Whether the hook has been called. */
  told: boolean;
}

/** One call on its way. */
export interface Turn {
  /** Named in messages: `lockServer`. */
  call: string;
  /** Whether sending it twice does no more than sending it once. */
  repeatable: boolean;
  /** The caller's. */
  signal: AbortSignal | null | undefined;
  timeout?: number | undefined;
  retry?: RetryOptions | false | undefined;
  /** A request that was not sent yet, with the same body each time. */
  request(signal: AbortSignal | undefined): Request;
  /** Whether the body is read here, within the time of the attempt; otherwise whoever gets the answer reads it. */
  reads: boolean;
}

export interface Answer {
  response: Response;
  /** The body, where it was read. */
  text: string;
}

async function attempt(core: Core, turn: Turn, limits: Limit, trace: { sent: boolean }): Promise<Answer> {
  for (let renewed = false; ; renewed = true) {
    trace.sent = false;
    const request = turn.request(limits.signal);
    const credentials = core.proof.some((name) => request.headers.has(name)) ? undefined : core.credentials;
    const ready = credentials ? await credentials.authorize(request, core.fetch) : request;
    trace.sent = true;
    const response = await core.fetch(ready);
    const again = response.status === 401 && !renewed && credentials?.refused?.(response, ready);
    // A body that is read to its end gives the connection back.
    const text = turn.reads || again ? await response.text() : "";
    if (!again) return { response, text };
  }
}

function tell(core: Core, response: Response, call: string): void {
  if (!core.onDeprecated || core.told) return;
  const dates = readDeprecation(response.headers, core.end, core.now());
  if (!dates) return;
  core.told = true;
  core.onDeprecated({ contract: core.contract, version: core.version, ...dates, response, call });
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
      if (turn.reads) limits.done();
      else limits.release();
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
    if (!turn.reads) await answer?.response.body?.cancel();
    await policy?.sleep(pause, turn.signal ?? undefined);
  }
}

/**
 * Waiting for something the vendor does in its own time. A call that changes a server answers "accepted"; whether it happened is found by
 * reading. What comes of it is a value; only a broken network, a mistake and the caller's own signal throw.
 */
import { persist, type Patience, type Try } from "./persist.ts";
import { isPassing } from "./retry.ts";

export type { Patience } from "./persist.ts";

/** What every generated function gives. */
export interface Reading {
  readonly status: number;
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/** The body of the successes among the results of a call. */
export type DataOf<Result extends Reading> = Exclude<Result["data"], undefined>;

/** Reads once: `(init) => showServer(client, { server_id }, init)`. */
export type Read<Result extends Reading> = (init: { signal?: AbortSignal }) => Promise<Result>;

export interface WaitOptions<Result extends Reading = Reading> extends Patience {
  /** Told of every reading, the last included. What it throws, ends the waiting. */
  progress?: (reading: Result, about: { readings: number; elapsed: number }) => void;
}

/** Why something failed, in the vendor's words. */
export interface Failure {
  readonly code?: string;
  readonly message: string;
}

/** What a look at one reading can tell: that it is over, and how. */
export type Verdict<Value> =
  { readonly outcome: "done"; readonly value: Value } | { readonly outcome: "failed"; readonly value: Value; readonly fault?: Failure };

export type WaitOutcome<Value, Result extends Reading = Reading, More = never> =
  | Verdict<Value>
  | More
  /** A reading was refused, and not for the moment only. */
  | { readonly outcome: "refused"; readonly result: Result }
  /** Time is over; `result` is the last reading, where there was one. */
  | { readonly outcome: "deadline"; readonly result: Result | undefined };

/**
 * Reads until a judge has seen enough. A reading that fails with 429, 502, 503 or 504 is as good as none: the wait goes on, as long as its
 * `Retry-After` says. Any other failure that the judge passes over ends it.
 * @param read reads once
 * @param judge says what a result means; undefined where it says nothing yet
 * @param options within ten minutes, the first pause 1 s, each half as long again up to 15 s, a quarter of it by chance, where nothing is said
 * @throws what `read` and `progress` throw, and the reason of `options.signal`
 */
export async function poll<Result extends Reading, Ending>(
  read: Read<Result>,
  judge: (result: Result) => Ending | undefined,
  options: WaitOptions<Result> = {},
): Promise<Ending | Exclude<WaitOutcome<never, Result>, Verdict<never>>> {
  let readings = 0;
  type Seen = { result: Result; ending: Ending | undefined };
  const { value, late } = await persist(async (signal, elapsed): Promise<Try<Seen>> => {
    const result = await read(signal ? { signal } : {});
    options.progress?.(result, { readings: ++readings, elapsed });
    const ending = judge(result);
    const again = ending === undefined && (result.status < 400 || isPassing(result.status));
    return again ? { value: { result, ending }, again, response: result.response } : { value: { result, ending }, again };
  }, options);
  if (late) return { outcome: "deadline", result: value?.result };
  return value.ending ?? { outcome: "refused", result: value.result };
}

/**
 * Waits until what is read has come to a state: `waitForStatus(read, (server) => server.state === "SHUTOFF", { failed: (server) => … })`.
 * @param read reads once
 * @param done whether the body of a reading shows what is waited for
 * @param options as for `poll`, and `failed`: whether a body shows that it will never come
 * @returns `done` and `failed` with the body, `refused` and `deadline` with the result
 * @throws as `poll`
 */
export function waitForStatus<Result extends Reading>(
  read: Read<Result>,
  done: (data: DataOf<Result>) => boolean,
  { failed, ...options }: WaitOptions<Result> & { failed?: (data: DataOf<Result>) => boolean } = {},
): Promise<WaitOutcome<DataOf<Result>, Result>> {
  return poll(
    read,
    ({ data }): Verdict<DataOf<Result>> | undefined => {
      if (data === undefined) return undefined;
      const value = data as DataOf<Result>;
      return done(value) ? { outcome: "done", value } : failed?.(value) ? { outcome: "failed", value } : undefined;
    },
    options,
  );
}

/**
 * Waits until what is read is no longer there: it is answered 404.
 * @returns `done` with the result that said so
 * @throws as `poll`
 */
export const waitUntilGone = <Result extends Reading>(
  read: Read<Result>,
  options: WaitOptions<Result> = {},
): Promise<WaitOutcome<Result, Result>> =>
  poll(read, (result): Verdict<Result> | undefined => (result.status === 404 ? { outcome: "done", value: result } : undefined), options);

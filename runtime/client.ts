/**
 * What every generated client stands on. The only module that knows openapi-fetch, so that it can be replaced without a consumer noticing
 * (docs/decisions/0003-openapi-typescript-behind-a-wall.md). HTTP failures are values; only network and programming mistakes throw.
 */
import type { Client as FetchClient } from "openapi-fetch";
import type { Deprecated } from "./deprecation.ts";
import { exchange, type Core } from "./pipeline.ts";
import type { RetryOptions } from "./retry.ts";
import type { Credentials, Fetch, Now } from "./types.ts";
import { addHeaders } from "./wire.ts";

export type { Deprecated } from "./deprecation.ts";
export type { ActionParameters, BodyParameters, Parameters, Result } from "./result.ts";
export type { RetryOptions } from "./retry.ts";
export { send, type CallInit, type CallSpec } from "./send.ts";

/** What the generator knows about a contract. */
export interface ContractInfo {
  api: string;
  version: string;
  /** Server URL with `{variables}`. */
  server: string;
  /** What stands for each variable where no option of that name is given. */
  variables: Readonly<Record<string, string>>;
  /** Headers that pin the version, with `{variables}`; one whose variable has no value is not sent. */
  pinned: Readonly<Record<string, string>>;
  /** Headers that carry a credential, in lower case. */
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

const METHODS = ["request", "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"] as const;

/** openapi-fetch's methods (`client.GET(path, …)`); a middleware is a `fetch` around another one. */
export type ContractClient<Paths extends object, Kind extends Credentials = Credentials> = Pick<
  FetchClient<Paths>,
  (typeof METHODS)[number]
> & {
  /** Where the client sends to, without a slash at its end. */
  readonly baseUrl: string;
  /** What proves who asks, where the options say it. */
  readonly credentials: Kind | undefined;
  /** For `send`. */
  readonly core: Core;
};

/** A text with `{names}` filled in; undefined where one of them has no value. */
function fill(template: string, values: ReadonlyMap<string, unknown>): string | undefined {
  let whole = true;
  const text = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values.get(name);
    whole &&= value !== undefined;
    return String(value);
  });
  return whole ? text : undefined;
}

/** GET, HEAD, OPTIONS and TRACE change nothing (RFC 9110, 9.2.1). */
const isSafe = (method: string): boolean => /^(GET|HEAD|OPTIONS|TRACE)$/.test(method);

/** The methods of openapi-fetch, which is loaded with the first call of one of them: a program that calls the functions does without it. */
function rawMethods<Paths extends object>(core: Core): Pick<FetchClient<Paths>, (typeof METHODS)[number]> {
  let loaded: Promise<FetchClient<Paths>> | undefined;
  const load = async (): Promise<FetchClient<Paths>> => {
    const { default: createFetchClient } = await import("openapi-fetch");
    return createFetchClient<Paths>({
      baseUrl: core.baseUrl,
      headers: core.headers,
      // `form` is OpenAPI's default; openapi-fetch would send objects as deepObject, `key[group-name]=…`.
      querySerializer: { object: { style: "form", explode: true } },
      fetch: async (request) => {
        const call = `${request.method} ${new URL(request.url).pathname}`;
        const again = (signal: AbortSignal | undefined): Request => new Request(request.clone(), signal && { signal });
        const turn = { call, repeatable: isSafe(request.method), signal: request.signal, reads: false, request: again };
        return (await exchange(core, turn)).response;
      },
    });
  };
  const method =
    (name: (typeof METHODS)[number]) =>
    async (...args: unknown[]): Promise<unknown> =>
      ((await (loaded ??= load()))[name] as (...args: unknown[]) => unknown)(...args);
  return Object.fromEntries(METHODS.map((name) => [name, method(name)])) as Pick<FetchClient<Paths>, (typeof METHODS)[number]>;
}

/**
 * @param contract what the generator knows
 * @param options the user's; an option named like a variable sets it
 * @param makeCredentials makes them of the options, once the base URL is known
 * @throws TypeError when the base URL is not absolute
 */
export function createContractClient<Paths extends object, Kind extends Credentials = Credentials>(
  contract: ContractInfo,
  options: CommonOptions,
  makeCredentials?: (baseUrl: string) => Kind | undefined,
): ContractClient<Paths, Kind> {
  const values = new Map<string, unknown>(Object.entries(contract.variables));
  for (const [name, value] of Object.entries(options)) if (value !== undefined) values.set(name, value);
  const baseUrl = (options.baseUrl ?? fill(contract.server, values) ?? "").replace(/\/+$/, "");
  if (!URL.canParse(baseUrl))
    throw new TypeError(`baseUrl is ${JSON.stringify(baseUrl)}: give an absolute URL such as http://127.0.0.1:4010/${contract.api}.`);
  const pinned = Object.entries(contract.pinned).map(([name, template]) => [name, fill(template, values)]);
  const credentials = makeCredentials?.(baseUrl);
  const version = String(values.get("version") ?? contract.version).replace(/^v/, "");
  const core: Core = {
    contract: `${contract.api}@${contract.version}`,
    version,
    end: contract.ends[version],
    baseUrl,
    headers: addHeaders(addHeaders({}, Object.fromEntries(pinned)), options.headers),
    // Looked up at each call: tests and frameworks replace it.
    fetch: options.fetch ?? ((request) => fetch(request)),
    credentials,
    proof: contract.proof,
    timeout: options.timeout,
    retry: options.retry,
    onDeprecated: options.onDeprecated,
    now: options.now ?? Date.now,
    told: false,
  };
  return { ...rawMethods<Paths>(core), baseUrl, credentials, core };
}

/**
 * What every generated client stands on. The only module that knows openapi-fetch, so that it can be replaced without a consumer noticing
 * (docs/decisions/0003-openapi-typescript-behind-a-wall.md). HTTP failures are values; only network and programming mistakes throw.
 */
import type { Client as FetchClient } from "openapi-fetch";
import { exchange, globalFetch, type CommonOptions, type ContractInfo, type Core } from "./pipeline.ts";
import type { Credentials } from "./types.ts";
import { addHeaders } from "./wire.ts";

export type { Deprecated } from "./deprecation.ts";
export type { CommonOptions, ContractInfo } from "./pipeline.ts";
export type { ActionParameters, BodyParameters, Parameters, Result } from "./result.ts";
export type { RetryOptions } from "./retry.ts";
export { send, type CallInit, type CallSpec } from "./send.ts";

const METHODS = ["request", "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH"] as const;

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

/** A text with `{names}` filled in; one that has no value stays as it is. */
const fill = (template: string, values: Readonly<Record<string, unknown>>): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

/** They change nothing (RFC 9110, 9.2.1). TRACE would not either, but `fetch` refuses it. */
const isSafe = (method: string): boolean => /^(GET|HEAD|OPTIONS)$/.test(method);

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
        const turn = {
          call,
          repeatable: isSafe(request.method),
          signal: request.signal,
          reads: false,
          input: () => request.clone(),
          init: {},
        };
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
  const values: Record<string, unknown> = { ...contract.variables };
  for (const [name, value] of Object.entries(options)) values[name] = value ?? values[name];
  const baseUrl = (options.baseUrl ?? fill(contract.server, values)).replace(/\/+$/, "");
  if (!URL.canParse(baseUrl))
    throw new TypeError(`baseUrl is ${JSON.stringify(baseUrl)}: give an absolute URL such as http://127.0.0.1:4010/${contract.api}.`);
  const pinned = Object.entries(contract.pinned).map(([name, template]) => [name.toLowerCase(), fill(template, values)] as const);
  const credentials = makeCredentials?.(baseUrl);
  const version = String(values["version"] ?? contract.version).replace(/^v/, "");
  const core: Core = {
    contract,
    version,
    baseUrl,
    // A microversion that nobody chose is not sent.
    headers: addHeaders(Object.fromEntries(pinned.filter(([, value]) => !value.includes("{"))), options.headers),
    fetch: options.fetch ?? globalFetch,
    now: options.now ?? Date.now,
    timeout: options.timeout,
    retry: options.retry,
    onDeprecated: options.onDeprecated,
    credentials,
  };
  return { ...rawMethods<Paths>(core), baseUrl, credentials, core };
}

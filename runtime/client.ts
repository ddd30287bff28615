/** What every generated client stands on. HTTP failures are values; only network and programming mistakes throw. */
import type { Client as FetchClient } from "openapi-fetch";
import { globalFetch, type CommonOptions, type ContractInfo, type Core } from "./pipeline.ts";
import type { Raw } from "./raw.ts";
import type { Credentials } from "./types.ts";
import { addHeaders } from "./wire.ts";

export type { Deprecated } from "./deprecation.ts";
export type { CommonOptions, ContractInfo } from "./pipeline.ts";
export type { ActionParameters, BodyParameters, Parameters, Result, Unpinned } from "./result.ts";
export type { RetryOptions } from "./retry.ts";
export { send, type CallInit, type CallSpec } from "./send.ts";

const METHODS = ["request", "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH"] as const;
type Method = (typeof METHODS)[number];

/** openapi-fetch's methods (`client.GET(path, …)`); a middleware is a `fetch` around another one. */
export type ContractClient<Paths extends object, Kind extends Credentials = Credentials> = Pick<FetchClient<Paths>, Method> & {
  /** Where the client sends to, without a slash at its end. */
  readonly baseUrl: string;
  /** What proves who asks, where the options say it. */
  readonly credentials: Kind | undefined;
  /** For `send`. */
  readonly core: Core;
};

/** A text with `{names}` filled in; one that has no value, or an empty one, stays as it is. */
const fill = (template: string, values: Readonly<Record<string, unknown>>): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] || whole));

/** The methods of openapi-fetch, which is loaded with the first call of one of them: a program that calls the functions does without it. */
export function rawMethods<Paths extends object>(core: Core): Pick<FetchClient<Paths>, Method> {
  let loaded: Promise<Raw> | undefined;
  const load = async (): Promise<Raw> => {
    try {
      return (await import("./raw.ts")).createRaw(core);
    } catch (error) {
      // Part of a page may be on its way later.
      loaded = undefined;
      throw error;
    }
  };
  const method =
    (name: Method) =>
    async (...args: unknown[]): Promise<unknown> =>
      (await (loaded ??= load()))(name, args);
  return Object.fromEntries(METHODS.map((name) => [name, method(name)])) as Pick<FetchClient<Paths>, Method>;
}

/**
 * @param contract what the generator knows
 * @param options the user's; an option named like a variable sets it
 * @param makeCredentials makes them of the options, once the base URL is known
 * @throws TypeError when the server has no address that requests can go to
 */
export function createContractClient<Paths extends object, Kind extends Credentials = Credentials>(
  contract: ContractInfo,
  options: CommonOptions,
  makeCredentials?: (baseUrl: string) => Kind | undefined,
): ContractClient<Paths, Kind> {
  const values: Record<string, unknown> = { ...contract.variables };
  for (const [name, value] of Object.entries(options)) values[name] = value ?? values[name];
  const baseUrl = (options.baseUrl ?? fill(contract.server, values)).replace(/\/+$/, "");
  // A user, a query or a fragment would end up in the middle of every address.
  if (!/^https?:\/\/[^?#@{}]+$/i.test(baseUrl) || !URL.canParse(baseUrl))
    throw new TypeError(
      `The server is ${JSON.stringify(baseUrl)}: give what stands in braces, or a baseUrl such as http://127.0.0.1:4010/${contract.api}.`,
    );
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

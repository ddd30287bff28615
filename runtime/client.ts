/**
 * What every generated client stands on. The only module that knows openapi-fetch, so that it can be replaced without a consumer noticing
 * (docs/decisions/0003-openapi-typescript-behind-a-wall.md). HTTP failures are values; only network and programming mistakes throw.
 */
import createFetchClient, { type Client as FetchClient } from "openapi-fetch";

/** What the generator knows about a contract. */
export interface ContractInfo {
  api: string;
  version: string;
  /** Server URL with `{variables}`. */
  server: string;
  variables: Readonly<Record<string, string>>;
  /** Headers that pin the version, sent with every request. */
  pinned: Readonly<Record<string, string>>;
}

/** Options every client takes. */
export interface CommonOptions {
  /** Replaces the vendor's server, e.g. `http://127.0.0.1:4010/huawei-ecs/v1`. */
  baseUrl?: string;
  /** Sent with every request; credentials go here. */
  headers?: Record<string, string>;
  /** Replaces the global `fetch`. */
  fetch?: (request: Request) => Promise<Response>;
}

/** openapi-fetch's client (`client.GET(path, …)`) with the base URL it was made with. */
export type ContractClient<Paths extends object> = FetchClient<Paths> & { readonly baseUrl: string };

/** What one call needs on the wire. Generated. */
export interface CallSpec {
  method: "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace";
  path: string;
  /** The single key of the request body, where one URL takes many bodies. */
  action?: string;
  accept?: string;
  contentType?: string;
  /** Path of the contract's server and of this call's own, where they differ. */
  server?: readonly [from: string, to: string];
}

/** `RequestInit` without what the call decides, e.g. `{ signal }`. */
export type CallInit = Omit<RequestInit, "method" | "body" | "headers"> & { headers?: Record<string, string> };

/** The parameters of a call as the function takes them: path parameters flat, the rest under its place. */
interface LooseParameters {
  [name: string]: unknown;
}

/**
 * @param contract what the generator knows
 * @param options the user's; an option named like a server variable sets it
 * @throws TypeError when the base URL is not absolute
 */
export function createContractClient<Paths extends object>(contract: ContractInfo, options: CommonOptions): ContractClient<Paths> {
  const given = new Map<string, unknown>(Object.entries(options));
  const filled = contract.server.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(given.get(name) ?? contract.variables[name] ?? ""));
  const baseUrl = (options.baseUrl ?? filled).replace(/\/+$/, "");
  if (!URL.canParse(baseUrl))
    throw new TypeError(`baseUrl is ${JSON.stringify(baseUrl)}: give an absolute URL such as http://127.0.0.1:4010/${contract.api}.`);
  const client = createFetchClient<Paths>({
    baseUrl,
    headers: { ...contract.pinned, ...options.headers },
    // `form` is OpenAPI's default; openapi-fetch would send objects as deepObject, `key[group-name]=…`.
    querySerializer: { object: { style: "form", explode: true } },
    ...(options.fetch && { fetch: options.fetch }),
  });
  return Object.assign(client, { baseUrl });
}

/** The subset of openapi-fetch's client that `send` uses, without the path literals. */
interface LooseClient {
  readonly baseUrl: string;
  request(method: string, path: string, init: object): Promise<{ data?: unknown; error?: unknown; response: Response }>;
}

const serializers: Record<string, (body: unknown) => BodyInit> = {
  "application/json": (body) => JSON.stringify(body),
  "application/x-www-form-urlencoded": (body) =>
    new URLSearchParams(Object.entries(Object(body)).map(([name, value]) => [name, String(value)])),
};

function baseFor(client: LooseClient, spec: CallSpec): string {
  const [from, to] = spec.server ?? ["", ""];
  return from !== "" && client.baseUrl.endsWith(from) ? client.baseUrl.slice(0, -from.length) + to : client.baseUrl;
}

/**
 * Send one call. Generated functions call this; their signatures carry the types.
 * @throws TypeError when a path parameter is missing (openapi-fetch would send `%7Bserver_id%7D`)
 */
export async function send<Outcome>(client: object, spec: CallSpec, parameters: object, init: CallInit = {}): Promise<Outcome> {
  const given: LooseParameters = { ...parameters };
  const path: LooseParameters = {};
  for (const [, name = ""] of spec.path.matchAll(/\{(\w+)\}/g)) {
    const value = given[name];
    if (value === undefined || value === null || value === "")
      throw new TypeError(`The path parameter ${name} of ${spec.path} is missing.`);
    path[name] = value;
  }
  const body = spec.action === undefined ? given["body"] : { [spec.action]: given[spec.action] ?? null };
  const loose = client as LooseClient;
  const { data, error, response } = await loose.request(spec.method, spec.path, {
    ...init,
    baseUrl: baseFor(loose, spec),
    params: { path, query: given["query"], header: given["header"] },
    headers: {
      ...(spec.accept && { Accept: spec.accept }),
      ...(body !== undefined && spec.contentType && { "Content-Type": spec.contentType }),
      ...init.headers,
    },
    ...(body !== undefined && { body, bodySerializer: serializers[spec.contentType ?? ""] ?? String }),
    parseAs: spec.accept && !spec.accept.includes("json") ? "text" : "json",
  });
  return { status: response.status, data, error, response } as Outcome;
}

/** The parameters in one place; an empty object where the call has none. */
type Located<Operation, Place extends string> = Operation extends { parameters: infer Parameters }
  ? Place extends keyof Parameters
    ? [NonNullable<Parameters[Place]>] extends [never]
      ? object
      : NonNullable<Parameters[Place]>
    : object
  : object;
type Field<Name extends string, Value> = [keyof Value] extends [never]
  ? object
  : object extends Value
    ? { [Key in Name]?: Value }
    : { [Key in Name]: Value };

type RequestBody<Operation> = Operation extends { requestBody: { content: infer Content } }
  ? { body: Content[keyof Content] }
  : Operation extends { requestBody?: { content: infer Content } }
    ? { body?: Content[keyof Content] }
    : object;
type ActionBody<Action> = { [Key in keyof Action as null extends Action[Key] ? Key : never]?: Action[Key] } & {
  [Key in keyof Action as null extends Action[Key] ? never : Key]: Action[Key];
};

type Everywhere<Operation, Pinned extends string> = Located<Operation, "path"> &
  Field<"query", Located<Operation, "query">> &
  Field<"header", Omit<Located<Operation, "header">, Pinned>>;
/** Where there is nothing to give, nothing is accepted; `object` would take anything. */
type OrNothing<Given> = [keyof Given] extends [never] ? Record<string, never> : unknown;

/** Path parameters flat; `query` and `header` where the call has any; pinned headers are not asked for. */
export type Parameters<Operation, Pinned extends string = never> = Everywhere<Operation, Pinned> & OrNothing<Everywhere<Operation, Pinned>>;
/** `Parameters` and the request body as `body`. */
export type BodyParameters<Operation, Pinned extends string = never> = Everywhere<Operation, Pinned> & RequestBody<Operation>;
/** `Parameters` and the action's value under its wire key. */
export type ActionParameters<Operation, Action, Pinned extends string = never> = Everywhere<Operation, Pinned> & ActionBody<Action>;

type ResponseBody<Operation, Status> = Operation extends { responses: infer Responses }
  ? Status extends keyof Responses
    ? Responses[Status] extends { content: infer Content }
      ? Content[keyof Content]
      : undefined
    : undefined
  : undefined;
type Success<Operation, Status> = Status extends unknown
  ? { status: Status; data: ResponseBody<Operation, Status>; error?: undefined; response: Response }
  : never;
type Empty<Status> = Status extends unknown ? { status: Status; data?: undefined; error?: undefined; response: Response } : never;
type Failure<Operation, Status> = Status extends unknown
  ? { status: Status; data?: undefined; error: ResponseBody<Operation, Status>; response: Response }
  : never;

/**
 * The answer of a call, one member per documented status: `if (result.status === 409) result.error…` narrows.
 * @typeParam Ok statuses with a body, @typeParam Bare successes without one, @typeParam Failed documented errors
 */
export type Result<Operation, Ok, Bare, Failed> = Success<Operation, Ok> | Empty<Bare> | Failure<Operation, Failed>;

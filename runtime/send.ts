/** One call of a contract: from the parameters of its function to a result. */
import { exchange, type Core } from "./pipeline.ts";
import type { RetryOptions } from "./retry.ts";
import { addHeaders, writeBody, writePath, writeQuery } from "./wire.ts";

/** What one call needs on the wire. Generated. */
export interface CallSpec {
  /** The function's name. */
  id: string;
  method: "GET" | "PUT" | "POST" | "DELETE" | "OPTIONS" | "HEAD" | "PATCH";
  path: string;
  /** The single key of the request body, where one URL takes many bodies. */
  action?: string;
  accept?: string;
  contentType?: string;
  /** Path of the contract's server and of this call's own, where they differ. */
  server?: readonly [from: string, to: string];
  /** Whether sending it twice does no more than sending it once. */
  repeatable?: true;
}

/** `RequestInit` without what the call decides, and the limits of this one call. */
export type CallInit = Omit<RequestInit, "method" | "body" | "headers"> & {
  headers?: Record<string, string>;
  /** Instead of the client's. */
  timeout?: number;
  /** Instead of the client's; it makes no call repeatable that is not. */
  retry?: RetryOptions | false;
};

function addressOf({ baseUrl }: Core, { server: [from, to] = ["", ""], path }: CallSpec, given: Readonly<Record<string, unknown>>): string {
  const base = from !== "" && baseUrl.endsWith(from) ? baseUrl.slice(0, -from.length) + to : baseUrl;
  return base + writePath(path, given) + writeQuery(given["query"]);
}

/**
 * @returns the body as a value. Whoever refuses may be a proxy: an error that is no JSON stays text.
 * @throws SyntaxError where a success is no JSON although the call asked for it, with the body's beginning; its `cause` is the response
 */
function valueOf(text: string, { id, accept }: CallSpec, response: Response): unknown {
  const { ok, status } = response;
  if (text === "") return undefined;
  if (ok && accept && !accept.includes("json")) return text;
  try {
    return JSON.parse(text);
  } catch {
    if (!ok) return text;
    throw new SyntaxError(`${id} was answered ${status} with a body that is no JSON: ${text.slice(0, 99)}`, { cause: response });
  }
}

/**
 * Send one call. Generated functions call this; their signatures carry the types.
 * @throws TypeError when a path parameter is missing, and what the pipeline throws
 */
export async function send<Outcome>(
  { core }: { readonly core: Core },
  spec: CallSpec,
  parameters: object,
  { timeout, retry, headers: own, signal, ...init }: CallInit = {},
): Promise<Outcome> {
  const given: Readonly<Record<string, unknown>> = Object(parameters);
  const url = addressOf(core, spec, given);
  const value = spec.action === undefined ? given["body"] : { [spec.action]: given[spec.action] ?? null };
  const body = value === undefined ? null : writeBody(value, spec.contentType);
  const headers: Record<string, string> = { ...core.headers };
  if (spec.accept) headers["accept"] = spec.accept;
  if (body !== null && spec.contentType) headers["content-type"] = spec.contentType;
  addHeaders(addHeaders(headers, given["header"]), own);
  const { response, text } = await exchange(core, {
    call: spec.id,
    repeatable: spec.repeatable,
    signal: signal ?? undefined,
    timeout,
    retry,
    reads: true,
    input: () => url,
    init: { ...init, method: spec.method, headers, body },
  });
  const { status, ok } = response;
  const found = valueOf(text, spec, response);
  return { status, data: ok ? found : undefined, error: ok ? undefined : found, response } as Outcome;
}

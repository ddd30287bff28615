/**
 * openapi-fetch's own methods over our pipeline. The only module that knows openapi-fetch, so that it can be replaced without a consumer noticing
 * (docs/decisions/0003-openapi-typescript-behind-a-wall.md); loaded with the first call of such a method (0011).
 */
import createFetchClient from "openapi-fetch";
import { exchange, type Core } from "./pipeline.ts";
import type { CallInit } from "./send.ts";
import type { Fetch } from "./types.ts";
import { writeBody, writePath } from "./wire.ts";

/** A method by its name: `request` takes the HTTP method first. */
export type Raw = (name: string, args: readonly unknown[]) => Promise<unknown>;

type Loose = Record<string, (...args: unknown[]) => Promise<{ data?: unknown }>>;

/** They change nothing (RFC 9110, 9.2.1). TRACE would not either, but `fetch` refuses it. */
const isSafe = (method: string): boolean => /^(GET|HEAD|OPTIONS)$/.test(method);

/** `fetch` refuses a body with these. */
const hasNoBody = (method: string): boolean => /^(GET|HEAD)$/.test(method);

/** `timeout` and `retry` are those of the functions' last parameter: openapi-fetch's types let any name through. */
interface Init {
  timeout?: CallInit["timeout"] | undefined;
  retry?: CallInit["retry"] | undefined;
  fetch?: unknown;
  params?: { path?: Readonly<Record<string, unknown>> };
  body?: unknown;
  headers?: Headers | Record<string, unknown>;
  parseAs?: string;
  signal?: AbortSignal | null;
}

/** What openapi-fetch makes of a contract whose bodies are no JSON: text stays text, and an object is a form. */
function inXml({ body, headers, ...init }: Init): Init {
  const mediaType = typeof body === "string" ? "application/xml" : "application/x-www-form-urlencoded";
  const own = headers instanceof Headers ? Object.fromEntries(headers) : headers;
  if (body === undefined) return { parseAs: "text", ...init, ...(own && { headers: own }) };
  return { parseAs: "text", ...init, headers: { "Content-Type": mediaType, ...own }, body: writeBody(body, mediaType) };
}

/** The `fetch` of one call, through the pipeline. */
const piped =
  (core: Core, limits: Pick<Init, "timeout" | "retry">, signal: AbortSignal | undefined): Fetch =>
  async (request) => {
    const { method } = request;
    const { response } = await exchange(core, {
      ...limits,
      call: `${method} ${new URL(request.url).pathname}`,
      repeatable: isSafe(method),
      signal,
      reads: false,
      // A request without a body can be sent again as it is.
      input: () => (hasNoBody(method) ? request : request.clone()),
      init: {},
    });
    return response;
  };

/** @param core of the client whose calls these are */
export function createRaw(core: Core): Raw {
  const json = core.contract.accept.includes("json");
  const client = createFetchClient({
    baseUrl: core.baseUrl,
    headers: { accept: core.contract.accept, ...core.headers },
    // `form` is OpenAPI's default; openapi-fetch would send objects as deepObject, `key[group-name]=…`.
    querySerializer: { object: { style: "form", explode: true } },
    ...(!json && { bodySerializer: (body: unknown) => body }),
  }) as unknown as Loose;
  return async (name, args) => {
    const before = name === "request" ? args.slice(0, 1) : [];
    const [path, given] = args.slice(before.length) as [string, Init | undefined];
    const { timeout, retry, ...init } = given ?? {};
    // It would go out unsigned, and past a lease that watches.
    if (init.fetch) throw new TypeError(`${name} ${path} has a fetch of its own: give it to createClient.`);
    // openapi-fetch would send `%7Bserver_id%7D`, or another address altogether.
    writePath(path, Object(init.params?.path));
    return client[name]?.(...before, path, {
      ...(json ? init : inXml(init)),
      fetch: piped(core, { timeout, retry }, init.signal ?? undefined),
    });
  };
}

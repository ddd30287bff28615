/** A client that works while its lock is held: it asks before each call, and looks at what the box says of the lock. */
import { rawMethods } from "./client.ts";
import type { Core } from "./pipeline.ts";
import type { Credentials, Fetch } from "./types.ts";

/** A client of a contract. */
export interface Lockful {
  readonly core: Core;
}

/** What a guarded client asks and tells. */
export interface Sentry {
  /** @throws where the client is not to be used any more */
  assert(): void;
  /** Before a call gets its credentials. */
  before(): Promise<void>;
  /** After it got them, which may have renewed them. */
  settle(): Promise<void>;
  /** No call is under way. */
  quiet(): void;
  /** A call was answered 423. @param authorization the header that it was sent with; null where it had none */
  refused(text: string, authorization: string | null): Promise<void>;
}

export interface Guard<Client> {
  readonly client: Client;
  /** How many calls are under way. */
  running(): number;
}

/**
 * @param client to be guarded; it is not changed and goes on working by itself
 * @param send sends the credentials' own requests
 * @param sentry is asked and told
 */
export function guardClient<Client extends Lockful>(client: Client, send: Fetch, sentry: Sentry): Guard<Client> {
  const { core } = client;
  const { credentials } = core;
  const entered = new WeakSet<Request>();
  let running = 0;
  const leave = (): void => {
    if (--running === 0) sentry.quiet();
  };

  async function authorize(request: Request): Promise<Request> {
    sentry.assert();
    await sentry.before();
    sentry.assert();
    running++;
    try {
      const ready = credentials ? await credentials.authorize(request, send) : request;
      await sentry.settle();
      sentry.assert();
      entered.add(ready);
      return ready;
    } catch (error) {
      leave();
      throw error;
    }
  }
  async function guarded(request: Request): Promise<Response> {
    try {
      sentry.assert();
      const response = await core.fetch(request);
      if (response.status === 423) await sentry.refused(await response.clone().text(), request.headers.get("Authorization"));
      return response;
    } finally {
      if (entered.delete(request)) leave();
    }
  }
  const own: Credentials = { authorize, refused: (response, request) => credentials?.refused?.(response, request) ?? false };
  const guardedCore: Core = { ...core, credentials: own, fetch: guarded };

  const proxy = new Proxy(
    // The methods of openapi-fetch know the core that they were made with.
    { ...client, ...rawMethods(guardedCore) },
    {
      get(target, name, receiver) {
        if (name !== "core") return Reflect.get(target, name, receiver);
        sentry.assert();
        return guardedCore;
      },
    },
  );
  return { client: proxy, running: () => running };
}

/** From a `Request` to a `Response`: what the doors without a socket have in common. */
import { answerWith, limitFor } from "./door.ts";
import type { MockEngine } from "./engine.ts";
import type { MockAnswer, MockRequest } from "./types.ts";

/** How a delay is waited for. The signal is the request's: whoever asked may have gone meanwhile. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

export interface Respond {
  /** Path and query as the engine has them, still percent-encoded; those of the request when absent. */
  url?: string;
  wait?: Wait | undefined;
  /** What there is instead of an answer where a fault breaks the connection: a network error, or a throw. */
  dropped: () => Response;
}

/** RFC 9110: an answer with one of these has no body, and the Response constructor insists. */
const BODILESS = new Set([101, 103, 204, 205, 304]);

const waitFor: Wait = (milliseconds, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  });

/** @throws the reason of the signal, as soon as it is aborted */
async function unlessAborted(signal: AbortSignal, work: Promise<void>): Promise<void> {
  signal.throwIfAborted();
  const settled = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true, signal: settled.signal });
  });
  await Promise.race([work, aborted]).finally(() => settled.abort());
}

async function headOf(request: Request, placed: string | undefined): Promise<MockRequest> {
  const { origin, pathname, search } = new URL(request.url);
  const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
  return {
    method: request.method.toUpperCase(),
    url: placed ?? pathname + search,
    headers: Object.fromEntries(request.headers),
    origin,
    ...(placed !== undefined && { signed: origin + pathname + search }),
    ...(body && { body }),
  };
}

/** @param method of the request, in upper case: an answer to HEAD has no body */
export const responseOf = ({ status, headers, body }: MockAnswer, method: string): Response =>
  new Response(method === "HEAD" || BODILESS.has(status) || body.length === 0 ? null : (body as string | Uint8Array<ArrayBuffer>), {
    status,
    headers,
  });

/** These doors have no log, and a defect of ours must not pass unseen. */
function report({ note }: MockAnswer): void {
  if (note?.reason?.startsWith("defect: ")) console.error(`latch: ${note.reason}`);
}

/**
 * Answers like the vendor.
 * @throws what the signal of the request says, once it is aborted
 */
export async function respondTo(engine: MockEngine, request: Request, { url, wait = waitFor, dropped }: Respond): Promise<Response> {
  request.signal.throwIfAborted();
  const head = await headOf(request, url);
  const limit = limitFor(engine, head);
  if ((head.body?.length ?? 0) > limit) {
    delete head.body;
    head.overLimit = limit;
  }
  const given = await answerWith(engine, head);
  report(given);
  if (given.delay !== undefined && given.delay > 0) await unlessAborted(request.signal, wait(given.delay, request.signal));
  request.signal.throwIfAborted();
  return given.drop ? dropped() : responseOf(given, head.method);
}

/** Cross-origin access for any page, with credentials: this is a mock on a developer's machine, and it holds no secret. */
import type { MockAnswer, MockRequest } from "./types.ts";

/** Headers that a browser shows to a page without being told to. */
const SAFELISTED = new Set(["cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma"]);

interface Shared {
  expose: string | undefined;
  vary: string;
  /** The whole set, for a request that names no origin. */
  open: Record<string, string>;
}

/** What depends on the answer alone: many answers are one object, kept by the renderer. */
const known = new WeakMap<Record<string, string>, Shared>();

function shareOf(headers: Record<string, string>): Shared {
  const found = known.get(headers);
  if (found) return found;
  const exposed = Object.keys(headers).filter((name) => !SAFELISTED.has(name));
  const expose = exposed.length > 0 ? exposed.join(", ") : undefined;
  // `Vary` with Origin in it, beside whatever the contract documents there.
  const vary = headers["vary"] === undefined ? "Origin" : `${headers["vary"]}, Origin`;
  const exposing = expose === undefined ? {} : { "access-control-expose-headers": expose };
  const shared = { expose, vary, open: { ...headers, "access-control-allow-origin": "*", ...exposing, vary } };
  known.set(headers, shared);
  return shared;
}

/** With credentials a browser reads `*` literally, so the origin is echoed and the headers are named. */
export function withCors(request: MockRequest, answer: MockAnswer): MockAnswer {
  const { expose, vary, open } = shareOf(answer.headers);
  const origin = request.headers["origin"];
  if (origin === undefined) {
    // Every answer is an object of its own; what it holds is not.
    answer.headers = open;
    return answer;
  }
  const headers: Record<string, string> = { ...answer.headers };
  headers["access-control-allow-origin"] = origin;
  headers["access-control-allow-credentials"] = "true";
  if (expose !== undefined) headers["access-control-expose-headers"] = expose;
  headers["vary"] = vary;
  return { ...answer, headers };
}

/** Any other OPTIONS asks what is possible, and whoever is asked answers. */
export const isPreflight = ({ method, headers }: MockRequest): boolean =>
  method === "OPTIONS" && headers["access-control-request-method"] !== undefined;

/** The answer to a preflight, whatever the path: what the real request then gets is said by the real request. */
export function preflight({ headers }: MockRequest): MockAnswer {
  const origin = headers["origin"];
  return {
    status: 204,
    headers: {
      ...(origin === undefined
        ? { "access-control-allow-origin": "*" }
        : { "access-control-allow-origin": origin, "access-control-allow-credentials": "true" }),
      "access-control-allow-methods": headers["access-control-request-method"] ?? "GET, HEAD, POST, PUT, PATCH, DELETE",
      "access-control-allow-headers": headers["access-control-request-headers"] ?? "*",
      ...(headers["access-control-request-private-network"] === "true" && { "access-control-allow-private-network": "true" }),
      "access-control-max-age": "600",
      vary: "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
    },
    body: "",
    note: { reason: "preflight" },
  };
}

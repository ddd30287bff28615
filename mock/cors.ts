/** Cross-origin access for any page, with credentials: this is a mock on a developer's machine, and it holds no secret. */
import type { MockAnswer, MockRequest } from "./types.ts";

/** Headers that a browser shows to a page without being told to. */
const SAFELISTED = new Set(["cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma"]);

/** With credentials a browser reads `*` literally, so the origin is echoed and the headers are named. */
function allowOrigin(headers: Record<string, string>): Record<string, string> {
  const origin = headers["origin"];
  if (origin === undefined) return { "access-control-allow-origin": "*" };
  return { "access-control-allow-origin": origin, "access-control-allow-credentials": "true" };
}

/** `Vary` with Origin in it, beside whatever the contract documents there. */
const vary = (answer: MockAnswer): string => [answer.headers["vary"], "Origin"].filter((value) => value !== undefined).join(", ");

export function withCors(request: MockRequest, answer: MockAnswer): MockAnswer {
  const exposed = Object.keys(answer.headers).filter((name) => !SAFELISTED.has(name));
  const expose = exposed.length > 0 ? { "access-control-expose-headers": exposed.join(", ") } : {};
  return { ...answer, headers: { ...answer.headers, ...allowOrigin(request.headers), ...expose, vary: vary(answer) } };
}

/** The answer to OPTIONS, whatever the path: what the real request then gets is said by the real request. */
export function preflight({ headers }: MockRequest): MockAnswer {
  return {
    status: 204,
    headers: {
      ...allowOrigin(headers),
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

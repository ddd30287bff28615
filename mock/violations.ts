/** What a validator found, as one refusal a person can act on. */
import { Refusal } from "./refusal.ts";
import type { Violation } from "./types.ts";

/** A `oneOf` reports every branch; the one that was meant is the one that was followed deepest. */
function deepest(violations: Violation[]): Violation[] {
  // Not Math.max(...): a call takes only so many arguments.
  const depth = violations.reduce((most, { path }) => Math.max(most, path.length), 0);
  return violations.filter(({ path }) => path.length === depth);
}

const NOISE = /must match exactly one schema|must match a schema in|must match "(then|else)" schema/;

function describe(violations: Violation[]): string {
  const body = violations.filter(({ where }) => where === "body");
  const chosen = [...violations.filter(({ where }) => where !== "body"), ...(body.length > 0 ? deepest(body) : [])];
  const messages = [...new Set(chosen.map(({ message }) => message))];
  const telling = messages.filter((message) => !NOISE.test(message));
  return (telling.length > 0 ? telling : messages).slice(0, 3).join("; ");
}

/** A header that names a version and states a number: the number is what does not fit (a microversion out of range, say). */
const isVersion = ({ where, path: [name = ""] }: Violation, headers: Record<string, string>): boolean =>
  where === "header" && /version/i.test(name) && /\d+(\.\d+)+$/.test(headers[name.toLowerCase()] ?? "");

export interface Context {
  /** Of the request. */
  headers: Record<string, string>;
  /** The header names (lower case) that carry credentials. */
  credentials: Set<string>;
  /** Whether the contract says what an unknown version gets. */
  versioned: boolean;
}

/** @param violations at least one */
export function refusalFor(violations: Violation[], { headers, credentials, versioned }: Context): Refusal {
  const inVersion = violations.filter((violation) => isVersion(violation, headers));
  if (versioned && inVersion.length > 0) return new Refusal("unknownVersion", describe(inVersion));
  const inCredential = violations.filter(({ where, path }) => where === "header" && credentials.has((path[0] ?? "").toLowerCase()));
  if (inCredential.length > 0) return new Refusal("invalidCredential", describe(inCredential));
  // An address with an impossible id is an address where nothing is: 404 rather than 400.
  const inPath = violations.filter(({ where }) => where === "path");
  if (inPath.length > 0) return new Refusal("unknownRoute", describe(inPath));
  return new Refusal("invalidRequest", describe(violations));
}

/**
 * Whether a request carries what the contract's security asks for, and in a form that can be a credential at all. What it is worth is
 * not looked at: the mock knows no users. Ours and not Prism's, which takes "missing" and "malformed" for one and refuses `bearer`.
 */
import { arrayAt, isObject, objectAt, resolveObject, stringAt, type Obj } from "../scripts/document.ts";
import { Refusal } from "./refusal.ts";

export interface Presented {
  headers: Record<string, string>;
  query: URLSearchParams;
}

interface Verdict {
  /** What to send, said of a credential that is not there. */
  missing?: string;
  /** What is wrong with one that is. */
  malformed?: string;
}

const TOKEN = /^[\w.~+/-]+=*$/;
/** What a field value may consist of; the rest cannot come from an issuer. */
const VISIBLE = /^[\x20-\x7e]+$/;

function decodeBase64(text: string): string {
  try {
    return atob(text);
  } catch {
    return "";
  }
}

/** `Authorization: <scheme> <credentials>`. */
function checkAuthorization(scheme: string, value: string | undefined): Verdict {
  if (!value) return { missing: `an Authorization header with ${scheme} credentials` };
  const [, given = "", credentials = ""] = /^(\S+)\s*(.*)$/s.exec(value) ?? [];
  if (given.toLowerCase() !== scheme.toLowerCase()) {
    // One word alone may well be the credential itself: it is not repeated.
    const found = credentials === "" ? "has no scheme" : `is "${given}"`;
    return { malformed: `The Authorization header ${found}, this call takes ${scheme}` };
  }
  // Digest and the like carry a list of parameters, not one token.
  const pattern = /^(basic|bearer)$/i.test(scheme) ? TOKEN : VISIBLE;
  if (!pattern.test(credentials)) return { malformed: `The ${scheme} credentials are empty or hold characters that cannot be in them` };
  if (scheme.toLowerCase() === "basic" && !decodeBase64(credentials).includes(":")) {
    return { malformed: "The Basic credentials are not the Base64 of user:password" };
  }
  return {};
}

function checkKey(place: string, name: string, { headers, query }: Presented): Verdict {
  const cookies = (headers["cookie"] ?? "").split(";").map((pair) => pair.trim().split(/=(.*)/s));
  const value =
    place === "header" ? headers[name.toLowerCase()] : place === "query" ? query.get(name) : cookies.find(([key]) => key === name)?.[1];
  if (value === null || value === undefined || value.trim() === "") return { missing: `the ${place} ${name}` };
  return VISIBLE.test(value) ? {} : { malformed: `The ${place} ${name} holds characters that cannot be in a credential` };
}

function checkScheme(scheme: Obj, presented: Presented): Verdict {
  const [type, name] = [stringAt(scheme, "type"), stringAt(scheme, "name") ?? ""];
  if (type === "apiKey") return checkKey(stringAt(scheme, "in") ?? "header", name, presented);
  if (type === "mutualTLS") return {};
  const header = presented.headers["authorization"];
  return checkAuthorization(
    type === "http" ? (stringAt(scheme, "scheme") ?? "Bearer").replace(/^./, (first) => first.toUpperCase()) : "Bearer",
    header,
  );
}

const requirementsOf = (document: Obj, operation: Obj): unknown[] =>
  Array.isArray(operation["security"]) ? operation["security"] : arrayAt(document, "security");

const schemesOf = (document: Obj, requirement: unknown): Obj[] => {
  const all = objectAt(objectAt(document, "components"), "securitySchemes");
  return isObject(requirement) ? Object.keys(requirement).map((name) => resolveObject(document, all[name])) : [];
};

/** The headers (in lower case) that carry credentials of an operation. */
export function credentialHeaders(document: Obj, operation: Obj): Set<string> {
  const schemes = requirementsOf(document, operation).flatMap((requirement) => schemesOf(document, requirement));
  return new Set(
    schemes.map((scheme) => (stringAt(scheme, "in") === "header" ? (stringAt(scheme, "name") ?? "") : "authorization").toLowerCase()),
  );
}

/**
 * @param document the bundle
 * @param operation the operation, whose own `security` replaces the document's
 * @throws Refusal when no alternative is satisfied
 */
export function checkCredentials(document: Obj, operation: Obj, presented: Presented): void {
  const alternatives = requirementsOf(document, operation).map((requirement) =>
    schemesOf(document, requirement).map((scheme) => checkScheme(scheme, presented)),
  );
  const failing = (verdicts: Verdict[]): Verdict[] => verdicts.filter((verdict) => verdict.missing ?? verdict.malformed);
  if (alternatives.length === 0 || alternatives.some((verdicts) => failing(verdicts).length === 0)) return;
  // Speak of the alternative the caller tried: the one of which most was sent.
  const sent = (verdicts: Verdict[]): number => verdicts.filter((verdict) => !verdict.missing).length;
  const tried = alternatives.reduce((best, next) => (sent(next) > sent(best) ? next : best));
  const missing = (verdicts: Verdict[]): string => verdicts.flatMap((verdict) => verdict.missing ?? []).join(", ");
  if (sent(tried) === 0)
    throw new Refusal("missingCredential", `The request carries no credential: send ${alternatives.map(missing).join("; or ")}`);
  const wrong = tried.find((verdict) => verdict.malformed)?.malformed;
  if (wrong !== undefined) throw new Refusal("invalidCredential", wrong);
  throw new Refusal("missingCredential", `The credentials are incomplete: also send ${missing(tried)}`);
}

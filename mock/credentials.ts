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

const FINE: Verdict = {};

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
  return FINE;
}

function checkKey(place: string, name: string, lower: string, { headers, query }: Presented): Verdict {
  const cookie = (): string | undefined =>
    (headers["cookie"] ?? "")
      .split(";")
      .map((pair) => pair.trim().split(/=(.*)/s))
      .find(([key]) => key === name)?.[1];
  const value = place === "header" ? headers[lower] : place === "query" ? query.get(name) : cookie();
  if (value === null || value === undefined || value.trim() === "") return { missing: `the ${place} ${name}` };
  return VISIBLE.test(value) ? FINE : { malformed: `The ${place} ${name} holds characters that cannot be in a credential` };
}

/** A scheme, read once: a request only calls what comes out. */
function compileScheme(scheme: Obj): (presented: Presented) => Verdict {
  const check = schemeCheck(scheme);
  const header = stringAt(scheme, "type") === "apiKey" && stringAt(scheme, "in") === "header";
  const lower = (stringAt(scheme, "name") ?? "").toLowerCase();
  if (!header) return check;
  // A client sends the same credential with every request: it is looked at once.
  let fine: string | undefined;
  return (presented) => {
    const value = presented.headers[lower];
    if (value !== undefined && value === fine) return FINE;
    const verdict = check(presented);
    if (verdict === FINE) fine = value;
    return verdict;
  };
}

function schemeCheck(scheme: Obj): (presented: Presented) => Verdict {
  const [type, name, place] = [stringAt(scheme, "type"), stringAt(scheme, "name") ?? "", stringAt(scheme, "in") ?? "header"];
  const lower = name.toLowerCase();
  if (type === "apiKey") return (presented) => checkKey(place, name, lower, presented);
  if (type === "mutualTLS") return () => FINE;
  const word = type === "http" ? (stringAt(scheme, "scheme") ?? "Bearer").replace(/^./, (first) => first.toUpperCase()) : "Bearer";
  return ({ headers }) => checkAuthorization(word, headers["authorization"]);
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

function satisfied(alternatives: ((presented: Presented) => Verdict)[][], presented: Presented): boolean {
  for (const schemes of alternatives) {
    let fine = true;
    for (const check of schemes) fine &&= check(presented) === FINE;
    if (fine) return true;
  }
  return false;
}

/**
 * @param document the bundle
 * @param operation the operation, whose own `security` replaces the document's
 * @returns a check that says why no alternative is satisfied, or nothing where one is
 */
export function compileCredentials(document: Obj, operation: Obj): (presented: Presented) => Refusal | undefined {
  const alternatives = requirementsOf(document, operation).map((requirement) => schemesOf(document, requirement).map(compileScheme));
  return (presented) => {
    if (alternatives.length === 0 || satisfied(alternatives, presented)) return undefined;
    return explainRefusal(alternatives.map((schemes) => schemes.map((check) => check(presented))));
  };
}

function explainRefusal(alternatives: Verdict[][]): Refusal {
  // Speak of the alternative the caller tried: the one of which most was sent.
  const sent = (verdicts: Verdict[]): number => verdicts.filter((verdict) => !verdict.missing).length;
  const tried = alternatives.reduce((best, next) => (sent(next) > sent(best) ? next : best));
  const missing = (verdicts: Verdict[]): string => verdicts.flatMap((verdict) => verdict.missing ?? []).join(", ");
  if (sent(tried) === 0)
    return new Refusal("missingCredential", `The request carries no credential: send ${alternatives.map(missing).join("; or ")}`);
  const wrong = tried.find((verdict) => verdict.malformed)?.malformed;
  if (wrong !== undefined) return new Refusal("invalidCredential", wrong);
  return new Refusal("missingCredential", `The credentials are incomplete: also send ${missing(tried)}`);
}

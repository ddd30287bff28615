/** From a reference to a function that reads it: no text is taken apart while a request waits. */
import { withMillis, toSecond } from "./duration.ts";
import { memberAt, parseReference, stepsOf, type Reference } from "./references.ts";
import { permits } from "./permits.ts";
import { existingItem, jobStatus, newId, newToken, requestedItem, type Scope } from "./scope.ts";
import type { Asked, Json } from "./types.ts";

export type Read = (scope: Scope) => Json;

/** What a table has names for. */
export interface Names {
  derived: ReadonlyMap<string, Read>;
  requests: ReadonlyMap<string, (asked: Asked) => string>;
  /** Headers, in lower case, that the contract does not look at. */
  ignores: ReadonlySet<string>;
}

/** `Object.hasOwn` first: a path parameter or a field called `constructor` is absent, not a function. */
const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

const isForm = (asked: Asked): boolean => asked.mediaType?.startsWith("application/x-www-form-urlencoded") ?? false;

/** @param steps of a JSON pointer; of a form, its one name @returns undefined where the body has no such member, which may be there as null */
export function memberOf(asked: Asked, steps: string[]): Json | undefined {
  const { body } = asked;
  if (typeof body !== "string") return memberAt(body, steps) as Json | undefined;
  return isForm(asked) && steps.length === 1 ? (new URLSearchParams(body).get(steps[0] ?? "") ?? undefined) : undefined;
}

const CALLER: Record<string, Read> = {
  permitted: ({ caller, permission }) => caller !== undefined && permits(caller, permission),
  admin: ({ caller }) => caller?.admin ?? false,
  project: ({ caller }) => caller?.project ?? null,
  role: ({ caller }) => caller?.role ?? null,
  user: ({ caller }) => caller?.user ?? null,
  token: ({ caller }) => caller?.token ?? null,
  accessKey: ({ caller }) => caller?.accessKey ?? null,
  name: ({ caller }) => caller?.name ?? null,
  expires: ({ caller }) => caller?.expires ?? null,
};

const JOB: Record<string, Read> = {
  status: ({ job, now }) => (job ? jobStatus(job, now) : null),
  id: ({ job }) => job?.id ?? null,
  type: ({ job }) => job?.type ?? null,
  begun: ({ job }) => (job ? withMillis(job.begun) : null),
  ended: ({ job }) => (job?.result ? withMillis(job.ends) : null),
  code: ({ job }) => job?.code ?? null,
  reason: ({ job }) => job?.reason ?? null,
};

const ITEM: Record<string, Read> = {
  exists: (scope) => existingItem(scope) !== undefined,
  known: (scope) => requestedItem(scope)?.known ?? false,
  valid: (scope) => requestedItem(scope)?.valid ?? false,
};

const NEW: Record<string, Read> = {
  id: newId,
  token: newToken,
  expires: ({ now, lifetime }) => (lifetime === undefined ? null : now + lifetime),
};

const NOW: Record<string, Read> = { "": ({ now }) => toSecond(now), millis: ({ now }) => withMillis(now) };

/** Of the request itself: absent is null. */
function readerOfAsked({ kind, name }: Reference, names: Names): ((asked: Asked) => Json) | undefined {
  if (kind === "path") return (asked) => own(asked.path, name) ?? null;
  if (kind === "query") return (asked) => asked.query.get(name);
  if (kind === "header") return names.ignores.has(name) ? () => null : (asked) => own(asked.headers, name) ?? null;
  if (kind === "request") return names.requests.get(name);
  if (kind !== "body" && kind !== "sent") return undefined;
  const steps = stepsOf(name);
  return kind === "body" ? (asked) => memberOf(asked, steps) ?? null : (asked) => memberOf(asked, steps) !== undefined;
}

function readerOfState({ kind, name }: Reference, names: Names): Read | undefined {
  if (kind === "field") return names.derived.get(name) ?? ((scope) => own(scope.fields, name) ?? null);
  if (kind === "exists") return ({ exists }) => exists;
  if (kind === "job") return JOB[name];
  if (kind === "address") return ({ asked }) => asked?.address?.(name === "root" ? "root" : "server") ?? null;
  return kind === "now" ? NOW[name] : undefined;
}

const GROUPS: Partial<Record<Reference["kind"], Record<string, Read>>> = { caller: CALLER, item: ITEM, new: NEW };

/**
 * @param text a reference
 * @throws Error for what is no reference: `scripts/behaviour.ts` has refused it before, so that a table that gets here was made by hand
 */
export function compileReference(text: string, names: Names): Read {
  const reference = parseReference(text);
  const ofState = reference && readerOfState(reference, names);
  if (ofState) return ofState;
  const ofAsked = reference && readerOfAsked(reference, names);
  const read: Read | undefined = ofAsked
    ? ({ asked }) => (asked ? ofAsked(asked) : null)
    : reference && GROUPS[reference.kind]?.[reference.name];
  if (!read) throw new Error(`The table speaks of ${text}, and there is no such reference.`);
  return (scope) => (scope.known === undefined ? read(scope) : (own(scope.known, text) ?? null));
}

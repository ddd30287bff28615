/** Who asks: callers of the seed file, tokens that the API handed out, and anybody else. */
import { prepare, readText } from "./prepare.ts";
import { requestScope } from "./resource.ts";
import type { Aggregate, Asked, Behaviour, Caller, KnownCaller } from "./types.ts";

export interface CallerContext {
  /** Nobody but the callers of the seed file, and tokens that were handed out to them. */
  strict: boolean;
  /** Milliseconds since the epoch. */
  now: number;
  /** Of the seed file, by name. */
  callers: Record<string, KnownCaller>;
  /** Of the seed file: a token to the name of its caller, with or without an end (ISO 8601). */
  tokens: Record<string, string | { caller: string; expires?: string }>;
  /** What the API handed out. */
  issued: Aggregate["tokens"];
}

export interface RefusedCaller {
  refused: "unknown" | "expired";
  /** One sentence without a full stop, and without the credential. */
  reason: string;
}

type Found = Caller | RefusedCaller;

const unknown = (reason: string): RefusedCaller => ({ refused: "unknown", reason });

/** `user:password` of Basic credentials, as UTF-8; undefined where it is none. */
function decodeBasic(text: string): [user: string, password: string] | undefined {
  try {
    const bytes = Uint8Array.from(atob(text.replace(/^basic\s+/i, "").trim()), (character) => character.charCodeAt(0));
    const pair = new TextDecoder().decode(bytes);
    const colon = pair.indexOf(":");
    return colon < 0 ? undefined : [pair.slice(0, colon), pair.slice(colon + 1)];
  } catch {
    return undefined;
  }
}

/** Who nobody knows. */
function anybody(behaviour: Behaviour, asked: Asked, context: CallerContext): Caller {
  const { project: readProject, role: readRole } = prepare(behaviour);
  const scope = requestScope(asked, context.now);
  const [project, role] = [readText(readProject, scope), readText(readRole, scope)];
  const admin = behaviour.caller?.unknown.admin ?? false;
  const caller: Caller = { admin };
  if (project !== undefined) caller.project = project;
  if (role !== undefined) caller.role = role;
  return caller;
}

/** A caller of the seed file; what the file leaves out is as for anybody. */
function somebody(name: string, known: KnownCaller, otherwise: Caller): Caller {
  const { user, accessKey, project, role, admin, policy } = known;
  return {
    ...otherwise,
    name,
    ...(user !== undefined && { user }),
    ...(accessKey !== undefined && { accessKey }),
    ...(project !== undefined && { project }),
    ...(role !== undefined && { role }),
    ...(admin !== undefined && { admin }),
    ...(policy !== undefined && { policy }),
  };
}

function findKnown({ callers }: CallerContext, fits: (known: KnownCaller) => boolean): [string, KnownCaller] | undefined {
  for (const name in callers) {
    const known = Object.hasOwn(callers, name) ? callers[name] : undefined;
    if (known && fits(known)) return [name, known];
  }
  return undefined;
}

function byToken(token: string, otherwise: Caller, context: CallerContext, lifetime: number | undefined): Found {
  const { tokens, issued, callers, now, strict } = context;
  const seeded = Object.hasOwn(tokens, token) ? tokens[token] : undefined;
  if (seeded !== undefined) {
    const { caller: name, expires } = typeof seeded === "string" ? { caller: seeded, expires: undefined } : seeded;
    const known = Object.hasOwn(callers, name) ? callers[name] : undefined;
    if (!known) return unknown(`The token belongs to ${name}, and the seed file has no such caller`);
    const end = expires === undefined ? undefined : Date.parse(expires);
    if (end !== undefined && end <= now) return { refused: "expired", reason: `The token of ${name} has expired` };
    return { ...somebody(name, known, otherwise), token, ...(end !== undefined && { expires: end }) };
  }
  const own = findKnown(context, (known) => known.token === token);
  if (own) return { ...somebody(...own, otherwise), token };
  const given = Object.hasOwn(issued, token) ? issued[token] : undefined;
  if (given && given.expires <= now) return { refused: "expired", reason: "The token has expired: ask for a new one" };
  if (given) return { ...otherwise, ...given.caller, token, expires: given.expires };
  if (strict) return unknown("The token belongs to nobody the mock knows: name it in the seed file");
  // One by one and not spread: this is on the way of every request.
  otherwise.token = token;
  otherwise.provisional = true;
  if (lifetime !== undefined) otherwise.expires = now + lifetime;
  return otherwise;
}

function byAccessKey(accessKey: string, otherwise: Caller, context: CallerContext): Found {
  const known = findKnown(context, (caller) => caller.accessKey === accessKey);
  if (known) return somebody(...known, otherwise);
  if (context.strict) return unknown("The access key belongs to nobody the mock knows: name it in the seed file");
  return { ...otherwise, accessKey };
}

function byPassword(credentials: string, otherwise: Caller, context: CallerContext): Found {
  const [user, password] = decodeBasic(credentials) ?? [];
  if (user === undefined) return unknown("The Basic credentials are not the Base64 of user:password");
  const known = findKnown(context, (caller) => caller.user === user && (caller.password === undefined || caller.password === password));
  if (known) return somebody(...known, otherwise);
  if (findKnown(context, (caller) => caller.user === user)) return unknown(`The password of the user is not the one of the seed file`);
  if (context.strict) return unknown("The user is nobody the mock knows: name it in the seed file");
  return { ...otherwise, user };
}

/**
 * @param asked the request; its call and body are not looked at
 * @returns the caller, or why it is refused; who presents nothing is anybody, because the contract has asked for credentials already
 */
export function identify(behaviour: Behaviour, asked: Asked, context: CallerContext): Found {
  const otherwise = anybody(behaviour, asked, context);
  for (const { is, read } of prepare(behaviour).from) {
    const credential = read(asked);
    if (credential === undefined || credential === "") continue;
    if (is === "token") return byToken(credential, otherwise, context, behaviour.caller?.lifetime);
    return is === "basic" ? byPassword(credential, otherwise, context) : byAccessKey(credential, otherwise, context);
  }
  return otherwise;
}

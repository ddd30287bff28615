/** The callers and tokens of a seed file: a mistake in them would let somebody in, or keep somebody out, without a word. */
import { callsOf } from "../scripts/calls.ts";
import { arrayAt, isObject, stringAt } from "../scripts/document.ts";
import { quoted, refuseUnknown, SeedError } from "./seed-error.ts";
import { fitsGlob } from "./state/permits.ts";
import type { KnownCaller } from "./state/types.ts";
import type { Contract } from "./types.ts";

export type Tokens = Record<string, string | { caller: string; expires?: string }>;

const MEMBERS = ["accessKey", "secret", "user", "password", "project", "role", "admin", "policy", "token"] as const;
/** The roles of OpenStack, and those of the broker's users; a table may speak of others. */
const ROLES = ["admin", "member", "reader", "administrator", "user"];
/** A credential is one word of what a header can hold. */
const WORD = /^[\x21-\x7e]+$/;

function rolesOf(contracts: Contract[]): string[] {
  const told = contracts.flatMap(({ behaviour }) => [
    behaviour?.caller?.unknown.role,
    ...Object.values(behaviour?.calls ?? {}).flatMap(({ permission, rows }) => [
      permission?.role,
      ...rows.flatMap(({ when }) => [when?.["caller.role"]].flat()),
    ]),
  ]);
  return [...new Set([...ROLES, ...told.filter((role) => typeof role === "string")])];
}

/** Those that a call wants, and those that the vendor asks for beside them. */
const permissionsOf = (contracts: Contract[]): string[] =>
  contracts
    .flatMap(({ document }) => callsOf(document))
    .flatMap(({ permissions }) => [stringAt(permissions, "main") ?? [], arrayAt(permissions, "dependent").map(String)].flat());

/** Of a service that no contract speaks of (`iam:*`) nobody can say whether it is one. */
function isPermission(pattern: string, contracts: Contract[]): boolean {
  const known = permissionsOf(contracts);
  const [service = ""] = pattern.split(":");
  const foreign = pattern.includes(":") && !known.some((permission) => permission.startsWith(`${service}:`));
  return foreign || known.some((permission) => fitsGlob(pattern, permission));
}

function checkWord(value: string, path: string[], what: string): void {
  if (!WORD.test(value)) throw new SeedError(path, `${what} is empty, or holds a blank or what no header can`, "write it as one word");
}

/** @returns what the member has to be, where it is not */
function wrongMember(name: string, value: unknown): string | undefined {
  if (name === "admin") return typeof value === "boolean" ? undefined : "true or false";
  if (name !== "policy") return typeof value === "string" ? undefined : "text";
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? undefined : "a list of permissions";
}

function checkCaller(name: string, caller: unknown, contracts: Contract[]): KnownCaller {
  const path = ["callers", name];
  if (!isObject(caller)) throw new SeedError(path, `The caller ${name} is not a map`, `give it ${MEMBERS.join(", ")}, or {}`);
  refuseUnknown(caller, [...MEMBERS], path);
  for (const [member, value] of Object.entries(caller)) {
    const form = wrongMember(member, value);
    const quote = form === "text" ? quoted(value) : undefined;
    if (form !== undefined) throw new SeedError([...path, member], `${[...path, member].join(".")} must be ${form}`, quote);
  }
  const known: KnownCaller = caller;
  const { role, secret, accessKey, token, policy = [] } = known;
  if (role !== undefined && !rolesOf(contracts).includes(role))
    throw new SeedError([...path, "role"], `No call knows the role ${role}`, `choose from ${rolesOf(contracts).join(", ")}`);
  if (secret !== undefined && accessKey === undefined)
    throw new SeedError([...path, "secret"], `The caller ${name} has a secret and no access key`, "add the accessKey that it belongs to");
  for (const [member, word] of Object.entries({ accessKey, token }))
    if (word !== undefined) checkWord(word, [...path, member], [...path, member].join("."));
  const strange = policy.find((pattern) => !isPermission(pattern, contracts));
  if (strange !== undefined)
    throw new SeedError(
      [...path, "policy"],
      `No call knows the permission ${strange}`,
      "write one of x-permissions, or a pattern that fits some",
    );
  return { ...known, name };
}

/** Two callers that present the same would be the first one, always. */
function refuseTwins(callers: [string, KnownCaller][]): void {
  for (const member of ["accessKey", "user", "token"] as const) {
    const owners = new Map<string, string>();
    for (const [name, caller] of callers) {
      const value = caller[member];
      const other = value === undefined ? undefined : owners.get(value);
      if (other !== undefined)
        throw new SeedError(["callers", name, member], `The callers ${other} and ${name} have the same ${member}`, "give each its own");
      if (value !== undefined) owners.set(value, name);
    }
  }
}

/** @throws SeedError */
export function readCallers(entries: [string, unknown][], contracts: Contract[]): Record<string, KnownCaller> {
  const callers = entries.map(([name, caller]): [string, KnownCaller] => [name, checkCaller(name, caller, contracts)]);
  refuseTwins(callers);
  return Object.fromEntries(callers);
}

/** @throws SeedError */
export function readTokens(entries: [string, unknown][], callers: Record<string, KnownCaller>): Tokens {
  const tokens: [string, Tokens[string]][] = entries.map(([token, value]) => {
    const path = ["tokens", token];
    checkWord(token, path, `The token "${token}"`);
    if (isObject(value)) refuseUnknown(value, ["caller", "expires"], path);
    const { caller: owner, expires }: { caller?: unknown; expires?: unknown } = isObject(value) ? value : { caller: value };
    const names = Object.keys(callers);
    if (typeof owner !== "string" || !Object.hasOwn(callers, owner))
      throw new SeedError(
        path,
        `The token ${token} belongs to nobody`,
        names.length > 0 ? `name one of ${names.join(", ")}` : "add its caller to callers",
      );
    const twin = names.find((name) => callers[name]?.token === token && name !== owner);
    if (twin !== undefined) throw new SeedError(path, `The token ${token} is that of ${twin} already`, "give each its own");
    if (expires === undefined) return [token, owner];
    if (typeof expires !== "string" || Number.isNaN(Date.parse(expires)))
      throw new SeedError([...path, "expires"], `tokens.${token}.expires is not a date`, "write one such as 2026-08-01T12:00:00Z");
    return [token, { caller: owner, expires }];
  });
  return Object.fromEntries(tokens);
}

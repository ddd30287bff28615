/** A seed file: named servers, callers and tokens that every world begins with. This module takes it as an object; reading YAML is the door's matter. */
import { isObject } from "../scripts/document.ts";
import type { Behaviour, Fields, Json, KnownCaller } from "./state/types.ts";

/** As it is written (docs/mock.md, "Seed file"). */
export interface SeedInput {
  callers?: Record<string, KnownCaller>;
  /** A token to the name of its caller, or to the caller and the token's end. */
  tokens?: Record<string, string | { caller: string; expires?: string }>;
  servers?: Record<string, { api: string; id?: string } & Record<string, Json>>;
}

/** As the state layer reads it. */
export interface SeedFile {
  callers: Record<string, KnownCaller>;
  tokens: Record<string, string | { caller: string; expires?: string }>;
  /** space → key → fields */
  resources: Record<string, Record<string, Fields>>;
}

export const NO_SEED: SeedFile = { callers: {}, tokens: {}, resources: {} };

const CALLER_MEMBERS = ["accessKey", "secret", "user", "password", "project", "role", "admin", "policy", "token"];

/** Where a seed file is wrong, in a sentence. */
export class SeedError extends Error {
  override name = "SeedError";
  /** The way to the member, for whoever knows lines. */
  readonly path: string[];

  constructor(path: string[], message: string) {
    super(message);
    this.path = path;
  }
}

function refuseUnknown(value: object, known: string[], path: string[]): void {
  for (const name of Object.keys(value))
    if (!known.includes(name))
      throw new SeedError([...path, name], `${path.join(".") || "A seed file"} has no member ${name}: choose from ${known.join(", ")}`);
}

function checkCaller(name: string, caller: unknown): KnownCaller {
  const path = ["callers", name];
  if (!isObject(caller)) throw new SeedError(path, `The caller ${name} is not a map of ${CALLER_MEMBERS.join(", ")}`);
  refuseUnknown(caller, CALLER_MEMBERS, path);
  for (const [member, value] of Object.entries(caller)) {
    const right =
      member === "admin"
        ? typeof value === "boolean"
        : member === "policy"
          ? Array.isArray(value) && value.every((item) => typeof item === "string")
          : typeof value === "string";
    if (!right)
      throw new SeedError(
        [...path, member],
        `callers.${name}.${member} must be ${member === "admin" ? "true or false" : member === "policy" ? "a list of permissions" : "text"}`,
      );
  }
  return { ...caller, name };
}

function fieldsOf(behaviour: Behaviour, name: string, server: Record<string, unknown>): Fields {
  const fields: Fields = {};
  const declared = behaviour.resource?.fields ?? {};
  for (const [field, value] of Object.entries(server)) {
    if (field === "api" || field === "id") continue;
    const spec = declared[field];
    if (!spec)
      throw new SeedError(
        ["servers", name, field],
        `A ${behaviour.resource?.name ?? "resource"} of ${behaviour.api} has no field ${field}: choose from ${Object.keys(declared).join(", ")}`,
      );
    if (spec.values && !spec.values.includes(value as Json))
      throw new SeedError(["servers", name, field], `servers.${name}.${field} is one of ${spec.values.map(String).join(", ")}`);
    fields[field] = value as Json;
  }
  if ("name" in declared && !("name" in fields)) fields["name"] = name;
  return fields;
}

/**
 * @param input the parsed file; unchecked
 * @param behaviours the table of every api that is served, by its name
 * @throws SeedError that says what is wrong where
 */
export function readSeed(input: unknown, behaviours: Map<string, Behaviour>): SeedFile {
  if (!isObject(input)) throw new SeedError([], "A seed file is a map with callers, tokens and servers");
  refuseUnknown(input, ["callers", "tokens", "servers"], []);
  const part = (name: string): [string, unknown][] => {
    const value = input[name] ?? {};
    if (!isObject(value)) throw new SeedError([name], `${name} is not a map`);
    return Object.entries(value);
  };
  const callers = Object.fromEntries(part("callers").map(([name, caller]) => [name, checkCaller(name, caller)]));
  const tokens: SeedFile["tokens"] = {};
  for (const [token, value] of part("tokens")) {
    const owner = isObject(value) ? value["caller"] : value;
    if (typeof owner !== "string" || !Object.hasOwn(callers, owner))
      throw new SeedError(["tokens", token], `The token ${token} belongs to nobody: name one of ${Object.keys(callers).join(", ")}`);
    const expires = isObject(value) ? value["expires"] : undefined;
    if (expires !== undefined && (typeof expires !== "string" || Number.isNaN(Date.parse(expires))))
      throw new SeedError(["tokens", token, "expires"], `tokens.${token}.expires is not a date`);
    tokens[token] = typeof expires === "string" ? { caller: owner, expires } : owner;
  }
  const resources: SeedFile["resources"] = {};
  for (const [name, server] of part("servers")) {
    const api = isObject(server) ? server["api"] : undefined;
    const behaviour = typeof api === "string" ? behaviours.get(api) : undefined;
    if (!isObject(server) || !behaviour?.resource)
      throw new SeedError(["servers", name], `The server ${name} needs an api: choose from ${[...behaviours.keys()].join(", ")}`);
    const id = behaviour.resource.key === undefined ? "" : server["id"];
    if (typeof id !== "string") throw new SeedError(["servers", name], `The server ${name} needs an id`);
    const space = (resources[behaviour.resource.space] ??= {});
    space[id.toLowerCase()] = { ...space[id.toLowerCase()], ...fieldsOf(behaviour, name, server) };
  }
  return { callers, tokens, resources };
}

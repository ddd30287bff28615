/** A seed file: named servers, callers and tokens that every world begins with. This module takes it as an object; reading YAML is the door's matter. */
import { isObject } from "../scripts/document.ts";
import { readCallers, readTokens, type Tokens } from "./seed-callers.ts";
import { refuseUnknown, SeedError } from "./seed-error.ts";
import { readServers } from "./seed-servers.ts";
import type { Fields, Json, KnownCaller } from "./state/types.ts";
import type { Contract } from "./types.ts";

/** As it is written (docs/mock.md, "Seed file"). */
export interface SeedInput {
  callers?: Record<string, KnownCaller>;
  /** A token to the name of its caller, or to the caller and the token's end. */
  tokens?: Tokens;
  servers?: Record<string, { api: string; id?: string } & Record<string, Json>>;
}

/** As the state layer reads it. */
export interface SeedFile {
  callers: Record<string, KnownCaller>;
  tokens: Tokens;
  /** space → key → fields */
  resources: Record<string, Record<string, Fields>>;
}

export const NO_SEED: SeedFile = { callers: {}, tokens: {}, resources: {} };

/**
 * @param input the parsed file; unchecked
 * @param contracts that are served: only their servers, roles and permissions can be named
 * @throws SeedError that says what is wrong where
 */
export function readSeed(input: unknown, contracts: Contract[]): SeedFile {
  if (!isObject(input)) throw new SeedError([], "A seed file is a map with callers, tokens and servers");
  refuseUnknown(input, ["callers", "tokens", "servers"], []);
  const part = (name: string): [string, unknown][] => {
    const value = input[name] ?? {};
    if (!isObject(value)) throw new SeedError([name], `${name} is not a map`);
    return Object.entries(value);
  };
  const callers = readCallers(part("callers"), contracts);
  return { callers, tokens: readTokens(part("tokens"), callers), resources: readServers(part("servers"), contracts) };
}

/** Three small hand-written contracts, and a way to ask the engine over them without a socket. */
import { readFileSync } from "node:fs";
import { createEngine, type EngineOptions, type MockEngine } from "../../mock/engine.ts";
import type { Contract, Note } from "../../mock/types.ts";
import { contractOf } from "./contract.ts";

const fixture = (file: string): string => readFileSync(new URL(`fixtures/${file}.yaml`, import.meta.url), "utf8");

const safe = fixture("safe-v1.0");

export const box = contractOf({ key: "box@v1", api: "box", version: "v1" }, fixture("box-v1"));
export const desk = contractOf({ key: "desk@v1.1", api: "desk", version: "v1.1" }, fixture("desk-v1.1"));
export function safeOf(version: string, state: string): Contract {
  const text = safe.replaceAll("safe 1.0", `safe ${version}`).replace("state: DEPRECATED", `state: ${state}`);
  // The newest version has a call that the others have not.
  const grown = version === "1.2" ? text.replace("/v1/safes/{safe}/lock:", "/v1/safes/{safe}/seal:") : text;
  return contractOf({ key: `safe@v${version}`, api: "safe", version: `v${version}` }, grown);
}
export const safes: Contract[] = ["1.0", "1.1", "1.2"].map((version) => safeOf(version, version === "1.1" ? "CURRENT" : "DEPRECATED"));

export const contracts: Contract[] = [box, ...safes, desk];

/** Before the versions of the safe end. */
export const NOW = "2025-06-01";

export const mockOf = (options: EngineOptions = {}): MockEngine => createEngine(contracts, { now: NOW, ...options });

export interface Asked {
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

export interface Told {
  status: number;
  headers: Record<string, string>;
  text: string;
  /** The body as JSON; undefined where it is none. */
  json: unknown;
  note: Note;
}

const tryJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** One request to an engine; header names in any case. */
export async function ask(mock: MockEngine, line: string, { headers = {}, body }: Asked = {}): Promise<Told> {
  const [method = "", url = ""] = line.split(/ (.*)/s);
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const answer = await mock.respond({ method, url, headers: lower, ...(bytes && { body: bytes }) });
  const text = typeof answer.body === "string" ? answer.body : new TextDecoder().decode(answer.body);
  return { status: answer.status, headers: answer.headers, text, json: tryJson(text), note: answer.note ?? {} };
}

export const TOKEN = { "X-Token": "abc" };
export const JSON_TYPE = { "Content-Type": "application/json" };
export const STAMP = { "Safe-Key": "k", "Safe-Stamp": "1605290625682" };
export const BEARER = { Authorization: "Bearer abc" };

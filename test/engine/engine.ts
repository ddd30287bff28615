/** The engine over the real contracts, with state, a clock that stands where it is told, and requests in few words. */
import { createEngine, type EngineOptions, type MockEngine } from "../../mock/engine.ts";
import { loadContracts } from "../../mock/load.ts";
import { ROOT } from "../../scripts/root.ts";
import { ask, type Told } from "../mock/harness.ts";

export const contracts = await loadContracts(ROOT);

/** Before any of the four Samsung versions ends. */
export const NOW = Date.parse("2025-06-01T08:00:00Z");
export const PROJECT = "74610f3a5ad941998e91f076297ecf27";
export const ID = "89c312bb-285a-4026-a237-d441908c2f9e";

export interface Scene {
  engine: MockEngine;
  /** Moves the source of time on. */
  pass(milliseconds: number): void;
}

export function scene(options: EngineOptions = {}): Scene {
  let now = NOW;
  const engine = createEngine(contracts, { now: () => now, ...options });
  return { engine, pass: (milliseconds) => void (now += milliseconds) };
}

type Headers = Record<string, string>;

/** A native action: `{"lock":null}`. */
export const act = (engine: MockEngine, body: unknown, headers: Headers = {}, id = ID): Promise<Told> =>
  ask(engine, `POST /huawei-ecs-native/v2.1/${PROJECT}/servers/${id}/action`, {
    headers: { "X-Auth-Token": "t", "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

export const show = (engine: MockEngine, headers: Headers = {}, id = ID): Promise<Told> =>
  ask(engine, `GET /huawei-ecs-native/v2.1/${PROJECT}/servers/${id}`, {
    headers: { "X-Auth-Token": "t", "OpenStack-API-Version": "compute 2.9", ...headers },
  });

export const SCP: Headers = {
  "Scp-Accesskey": "2sd2gg=2agbdSD26svcD",
  "Scp-Signature": "CtWjfUOucADSgMHFyM8bE7VApd9kMncClpL02I4q1jM=",
  "Scp-Timestamp": "1605290625682",
  "Scp-ClientType": "Openapi",
};

export const scp = (engine: MockEngine, line: string, headers: Headers = {}): Promise<Told> =>
  ask(engine, line.replace(" /", " /samsung-virtualserver/"), { headers: { ...SCP, ...headers } });

export const ecb = (engine: MockEngine, line: string, headers: Headers = {}, body?: string): Promise<Told> =>
  ask(engine, line.replace(" /", " /oracle-ecb/rest/v1.1/"), { headers, ...(body !== undefined && { body }) });

export const bearer = (token: string): Headers => ({ Authorization: `Bearer ${token}` });

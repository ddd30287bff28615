/** A control API over a store of its own, with a clock that the test moves, and a witness who checks every answer against the document. */
import { expect } from "vitest";
import type { Source } from "../../mock/clock.ts";
import { createControl, type Control } from "../../mock/control/handler.ts";
import { findControlRoute } from "../../mock/control/routes.ts";
import { NO_SEED, type SeedFile } from "../../mock/seed-file.ts";
import { firstTouch } from "../../mock/state/first.ts";
import type { Aggregate } from "../../mock/state/types.ts";
import { createMemoryStore } from "../../mock/store/memory.ts";
import type { Store } from "../../mock/store/types.ts";
import { parseTarget } from "../../mock/target.ts";
import type { Contract, MockAnswer } from "../../mock/types.ts";
import { createWorlds, type Worlds } from "../../mock/worlds.ts";
import type { Call } from "../../scripts/calls.ts";
import { answerSchema, findings, operations, PROBLEM } from "./schemas.ts";
import { contracts } from "./tables.ts";

export const NOON = Date.parse("2026-08-01T12:00:00Z");

export interface RoomOptions {
  store?: Store;
  contracts?: Contract[];
  header?: string;
  closing?: () => boolean;
  seed?: SeedFile;
  strict?: boolean;
}

export interface Told {
  status: number;
  headers: Record<string, string>;
  text: string;
  /** Undefined where there is no body. */
  json: unknown;
  /** `detail` of a problem. */
  detail: string;
}

export interface Asking {
  world?: string;
  headers?: Record<string, string>;
}

export interface Room {
  control: Control;
  worlds: Worlds;
  store: Store;
  /** What the server's clock shows, in milliseconds. */
  time: { now: number };
  /** `PUT /_latch/clock`, with the leading `/_latch` left out; a body that is no text is sent as JSON. */
  ask(line: string, body?: unknown, asking?: Asking): Promise<Told>;
}

/** What was answered, as `showClock 200`, with how often. */
export const witnessed = new Map<string, number>();

function callOf(method: string, url: string): Call | undefined {
  const found = findControlRoute(parseTarget(url).segments);
  return found && operations.get(`${method === "HEAD" ? "GET" : method} ${found.route.template}`);
}

/** Whatever is answered is documented: its status at the operation, its body by the schema. */
function witness(method: string, url: string, { status, headers, body }: MockAnswer, json: unknown): void {
  const call = callOf(method, url);
  const type = headers["content-type"];
  const general = status === 404 || status === 405 || (status === 400 && !call);
  const documented = call ? answerSchema(call, status) : undefined;
  if (call && String(status) in call.answers) {
    const name = `${call.id} ${status}`;
    witnessed.set(name, (witnessed.get(name) ?? 0) + 1);
    if (!documented) return expect({ name, body, type }).toEqual({ name, body: "", type: undefined });
    expect({ name, type, findings: findings(documented.schema, json) }).toEqual({ name, type: documented.mediaType, findings: [] });
  } else if (method === "OPTIONS" && status === 204) {
    expect(body).toBe("");
  } else {
    expect(general, `${method} ${url} is answered with ${status}, which is not documented: ${String(body)}`).toBe(true);
    expect({ type, findings: findings(PROBLEM, json) }).toEqual({ type: "application/problem+json", findings: [] });
  }
}

const encode = (body: unknown): Uint8Array =>
  body instanceof Uint8Array ? body : new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body));

export function openRoom(options: RoomOptions = {}): Room {
  const { store = createMemoryStore(), header = "X-Latch-World", seed = NO_SEED, strict = false, closing = () => false } = options;
  const served = options.contracts ?? contracts;
  const time = { now: NOON };
  const source: Source = () => time.now;
  const worlds = createWorlds(store, source, header.toLowerCase(), "latch");
  const initial = (space: string, id: string): Aggregate | undefined => {
    const behaviour = served.map((contract) => contract.behaviour).find((table) => table?.resource?.space === space);
    return behaviour && firstTouch(behaviour, id, seed.resources[space]?.[id], strict);
  };
  const control = createControl({
    contracts: served,
    worlds,
    source,
    header,
    version: "1.2.3",
    initial,
    closing,
  });

  async function ask(line: string, body?: unknown, { world, headers = {} }: Asking = {}): Promise<Told> {
    const [method = "", path = ""] = line.split(/ (.*)/s);
    const url = path.startsWith("/_latch") || !path.startsWith("/") ? path : `/_latch${path}`;
    const bytes = body === undefined ? undefined : encode(body);
    const answer = await control.respond({
      method,
      url,
      headers: {
        ...(world !== undefined && { [header.toLowerCase()]: world }),
        ...(bytes && { "content-type": "application/json" }),
        ...headers,
      },
      ...(bytes && { body: bytes }),
    });
    const text = typeof answer.body === "string" ? answer.body : new TextDecoder().decode(answer.body);
    const json: unknown = text === "" ? undefined : JSON.parse(text);
    witness(method, url, answer, json);
    const detail = typeof json === "object" && json !== null && "detail" in json ? String(json.detail) : "";
    return { status: answer.status, headers: answer.headers, text, json, detail };
  }

  return { control, worlds, store, time, ask };
}

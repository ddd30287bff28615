/** What the tests of waiting read: a server of the mock, or answers that are given. */
import * as samsung from "../../generated/samsung-virtualserver/v1.3/client.ts";
import scp from "../../generated/samsung-virtualserver/v1.3/mock.js";
import type { Reading } from "../../runtime/wait.ts";
import { NOON, VirtualClock } from "./clock.ts";
import { mockOf } from "./world.ts";

export const SERVER = { server_id: "89c312bb-285a-4026-a237-d441908c2f9e" };
export const PLACE = { project_id: "74610f3a5ad941998e91f076297ecf27", ...SERVER };

export function startSamsung() {
  const clock = new VirtualClock();
  const world = mockOf(scp, clock)();
  const headers = { "Scp-Accesskey": "KEY", "Scp-Signature": "EXAMPLE", "Scp-Timestamp": String(NOON), "Scp-ClientType": "Openapi" };
  const client = samsung.createClient({ fetch: world.fetch, headers, retry: false, now: clock.now });
  const read = (init: { signal?: AbortSignal }) => samsung.showServer(client, SERVER, init);
  return { clock, world, client, read, patience: { now: clock.now, sleep: clock.sleep, random: () => 0 } };
}

/** Answers one after the other, the last one for ever. */
export function answers(...list: (number | [status: number, headers: Record<string, string>] | object)[]) {
  const left = [...list];
  const asked: number[] = [];
  const clock = new VirtualClock();
  const read = async (): Promise<Reading> => {
    asked.push(clock.now() - NOON);
    const next = left.length > 1 ? left.shift() : left[0];
    const [status, headers] = Array.isArray(next) ? next : [typeof next === "number" ? next : 200, {}];
    const response = new Response(null, { status, headers });
    return typeof next === "object" && !Array.isArray(next) ? { status, data: next, response } : { status, error: {}, response };
  };
  return { clock, read, asked, patience: { now: clock.now, sleep: clock.sleep, random: () => 0 } };
}

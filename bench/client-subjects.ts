/** Who takes part: raw `fetch`, openapi-fetch alone, latch, ky and axios, each reading one server and parsing the answer. */
import createFetchClient from "openapi-fetch";
import { createClient, showServer, type ClientOptions } from "../generated/samsung-virtualserver/v1.3/client.ts";
import type { paths } from "../generated/samsung-virtualserver/v1.3/types.ts";
import { otherClients, type Peer } from "./peers/clients.ts";

export const SERVER_ID = "2a9be312-5d4b-4bc8-b2ae-35100fa9241f";
export const PATH = `/v1/servers/${SERVER_ID}`;
const TEMPLATE = "/v1/servers/{server_id}";
/** Milliseconds; nothing is ever so late. */
const LIMIT = 10_000;
const HEADERS = { accept: "application/json", "scp-api-version": "virtualserver 1.3" };
const path = { server_id: SERVER_ID };

export interface Group {
  title: string;
  /** The first is what the others are compared with. */
  subjects: Peer[];
}

const raw = (url: string, init: () => RequestInit) => async (): Promise<unknown> => (await fetch(url, init())).json();
const latch = (base: string, options: ClientOptions): (() => Promise<unknown>) => {
  const client = createClient({ baseUrl: base, ...options });
  return async () => (await showServer(client, path)).data;
};

/** @param base `http://127.0.0.1:4010` */
export async function groupsOf(base: string): Promise<Group[]> {
  const url = base + PATH;
  const openapi = createFetchClient<paths>({ baseUrl: base, headers: HEADERS });
  const client = createClient({ baseUrl: base });
  const keys = { accessKey: "EXAMPLE-KEY", secretKey: "not-a-real-secret" };
  return [
    {
      title: "one call",
      subjects: [
        { name: "raw fetch", call: raw(url, () => ({ headers: HEADERS })) },
        { name: "latch: showServer", call: latch(base, {}) },
        { name: "latch: client.GET", call: async () => (await client.GET(TEMPLATE, { params: { path } })).data },
        { name: "openapi-fetch alone", call: async () => (await openapi.GET(TEMPLATE, { params: { path } })).data },
        ...(await otherClients(url, HEADERS, undefined)),
      ],
    },
    {
      title: "one call with a limit on its time",
      subjects: [
        { name: "raw fetch, AbortSignal.timeout", call: raw(url, () => ({ headers: HEADERS, signal: AbortSignal.timeout(LIMIT) })) },
        { name: "latch: timeout", call: latch(base, { timeout: LIMIT }) },
        ...(await otherClients(url, HEADERS, LIMIT)),
        // The price of the signature itself: nobody else here signs.
        { name: "latch: timeout, signed", call: latch(base, { timeout: LIMIT, ...keys }) },
      ],
    },
  ];
}

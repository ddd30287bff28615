/** The doors of Node, through each of which the same transitions go: HTTP over a socket, a function, and Mock Service Worker. */
import { http as handle } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, describe } from "vitest";
import { createMock, type FetchMock } from "../../mock/fetch.ts";
import { createMockServer, type Listening } from "../../mock/http.ts";
import { loadContracts } from "../../mock/load.ts";
import { mockHandlers } from "../../mock/msw.ts";
import type { Contract } from "../../mock/types.ts";
import { ROOT } from "../../scripts/root.ts";
import { overFetch, playAll, type Send } from "./play.ts";

let contracts: Contract[];
beforeAll(async () => void (contracts = await loadContracts(ROOT)));

describe("HTTP", () => {
  let server: Listening;
  beforeAll(async () => void (server = await createMockServer({ contracts }).listen()));
  afterAll(() => server.close());
  playAll((): Send => overFetch(server.url, fetch));
});

describe("a function", () => {
  let mock: FetchMock;
  beforeAll(() => void (mock = createMock(contracts)));
  playAll((): Send => overFetch("http://mock.example.com", mock));
});

describe("msw in Node", () => {
  const BASE = "http://mock.example.com/below";
  const server = setupServer();
  beforeAll(() => {
    // What no handler takes would go to the network.
    server.resetHandlers(
      ...mockHandlers(contracts, { baseUrl: BASE }),
      handle.all(/.*/, () => Response.error()),
    );
    server.listen({ onUnhandledFrame: "error" });
  });
  afterAll(() => server.close());
  playAll((): Send => overFetch(BASE, fetch));
});

/** Requests and their answers on node's door, a turn of the event loop at a time. */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
// By name: a test that fakes the global timers must not stop the server.
import { setImmediate } from "node:timers";
import { withCors } from "./cors.ts";
import { answerWith, limitFor } from "./door.ts";
import type { MockEngine } from "./engine.ts";
import { hasBody, headOf, hostFault, readBytes } from "./incoming.ts";
import { logLine } from "./log.ts";
import { send, sendEarly } from "./outgoing.ts";
import { problem } from "./problem.ts";
import type { Maybe } from "./store/types.ts";
import type { MockAnswer, MockRequest } from "./types.ts";

export interface ExchangeOptions {
  engine: MockEngine;
  /** Answers what belongs to no contract. */
  elsewhere: (request: MockRequest) => Maybe<MockAnswer>;
  /** Gets one line per request. */
  log: ((line: string) => void) | undefined;
  logFormat: "pretty" | "json";
}

/** A request that has been read, as far as it will be. */
interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  server: Server;
  head: MockRequest;
  /** Whether all of the body is here; the rest of one that is too large is still on its way. */
  whole: boolean;
  /** When it began, where there is a log. */
  start: number;
  answer: MockAnswer | undefined;
}

/**
 * What arrives in one turn of the event loop is answered at its end, first decided and then sent, each for all: the processor then keeps
 * the code of one step at hand for the next request, which under load is worth more than anything the steps could save themselves
 * (docs/decisions/0012). A request that comes alone does not wait: its turn ends at once.
 */
export function createExchanges({ engine, elsewhere, log, logFormat }: ExchangeOptions) {
  let arrived: Exchange[] = [];

  function finish({ request, response, server, head, whole, start }: Exchange, answer: MockAnswer): void {
    log?.(logLine(logFormat, head, answer, performance.now() - start, new Date()));
    if (answer.drop) {
      request.socket.destroy();
      return;
    }
    // While the server closes, a connection that stays open for a next request would hold it up.
    if (!server.listening) response.shouldKeepAlive = false;
    if (whole) send(response, answer, head.method === "HEAD");
    else sendEarly(request, response, answer);
  }

  /** Whoever breaks its own answer must not take those of the others with it, and a throw in a timer would take the process. */
  function finishAlone(exchange: Exchange, answer: MockAnswer): void {
    try {
      finish(exchange, answer);
    } catch {
      exchange.response.destroy();
    }
  }

  function give(exchange: Exchange, answer: MockAnswer): void {
    if (answer.delay === undefined || answer.delay <= 0) finishAlone(exchange, answer);
    else setTimeout(finishAlone, answer.delay, exchange, answer);
  }

  function decide(exchange: Exchange): void {
    if (exchange.answer) return;
    const answer = answerWith(engine, exchange.head, elsewhere);
    if (answer instanceof Promise) answer.then((made) => give(exchange, made)).catch(() => exchange.response.destroy());
    else exchange.answer = answer;
  }

  function endTurn(): void {
    const turn = arrived;
    arrived = [];
    for (const exchange of turn) decide(exchange);
    for (const exchange of turn) if (exchange.answer) give(exchange, exchange.answer);
  }

  function queue(exchange: Exchange): void {
    if (arrived.push(exchange) === 1) setImmediate(endTurn);
  }

  return (request: IncomingMessage, response: ServerResponse, server: Server): void => {
    const head = headOf(request, "http");
    const start = log === undefined ? 0 : performance.now();
    const fault = hostFault(request);
    const answer = fault === undefined ? undefined : withCors(head, problem(400, fault));
    const exchange: Exchange = { request, response, server, head, whole: true, start, answer };
    if (!hasBody(head)) {
      queue(exchange);
      return;
    }
    const limit = limitFor(engine, head);
    const waits = head.headers["expect"] === "100-continue";
    if (waits && Number(head.headers["content-length"] ?? 0) <= limit) response.writeContinue();
    readBytes(request, limit, (body) => {
      if (body) head.body = body;
      else head.overLimit = limit;
      exchange.whole = body !== undefined;
      queue(exchange);
    });
  };
}

/** From our answer to node's. */
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { problem } from "./problem.ts";
import type { MockAnswer } from "./types.ts";

/** How much of a refused body is read and thrown away, and for how long, before the connection is cut. */
const DRAIN_BYTES = 64 * 1024 * 1024;
const DRAIN_MS = 5000;

/** Names and values in turn, as node writes them fastest, by the headers: the renderer keeps those of answers that say the same. */
const flattened = new WeakMap<Record<string, string>, { bare: string[]; empty: string[] }>();

function flat(headers: Record<string, string>): { bare: string[]; empty: string[] } {
  const known = flattened.get(headers);
  if (known) return known;
  const bare = Object.entries(headers).flat();
  const made = { bare, empty: [...bare, "content-length", "0"] };
  flattened.set(headers, made);
  return made;
}

/** 204 and 304 have no body by definition, so they state no length either. */
function sized(status: number, headers: Record<string, string>, length: number): string[] {
  const { bare, empty } = flat(headers);
  if (status === 204 || status === 304) return bare;
  return length > 0 ? [...bare, "content-length", String(length)] : empty;
}

/** @param head the request was HEAD: its answer says how long the body would be */
export function send(response: ServerResponse, { status, headers, body }: MockAnswer, head: boolean): void {
  const length = typeof body === "string" ? Buffer.byteLength(body) : body.length;
  response.writeHead(status, sized(status, headers, length));
  if (head || length === 0) response.end();
  else response.end(body);
}

/**
 * Answers while the client is still sending. Closing at once would reset the connection and take the answer with it, so the answer goes
 * out whole, and what still arrives is thrown away for a while.
 */
export function sendEarly(request: IncomingMessage, response: ServerResponse, answer: MockAnswer): void {
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, [...sized(answer.status, answer.headers, body.length), "connection", "close"]);
  response.write(body);
  let drained = 0;
  const finish = (): void => {
    clearTimeout(timer);
    request.off("data", count);
    response.end();
  };
  const count = (chunk: Buffer): void => {
    drained += chunk.length;
    if (drained > DRAIN_BYTES) finish();
  };
  const timer = setTimeout(finish, DRAIN_MS);
  // Nothing more comes when it has all arrived meanwhile, or when the client waits to be told to go on (Expect: 100-continue).
  if (request.complete || request.destroyed || request.headers.expect !== undefined) finish();
  else request.on("data", count).once("end", finish).once("close", finish).resume();
}

const PARSE_FAILURES: Record<string, [number, string]> = {
  HPE_HEADER_OVERFLOW: [431, "The request line and headers are larger than the 16 KiB the server reads"],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "The request did not arrive in time"],
};

/** What cannot be parsed as HTTP has no request object: the answer is written by hand. */
export function refuseUnparsable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, reason] = PARSE_FAILURES[error.code ?? ""] ?? [400, "The bytes are not an HTTP request"];
  const { body } = problem(status, reason);
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\nContent-Type: application/problem+json\r\nAccess-Control-Allow-Origin: *\r\n`;
  socket.end(`${head}Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${String(body)}`);
}

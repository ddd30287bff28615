/** HTTP/1.1 as the load generator speaks it: requests as finished bytes, and a reader of answers that does no more than it must. */
import { connect } from "node:net";

export interface Answer {
  status: number;
  /** Status line and headers, in lower case. */
  head: string;
  body: Buffer;
  /** The server ends the connection after this answer. */
  closes: boolean;
}

/** Length of a chunked body with its framing, or undefined while it is not all there. @param from where the first chunk begins */
function chunks(bytes: Buffer, from: number): { end: number; body: Buffer } | undefined {
  const parts: Buffer[] = [];
  for (let at = from; ;) {
    const line = bytes.indexOf("\r\n", at);
    if (line < 0) return undefined;
    const size = Number.parseInt(bytes.toString("latin1", at, line), 16);
    if (Number.isNaN(size)) throw new Error("A chunk has no length.");
    const next = line + 2 + size + 2;
    if (bytes.length < next) return undefined;
    if (size === 0) return { end: next, body: Buffer.concat(parts) };
    parts.push(bytes.subarray(line + 2, line + 2 + size));
    at = next;
  }
}

/** Puts the pieces of a connection together to answers, one at a time: there is no pipelining. */
export class AnswerReader {
  #bytes: Buffer | undefined;

  /**
   * @param chunk what arrived
   * @returns the answer, once it is whole
   * @throws Error when it is not HTTP, has no length, or goes on behind its end
   */
  feed(chunk: Buffer): Answer | undefined {
    const bytes = this.#bytes ? Buffer.concat([this.#bytes, chunk]) : chunk;
    this.#bytes = bytes;
    const blank = bytes.indexOf("\r\n\r\n");
    if (blank < 0) return undefined;
    const head = bytes.toString("latin1", 0, blank).toLowerCase();
    const status = Number(head.slice(9, 12));
    const start = blank + 4;
    const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1];
    const chunked = length === undefined && head.includes("\r\ntransfer-encoding: chunked");
    if (length === undefined && !chunked && status !== 204 && status !== 304) throw new Error(`An answer without a length:\n${head}`);
    const end = start + Number(length ?? 0);
    if (bytes.length < end) return undefined;
    const whole = chunked ? chunks(bytes, start) : { end, body: bytes.subarray(start, end) };
    if (whole === undefined) return undefined;
    if (bytes.length > whole.end) throw new Error(`More than one answer to a request:\n${bytes.toString("latin1", whole.end)}`);
    this.#bytes = undefined;
    return { status, head, body: whole.body, closes: head.includes("\r\nconnection: close") };
  }
}

/** How long one request alone may take: a first answer may have validators to compile. */
const PATIENCE_MS = 30_000;

/** One request on a connection of its own. @param request the whole of it, headers and body @throws Error when nothing answers */
export function ask(port: number, request: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const reader = new AnswerReader();
    const socket = connect(port, "127.0.0.1", () => socket.write(request, "latin1"));
    socket.on("data", (chunk: Buffer) => {
      try {
        const answer = reader.feed(chunk);
        if (answer === undefined) return;
        resolve(answer);
      } catch (error) {
        reject(error);
      }
      socket.destroy();
    });
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error(`Nothing was answered in ${PATIENCE_MS / 1000} seconds.`)));
    socket.on("error", reject).on("close", () => reject(new Error("The connection was closed without an answer.")));
  });
}

/** From node's request to ours. */
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { MockRequest } from "./types.ts";

/** The request line and the headers; the body comes later, if at all. */
export function headOf(request: IncomingMessage, scheme: string): MockRequest {
  return new Head(request, scheme);
}

class Head implements MockRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  body?: Uint8Array;
  overLimit?: number;
  readonly #scheme: string;

  constructor({ method = "GET", url = "/", headers }: IncomingMessage, scheme: string) {
    // The parser takes no method but those it knows, in upper case.
    this.method = method;
    this.url = url;
    this.headers = textsOf(headers);
    this.#scheme = scheme;
  }

  /** Few ask for it. */
  get origin(): string {
    return `${this.#scheme}://${this.headers["host"] ?? ""}`;
  }
}

/** Node joins all repeated headers itself but `set-cookie`, which no request has: then its object is taken as it is. */
function textsOf(given: IncomingHttpHeaders): Record<string, string> {
  const lists = given["set-cookie"];
  return lists === undefined ? (given as Record<string, string>) : { ...(given as Record<string, string>), "set-cookie": lists.join(", ") };
}

/** Host and port of an address (RFC 3986, 3.2), without a user. */
const AUTHORITY = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]+)(?::\d*)?$/i;

/** What is wrong with the Host of a request, if anything is: it gets into links. */
export function hostFault({ headers: { host }, rawHeaders }: IncomingMessage): string | undefined {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === "host") hosts++;
  }
  if (hosts > 1) return "The request has more than one Host: send one";
  return host === undefined || AUTHORITY.test(host) ? undefined : "The Host of the request is no host: send one such as 127.0.0.1:4010";
}

export const hasBody = ({ headers }: MockRequest): boolean =>
  headers["transfer-encoding"] !== undefined || (headers["content-length"] ?? "0") !== "0";

/**
 * Reads a body as long as it stays within a limit, and then goes on; never, when the client goes away in the middle.
 * @param limit bytes
 * @param done is given the bytes, or undefined when there are more than that; the rest is then still in the pipe
 */
export function readBytes(request: IncomingMessage, limit: number, done: (bytes: Uint8Array | undefined) => void): void {
  const said = request.headers["content-length"];
  if (said !== undefined && Number(said) > limit) {
    done(undefined);
    return;
  }
  let first: Buffer | undefined;
  let more: Buffer[] | undefined;
  let length = 0;
  const onEnd = (): void => done(more === undefined ? (first ?? new Uint8Array()) : Buffer.concat(more));
  const onData = (chunk: Buffer): void => {
    length += chunk.length;
    if (length > limit) {
      request.off("data", onData).off("end", onEnd);
      done(undefined);
    } else if (first === undefined) first = chunk;
    else (more ??= [first]).push(chunk);
  };
  request.on("data", onData).on("end", onEnd);
}

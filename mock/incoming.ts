/** From node's request to ours. */
import type { IncomingMessage } from "node:http";
import type { MockRequest } from "./types.ts";

/** The request line and the headers; the body comes later, if at all. */
export function headOf(request: IncomingMessage, scheme: string): MockRequest {
  const headers: Record<string, string> = {};
  const given = request.headers;
  for (const name in given) {
    const value = given[name];
    if (value !== undefined) headers[name] = typeof value === "string" ? value : value.join(", ");
  }
  const method = request.method ?? "GET";
  return { method: method.toUpperCase(), url: request.url ?? "/", headers, origin: `${scheme}://${headers["host"] ?? ""}` };
}

export const hasBody = ({ headers }: MockRequest): boolean =>
  headers["transfer-encoding"] !== undefined || (headers["content-length"] ?? "0") !== "0";

/**
 * Reads a body as long as it stays within a limit, and then goes on; never, when the client goes away in the middle.
 * @param limit bytes
 * @param done is given the bytes, or undefined when there are more than that; the rest is then still in the pipe
 */
export function readBytes(request: IncomingMessage, limit: number, done: (bytes: Uint8Array | undefined) => void): void {
  if (Number(request.headers["content-length"] ?? 0) > limit) {
    done(undefined);
    return;
  }
  let first: Buffer | undefined;
  let more: Buffer[] | undefined;
  let length = 0;
  const finish = (bytes: Uint8Array | undefined): void => {
    request.off("data", onData).off("end", onEnd);
    done(bytes);
  };
  const onEnd = (): void => finish(more === undefined ? (first ?? new Uint8Array()) : Buffer.concat(more));
  const onData = (chunk: Buffer): void => {
    length += chunk.length;
    if (length > limit) finish(undefined);
    else if (first === undefined) first = chunk;
    else (more ??= [first]).push(chunk);
  };
  request.on("data", onData).on("end", onEnd);
}

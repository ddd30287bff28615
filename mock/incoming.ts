/** From node's request to ours. */
import type { IncomingMessage } from "node:http";
import type { MockRequest } from "./types.ts";

/** The request line and the headers; the body comes later, if at all. */
export function headOf(request: IncomingMessage): MockRequest {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return { method: (request.method ?? "GET").toUpperCase(), url: request.url ?? "/", headers };
}

export const hasBody = ({ headers }: MockRequest): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

/**
 * Reads a body as long as it stays within a limit.
 * @param limit bytes
 * @returns the bytes, or undefined when there are more than that; the rest is then still in the pipe
 * @throws Error when the client goes away in the middle
 */
export function readBytes(request: IncomingMessage, limit: number): Promise<Uint8Array | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > limit) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const done = (result: Uint8Array | undefined): void => {
      request.off("data", onData).off("end", onEnd).off("close", onClose).off("error", onClose);
      resolve(result);
    };
    const onEnd = (): void => done(Buffer.concat(chunks));
    const onClose = (): void => reject(new Error("The client went away."));
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      if (length <= limit) chunks.push(chunk);
      else done(undefined);
    };
    request.on("data", onData).on("end", onEnd).on("close", onClose).on("error", onClose);
  });
}

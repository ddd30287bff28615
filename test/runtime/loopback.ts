/** A server of node's own on a free port that tells what came over the wire. */
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  method: string;
  /** Scheme and authority as the client named them, and the request target, byte for byte. */
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Loopback {
  origin: string;
  /** What `fetch` made of a request. */
  receive(request: Request): Promise<Received>;
  /** The request that came last, whoever sent it. */
  last(): Received;
  close(): Promise<void>;
}

export async function listen(): Promise<Loopback> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const { method = "", url = "", headers } = request;
    // A page of another origin may send what it likes, and asks first.
    response.writeHead(200, { "access-control-allow-origin": "*", "access-control-allow-headers": "*, authorization" });
    const asks = method === "OPTIONS" && "access-control-request-method" in headers;
    if (!asks) received.push({ method, url: `http://${headers.host}${url}`, headers, body: Buffer.concat(chunks) });
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const last = (): Received => {
    const one = received.pop();
    if (!one) throw new Error("Nothing came over the wire.");
    return one;
  };
  return {
    last,
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async receive(request) {
      await (await fetch(request)).arrayBuffer();
      return last();
    },
    close: () => new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve()))),
  };
}

/** Paths and queries of every odd kind, as somebody might write them. */
export const ODD = [
  "",
  "/",
  "/v1/servers?name=my%20server&limit=20",
  "/a b",
  "/a%20b",
  "/a%2Fb%2fc",
  "/%zz/%",
  "/ä/日本/😀",
  "/%C3%A9%ff",
  `/a'b"c<d>\`{e}|f^g\\h`,
  "/a/../b/./c",
  "/%2e%2e/x",
  "//a//b",
  "/a;b=c,d:e@f!$&()*+=~-_.[g]",
  "/a\tb\nc",
  "/a?q=a b&r=a+b&s=%2B&t=ä&u=😀",
  `/a?q="<>\`'{}|^\\[]`,
  "/a?a&b=&=c&&a&b=2",
  "/a?b=?",
  "/a#fragment",
  "/a?x=%#fragment",
];

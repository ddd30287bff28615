/** A small web server of the tests' own: serves a few files under a strict Content-Security-Policy, and knows what was asked of it. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Site {
  /** `http://127.0.0.1:40123`, without a slash at the end. */
  url: string;
  /** `GET /mock/nothing`: what came as far as the network. */
  asked: string[];
  close(): Promise<void>;
}

const POLICY = "default-src 'self'; script-src 'self'";
const TYPES: Record<string, string> = { html: "text/html; charset=utf-8", js: "text/javascript; charset=utf-8" };

/**
 * @param files path to text; a path ending in a slash is a page
 * @param policy of all of them, the worker's script included
 */
export function serveSite(files: Map<string, string>, policy = POLICY): Promise<Site> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://site");
    asked.push(`${request.method} ${pathname}`);
    const text = files.get(pathname);
    const type = TYPES[pathname.endsWith("/") ? "html" : (pathname.split(".").at(-1) ?? "")] ?? "text/plain";
    response.writeHead(text === undefined ? 404 : 200, {
      "content-type": text === undefined ? "text/plain" : type,
      "content-security-policy": policy,
      "cache-control": "no-store",
    });
    response.end(text ?? "not on this site");
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      const close = (): Promise<void> =>
        new Promise((closed) => {
          server.close(() => closed());
          server.closeAllConnections();
        });
      resolve({ url: `http://127.0.0.1:${port}`, asked, close });
    });
  });
}

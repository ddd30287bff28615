/** The floor: `node:http` that reads the request to its end and sends one fixed answer with the headers and the length of ours. */
import { createServer } from "node:http";
import { HOST, PORT, RECORDED } from "./peer.ts";

const body = Buffer.from(RECORDED.body);
const headers = { ...RECORDED.headers, "content-length": body.length };
// Nothing is written where there is nothing to write.
const sent: [] | [Buffer] = body.length > 0 ? [body] : [];

createServer((request, response) => {
  request.on("data", () => undefined);
  request.on("end", () => response.writeHead(RECORDED.status, headers).end(...sent));
}).listen(PORT, HOST);

/** The floor: `node:http` that reads the request to its end and sends one fixed answer with the headers and the length of ours. */
import { createServer } from "node:http";
import { HOST, PORT, RECORDED } from "./peer.ts";

const body = Buffer.from(RECORDED.body);
const headers = { ...RECORDED.headers, "content-length": body.length };
createServer((request, response) => {
  request.on("data", () => undefined);
  request.on("end", () => {
    response.writeHead(RECORDED.status, headers);
    // Nothing is written where there is nothing to write.
    if (body.length > 0) response.end(body);
    else response.end();
  });
}).listen(PORT, HOST);

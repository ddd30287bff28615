/** openapi-backend on `node:http`: routes, validates (Ajv), checks credentials, answers with an example. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { DOCUMENT, HOST, PORT, load } from "./peer.ts";

interface Context {
  operation: { operationId: string };
  request: { headers: Record<string, string | string[] | undefined> };
}
type Handler = (context: Context, request: IncomingMessage, response: ServerResponse) => void;
interface Api {
  init(): Promise<unknown>;
  registerSecurityHandler(name: string, handler: (context: Context) => boolean): void;
  handleRequest(request: object, ...rest: [IncomingMessage, ServerResponse]): Promise<unknown>;
  mockResponseForOperation(id: string): { status: number; mock: unknown };
}
interface Options {
  definition: string;
  quick: true;
  ajvOpts: object;
  handlers: Record<string, Handler>;
}

const { OpenAPIBackend } = (await load("openapi-backend")) as { OpenAPIBackend: new (options: Options) => Api };

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = body === undefined ? "" : JSON.stringify(body);
  const type = text === "" ? {} : { "content-type": "application/json" };
  response.writeHead(status, { ...type, "content-length": Buffer.byteLength(text) }).end(text);
}
const refuse =
  (status: number): Handler =>
  (_, __, response) =>
    send(response, status, { status });
const mock: Handler = ({ operation }, _, response) => {
  const { status, mock: body } = api.mockResponseForOperation(operation.operationId);
  send(response, status, body);
};
const handlers = {
  notImplemented: mock,
  validationFail: refuse(400),
  unauthorizedHandler: refuse(401),
  notFound: refuse(404),
  methodNotAllowed: refuse(405),
};
// Without `quick` it first holds the document to the rules of OpenAPI 3.0, where a list of types is an error. It then compiles a
// validator when it is first needed, which is over before anything is counted.
const api = new OpenAPIBackend({ definition: DOCUMENT, quick: true, ajvOpts: { strict: false }, handlers });
await api.init();

interface Document {
  components: { securitySchemes: Record<string, { type: string; name: string }> };
}
const { components } = parse(readFileSync(DOCUMENT, "utf8")) as Document;
for (const [name, scheme] of Object.entries(components.securitySchemes)) {
  const header = scheme.type === "apiKey" ? scheme.name.toLowerCase() : "authorization";
  api.registerSecurityHandler(name, ({ request }) => Boolean(request.headers[header]));
}

createServer((request, response) => {
  let text = "";
  request.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  request.on("end", () => {
    const { method, url, headers } = request;
    const asked = { method, path: url, headers, body: text === "" ? undefined : (JSON.parse(text) as unknown) };
    api.handleRequest(asked, request, response).catch(() => response.writeHead(500).end());
  });
}).listen(PORT, HOST);

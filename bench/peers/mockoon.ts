/**
 * Mockoon: what `mockoon-cli start --data openapi.yaml` does (convert the document, serve it), without the log line that the CLI
 * writes for every request and has no option against. Where the document has an example, it is the answer: the CLI alone would fill a
 * template with random values at each request, which is slower. Mockoon does not validate requests.
 */
import { readFileSync } from "node:fs";
import { DOCUMENT, HOST, PORT, load } from "./peer.ts";

interface RouteResponse {
  statusCode: number;
  default: boolean;
  disableTemplating: boolean;
}
interface Environment {
  port: number;
  hostname: string;
  routes: { responses: RouteResponse[] }[];
}
interface Server {
  on(event: "error", listener: (code: string, error?: Error) => void): void;
  start(): void;
}

const { OpenApiConverter } = (await load("@mockoon/commons")) as {
  OpenApiConverter: new () => { convertFromOpenAPI(text: string): Promise<Environment> };
};
const { MockoonServer } = (await load("@mockoon/commons-server")) as {
  MockoonServer: new (environment: Environment, options: object) => Server;
};

const environment = await new OpenApiConverter().convertFromOpenAPI(readFileSync(DOCUMENT, "utf8"));
for (const { responses } of environment.routes) {
  // The converter puts the answer it made up from the schema first, and those from the examples behind it.
  const [made, example] = responses;
  const chosen = example !== undefined && example.statusCode === made?.statusCode ? example : made;
  for (const response of responses) Object.assign(response, { default: response === chosen, disableTemplating: chosen === example });
}
// With maxTransactionLogs: 0 it keeps the log of every request for ever, with 1 only the last.
const server = new MockoonServer({ ...environment, port: PORT, hostname: HOST }, { enableAdminApi: false, maxTransactionLogs: 1 });
server.on("error", (code, error) => {
  console.error(code, error?.message ?? "");
  process.exit(1);
});
server.start();

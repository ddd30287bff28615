/** @scalar/mock-server with its request validation, on the Node server that its manual uses. */
import { DOCUMENT, HOST, PORT, load } from "./peer.ts";

interface App {
  fetch(request: Request): Promise<Response>;
}
const { createMockServer } = (await load("@scalar/mock-server")) as {
  createMockServer(options: { document: string; validateRequest: true; logger: false }): Promise<App>;
};
const { serve } = (await load("@hono/node-server")) as {
  serve(options: { fetch: App["fetch"]; port: number; hostname: string }): void;
};

const app = await createMockServer({ document: DOCUMENT, validateRequest: true, logger: false });
serve({ fetch: app.fetch, port: PORT, hostname: HOST });

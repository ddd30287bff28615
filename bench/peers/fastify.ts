/** What a team writes by hand instead of using a mock: routes with JSON schemas and, with `state`, a Map of locks. */
import { HOST, PORT, RECORDED, STATE, load } from "./peer.ts";

interface Request {
  params: { server_id: string };
  body: Record<string, unknown>;
}
interface Reply {
  code(status: number): Reply;
  headers(headers: Record<string, string>): Reply;
  send(body?: unknown): Reply;
}
type Route = (path: string, options: { schema: object }, handler: (request: Request, reply: Reply) => Reply) => void;
interface App {
  get: Route;
  post: Route;
  listen(where: { port: number; host: string }): Promise<string>;
}

const { fastify } = (await load("fastify")) as { fastify: (options: { logger: false }) => App };
const app = fastify({ logger: false });
const locked = new Map<string, boolean>();

const text = { type: "string", minLength: 1 };
const needs = (...names: string[]): object => ({
  type: "object",
  required: names,
  properties: Object.fromEntries(names.map((name) => [name, text])),
});
const params = { type: "object", properties: { project_id: text, server_id: text } };
const nothing = { type: "null" };
const action = {
  type: "object",
  minProperties: 1,
  maxProperties: 1,
  additionalProperties: false,
  properties: { lock: nothing, unlock: nothing, "os-stop": nothing },
};
const shown: { server?: object } = RECORDED.shown === "" ? {} : JSON.parse(RECORDED.shown);
const conflict = { conflictingRequest: { code: 409, message: "Instance is locked." } };
const huawei = { params, headers: needs("x-auth-token") };

app.post(
  "/:project_id/servers/:server_id/action",
  { schema: { ...huawei, body: action } },
  ({ params: { server_id: id }, body }, reply) => {
    if (!STATE) return reply.code(202).headers(RECORDED.headers).send();
    if ("lock" in body || "unlock" in body) locked.set(id, "lock" in body);
    else if (locked.get(id)) return reply.code(409).send(conflict);
    return reply.code(202).headers(RECORDED.headers).send();
  },
);

app.get("/:project_id/servers/:server_id", { schema: huawei }, ({ params: { server_id: id } }, reply) => {
  const body = STATE ? { ...shown, server: { ...shown.server, id, locked: locked.get(id) ?? false } } : shown;
  return reply
    .code(200)
    .headers({ ...RECORDED.headers, "content-type": "application/json" })
    .send(body);
});

const signed = { params, headers: needs("scp-accesskey", "scp-signature", "scp-timestamp", "scp-clienttype") };
app.post("/v1/servers/:server_id/lock", { schema: signed }, ({ params: { server_id: id } }, reply) => {
  if (STATE) locked.set(id, true);
  return reply.code(202).headers(RECORDED.headers).send();
});

await app.listen({ port: PORT, host: HOST });

/** Requests that arrive together are answered together, and none of them at the cost of another. */
import { connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createMockServer, type Listening, type ServerOptions } from "../../mock/http.ts";
import { contracts, NOW } from "./harness.ts";

async function serve(options: Partial<ServerOptions> = {}): Promise<Listening> {
  const server = await createMockServer({ contracts, now: NOW, ...options }).listen();
  onTestFinished(() => server.close());
  return server;
}

const get = (box: string, more = ""): string => `GET /box/v1/p/boxes/${box} HTTP/1.1\r\nHost: x\r\nX-Token: t\r\n${more}\r\n`;
const act = (box: string, body: string): string =>
  `POST /box/v1/p/boxes/${box}/action HTTP/1.1\r\nHost: x\r\nX-Token: t\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

/** Everything in one write, read until the other side closes. */
const raw = ({ port }: Listening, bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.setEncoding("utf8").on("data", (chunk: string) => (answer += chunk));
    socket.on("error", reject).on("close", () => resolve(answer));
  });

test("pipelined requests are answered in their order, each with its own answer", async () => {
  const calls = [
    act("b1", '{"lock":null}'),
    get("b1"),
    act("b1", '{"nonsense":1}'),
    act("b1", '{"open":null}'),
    get("b1", "Connection: close\r\n"),
  ];
  const answer = await raw(await serve(), calls.join(""));
  expect([...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(["202", "200", "400", "204", "200"]);
});

test("many connections at once get their own answers", async () => {
  const server = await serve();
  const asked = Array.from({ length: 60 }, (_, index) => (index % 3 === 0 ? "/box/v1/nothing" : `/box/v1/p/boxes/b${index}`));
  const told = await Promise.all(asked.map((path) => fetch(server.url + path, { headers: { "X-Token": "t" } })));
  expect(told.map(({ status }) => status)).toEqual(asked.map((path) => (path.endsWith("nothing") ? 404 : 200)));
});

test.each([0, 1])("an answer that breaks on its way out, %i ms later, takes no other with it", async (delay) => {
  const log = (line: string): void => {
    if (line.includes("/boxes/broken")) throw new Error("This log is full.");
  };
  const server = await serve({ log, delay });
  const asked = ["b1", "broken", "b2", "broken", "b3"].map((name) =>
    fetch(`${server.url}/box/v1/p/boxes/${name}`, { headers: { "X-Token": "t" } }).then(
      ({ status }) => status,
      () => "broken off",
    ),
  );
  expect(await Promise.all(asked)).toEqual([200, "broken off", 200, "broken off", 200]);
});

test("a body that comes in pieces waits for nobody and keeps nobody waiting", async () => {
  const server = await serve();
  const body = '{"lock":null}';
  const whole = act("b1", body).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
  const first = new Promise<string>((resolve, reject) => {
    let answer = "";
    const socket = connect(server.port, "127.0.0.1", () => {
      socket.write(whole.slice(0, -5));
      // Somebody else is answered while this one is still sending.
      fetch(`${server.url}/box/v1/p/boxes/b2`, { headers: { "X-Token": "t" } })
        .then(({ status }) => expect(status).toBe(200))
        .then(() => socket.write(whole.slice(-5)), reject);
    });
    socket.setEncoding("utf8").on("data", (chunk: string) => (answer += chunk));
    socket.on("error", reject).on("close", () => resolve(answer));
  });
  expect(await first).toMatch(/^HTTP\/1\.1 202 /);
});

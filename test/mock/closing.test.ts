/** A server that stops finishes what is running, and waits for nobody else. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createMockServer, type Listening, type Page, type ServerOptions } from "../../mock/http.ts";
import { contracts } from "./harness.ts";

const listen = (options: Partial<ServerOptions>): Promise<Listening> => createMockServer({ contracts, ...options }).listen();

/** A connection that has sent these bytes; its server has seen it. */
async function dial({ port }: Listening, bytes: string): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  // Whoever is let go in the middle of a sentence sees a reset.
  socket.on("error", () => undefined);
  await once(socket, "connect");
  if (bytes !== "") await new Promise((resolve) => socket.write(bytes, resolve));
  return socket;
}

/** A page that is answered when the test says so. */
function heldPage(): { site: () => Promise<Page>; asked: Promise<void>; answer: (body: string) => void } {
  let told = (): void => undefined;
  let give: (page: Page) => void = told;
  const asked = new Promise<void>((resolve) => (told = resolve));
  const held = new Promise<Page>((resolve) => (give = resolve));
  const site = (): Promise<Page> => {
    told();
    return held;
  };
  return { site, asked, answer: (body) => give({ status: 200, headers: {}, body }) };
}

test("a running request gets its answer, long after everybody else has been let go", async () => {
  const page = heldPage();
  const server = await listen({ site: page.site, closeTimeout: 50 });
  const kept = await fetch(`${server.url}/box/v1/p/boxes/b1`, { headers: { "X-Token": "t" } });
  await kept.text();
  const running = fetch(`${server.url}/page`);
  await page.asked;
  const [silent, half] = [await dial(server, ""), await dial(server, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")];
  expect(server.busy()).toBe(1);
  const closed = server.close();
  await once(silent.resume(), "close");
  // It goes when its time is over: by then the running request has waited longer than anybody may who has not asked.
  await once(half.resume(), "close");
  expect(server.busy()).toBe(1);
  page.answer("at last");
  const response = await running;
  expect(response.headers.get("connection")).toBe("close");
  expect(await response.text()).toBe("at last");
  await closed;
});

test("a connection that never sent a byte does not hold a stopping server", async () => {
  const server = await listen({ closeTimeout: 600_000 });
  const silent = await dial(server, "");
  await Promise.all([server.close(), once(silent.resume(), "close")]);
});

test("readiness is refused while it stops: a question on its way gets 503, a new connection nothing", async () => {
  const server = await listen({});
  const asked = await dial(server, "GET /_latch/ready HTTP/1.1\r\nHost: x\r\n");
  let answer = "";
  asked.setEncoding("utf8").on("data", (chunk: string) => (answer += chunk));
  // The server has read what came before this on another connection.
  await (await fetch(`${server.url}/_latch/ready`)).text();
  const closed = server.close();
  await expect(fetch(`${server.url}/_latch/ready`)).rejects.toThrow("fetch failed");
  asked.write("\r\n");
  await Promise.all([closed, once(asked, "close")]);
  expect(answer).toMatch(/^HTTP\/1\.1 503 .*The server is closing/s);
});

test("half of a body does not hold it either", async () => {
  const server = await listen({ closeTimeout: 50 });
  const head =
    "POST /box/v1/p/boxes/b1/action HTTP/1.1\r\nHost: x\r\nX-Token: t\r\nContent-Type: application/json\r\nContent-Length: 9\r\n";
  const half = await dial(server, `${head}Expect: 100-continue\r\n\r\n`);
  await once(half, "data");
  await Promise.all([server.close(), once(half.resume(), "close")]);
});

test("an answer that is on its way is not cut", async () => {
  const page = "x".repeat(20_000_000);
  const server = await listen({ site: () => Promise.resolve({ status: 200, headers: {}, body: page }), closeTimeout: 600_000 });
  const slow = await dial(server, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  await once(slow, "readable");
  const closed = server.close();
  let taken = 0;
  slow.on("data", (chunk: Buffer) => (taken += chunk.length));
  await once(slow, "close");
  expect(taken).toBeGreaterThan(page.length);
  await closed;
});

test("somebody who does not take the answer is not waited for", async () => {
  const server = await listen({
    site: () => Promise.resolve({ status: 200, headers: {}, body: "x".repeat(20_000_000) }),
    closeTimeout: 50,
  });
  const stuck = await dial(server, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  await once(stuck, "readable");
  await server.close();
});

/** `latch mock` as a process: where it listens, what it says, how it ends. */
import { once } from "node:events";
import { request, type ClientRequest } from "node:http";
import { connect, createServer, type AddressInfo } from "node:net";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { readRegistry } from "../../scripts/registry.ts";
import { ROOT } from "../../scripts/root.ts";
import { runLatch } from "./run.ts";
import { serveLatch } from "./serving.ts";

const SERVER = "samsung-virtualserver/v1/servers/33d8eec0-9a4a-4f1c-9c56-0b0f6a2e9d11";

test("a busy port is one sentence", async () => {
  const busy = createServer().listen(0, "127.0.0.1");
  await once(busy, "listening");
  const { port } = busy.address() as AddressInfo;
  const { code, stdout, stderr } = await runLatch(["mock", "--port", String(port)]);
  busy.close();
  expect({ code, stdout, stderr }).toEqual({
    code: 1,
    stdout: "",
    stderr: `Port ${port} is in use: choose another with --port or PORT, or 0 for a free one.\n`,
  });
});

test("an interface the machine does not have is one sentence", async () => {
  // TEST-NET-1: reserved for documentation, so no machine has it.
  const { code, stdout, stderr } = await runLatch(["mock", "--port", "0", "--host", "192.0.2.1"]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr.trimEnd().split("\n"), stderr).toHaveLength(1);
  expect(stderr).toContain("192.0.2.1");
});

test("it prints where it listens, logs requests, and ends with 0 when told to", async () => {
  const mock = await serveLatch(["mock"]);
  expect(mock.lines[0]).toBe(`control        ${mock.url}/_latch/openapi.json`);
  const apis = [...new Set(readRegistry(ROOT).map(({ api }) => api))].join(", ");
  const [, listed] = /^mock +http:\/\/127\.0\.0\.1:\d+\/<api>\/… +(.+)$/.exec(mock.lines[1] ?? "") ?? [];
  expect(listed).toBe(apis);
  const response = await fetch(`${mock.url}/${SERVER}`);
  expect(response.status).toBe(401);
  await response.text();
  expect(await mock.stop("SIGTERM")).toBe(0);
  expect(mock.errors()).toBe("");
  expect(mock.lines.slice(3).join("\n")).toContain(`/${SERVER}`);
});

test("one contract alone is served at /, quietly if asked, and SIGINT ends it too", async () => {
  const mock = await serveLatch(["mock", "samsung-virtualserver@v1.3", "--quiet"]);
  const lines = [`control        ${mock.url}/_latch/openapi.json`, `samsung-virtualserver@v1.3  ${mock.url}/`];
  expect(mock.lines).toEqual(lines);
  expect((await fetch(`${mock.url}/${SERVER.replace(/^[^/]*\//, "")}`)).status).toBe(401);
  expect(await mock.stop("SIGINT")).toBe(0);
  expect(mock.lines).toEqual(lines);
});

/** Resolves when nobody accepts connections there any more. */
async function closed(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, "127.0.0.1");
    const open = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (!open) return;
  }
}

/** A request that the mock has begun to read. */
async function begin(url: string): Promise<ClientRequest> {
  const { port } = new URL(url);
  const headers = { "content-type": "application/json", "content-length": 2, expect: "100-continue" };
  const running = request({ port, host: "127.0.0.1", method: "POST", path: `/${SERVER.replace(/^[^/]*\//, "")}/reboot`, headers });
  running.flushHeaders();
  await once(running, "continue");
  return running;
}

test("SIGTERM lets a running request finish and takes no new one", async () => {
  const mock = await serveLatch(["mock", "samsung-virtualserver@v1.3"]);
  const { port } = new URL(mock.url);
  const running = await begin(mock.url);
  const ended = mock.stop("SIGTERM");
  await closed(Number(port));
  const answered = once(running, "response");
  running.end("{}");
  const [response] = await answered;
  response.resume();
  await once(response, "end");
  expect(response.statusCode).toBe(401);
  expect(response.headers.connection, "a kept connection would hold the server up").toBe("close");
  expect(await ended).toBe(0);
  expect(mock.errors()).toBe("");
});

test("a second signal ends at once, whatever is running", async () => {
  const mock = await serveLatch(["mock", "samsung-virtualserver@v1.3", "--delay", "600000"]);
  const running = await begin(mock.url);
  const cut = once(running, "error");
  running.end("{}");
  const said = once(mock.child.stdout ?? running, "data");
  const ended = mock.stop("SIGTERM");
  expect(String(await said)).toBe("SIGTERM: 1 running request is finished first; signal again to end at once\n");
  // What comes right after the first is taken for the same signal.
  while (mock.child.exitCode === null && mock.child.signalCode === null) {
    mock.child.kill("SIGTERM");
    await setImmediate();
  }
  await ended;
  expect(mock.child.signalCode).toBe("SIGTERM");
  expect(await cut).toMatchObject([{ code: "ECONNRESET" }]);
});

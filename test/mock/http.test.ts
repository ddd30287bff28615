import { connect } from "node:net";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMockServer, type Listening } from "../../mock/http.ts";
import { contractOf } from "./contract.ts";
import { contracts, JSON_TYPE, TOKEN } from "./harness.ts";

const lines: string[] = [];
let server: Listening;

beforeAll(async () => {
  const broken = contractOf({ key: "broken@v1", api: "broken", version: "v1" }, "just a string");
  const options = {
    contracts: [...contracts, broken],
    log: (line: string) => void lines.push(line),
    site: (path: string) =>
      Promise.resolve(path === "/" ? { status: 200, headers: { "content-type": "text/html" }, body: "<h1>docs</h1>" } : undefined),
  };
  server = await createMockServer(options).listen();
});

afterAll(() => server.close());

const ACT = "/box/v1/p/boxes/b1/action";
const post = (path: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> =>
  // The time limit is the point: Prism's own server never answers some bodies.
  fetch(server.url + path, { method: "POST", headers: { ...TOKEN, ...JSON_TYPE, ...headers }, body, signal: AbortSignal.timeout(5000) });

/** Writes bytes to the port as they are and reads until the other side closes. */
const raw = (bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(server.port, "127.0.0.1", () => socket.write(bytes));
    socket.setEncoding("utf8").on("data", (chunk: string) => (answer += chunk));
    socket.on("error", reject).on("close", () => resolve(answer));
  });

describe("an answer", () => {
  test("to a good request", async () => {
    const response = await post(ACT, '{"lock":null}');
    expect([response.status, response.headers.get("content-length"), response.headers.get("content-type")]).toEqual([202, "0", null]);
  });

  test.each(['{"lock":', "", "{", '{"lock":null', "\u0000", "NaN"])("to the malformed body %j, in time", async (body) => {
    const response = await post(ACT, body);
    expect(response.status).toBe(400);
    expect(response.headers.get("x-latch-reason")).toMatch(/^The (body|request)/);
  });

  test("nor does 304, whose body is that of another answer", async () => {
    const site = () => Promise.resolve({ status: 304, headers: {}, body: "" });
    const own = await createMockServer({ contracts, site }).listen();
    const { status, headers } = await fetch(`${own.url}/page`);
    expect([status, headers.get("content-length")]).toEqual([304, null]);
    await own.close();
  });

  test("204 states no length", async () => {
    const response = await post(ACT, '{"open":null}');
    expect([response.status, response.headers.get("content-length")]).toEqual([204, null]);
  });

  test("HEAD is GET without the body, with its length", async () => {
    const get = await fetch(`${server.url}/box/v1/p/boxes/b1`, { headers: TOKEN });
    const head = await fetch(`${server.url}/box/v1/p/boxes/b1`, { method: "HEAD", headers: TOKEN });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect(head.headers.get("content-length")).toBe(String((await get.text()).length));
  });

  test("a defect of ours is a 500 without a stack", async () => {
    const response = await fetch(`${server.url}/broken/v1/x`, { method: "POST", body: "x" });
    expect([response.status, response.headers.get("content-type")]).toEqual([500, "application/problem+json"]);
    expect(await response.text()).not.toMatch(/bundle|\.ts/);
    expect(lines.at(-1)).toMatch(/^POST \/broken\/v1\/x → 500 defect: Error: The document of broken@v1 is not an object/);
  });
});

describe("bodies too large", () => {
  const large = "x".repeat(5_000_000);
  const chunked = (): ReadableStream => new Response(large).body ?? new ReadableStream();

  test("a stated length is refused unread, with the vendor's answer", async () => {
    const response = await post(ACT, large);
    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({ fault: { code: 413, message: "The body is larger than 2000 bytes." } });
  });

  test("a body without a length is refused at the limit", async () => {
    const init = { method: "POST", headers: { ...TOKEN, ...JSON_TYPE }, body: chunked(), duplex: "half" };
    const response = await fetch(server.url + ACT, init);
    expect(response.status).toBe(413);
  });

  test("the credential is asked for first", async () => {
    expect((await post(ACT, large, { "X-Token": "" })).status).toBe(401);
  });

  test("a client that asks before it sends is told, and not made to wait", async () => {
    const head = `POST ${ACT} HTTP/1.1\r\nHost: x\r\nX-Token: t\r\nContent-Length: 999999\r\nExpect: 100-continue\r\n\r\n`;
    expect(await raw(head)).toMatch(/^HTTP\/1\.1 413 /);
    // Shorter than the time for which a body that does come is thrown away.
  }, 3000);

  test("a client that asks before it sends is told to go on", async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = { ...TOKEN, ...JSON_TYPE, "Content-Length": "13", Expect: "100-continue" };
      const sent = request(server.url + ACT, { method: "POST", headers }, (response) => resolve(response.resume().statusCode));
      sent.on("continue", () => sent.end('{"lock":null}')).on("error", reject);
      sent.flushHeaders();
    });
    expect(status).toBe(202);
  });

  test("one under the limit is not", async () => {
    expect((await post(ACT, `{"open":"${"x".repeat(1900)}"}`)).status).toBe(204);
  });
});

describe("CORS", () => {
  const origin = { Origin: "https://app.example.com" };

  test("preflight, whatever the path", async () => {
    const headers = { ...origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-token,content-type" };
    for (const path of [ACT, "/nowhere"]) {
      const response = await fetch(server.url + path, { method: "OPTIONS", headers });
      expect(response.status).toBe(204);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        "access-control-allow-origin": "https://app.example.com",
        "access-control-allow-credentials": "true",
        "access-control-allow-methods": "POST",
        "access-control-allow-headers": "x-token,content-type",
      });
    }
  });

  test("any other OPTIONS asks what is possible", async () => {
    const told = async (path: string): Promise<unknown[]> => {
      const response = await fetch(server.url + path, { method: "OPTIONS", headers: { ...origin, ...TOKEN } });
      const { headers, status } = response;
      return [status, headers.get("allow"), headers.get("access-control-allow-origin")];
    };
    expect(await told("/_latch/clock")).toEqual([204, "GET, HEAD, PUT, DELETE, OPTIONS", "https://app.example.com"]);
    expect(await told(ACT)).toEqual([405, "POST", "https://app.example.com"]);
    expect((await told("/nowhere"))[0]).toBe(404);
  });

  test.each([
    ["an answer", ACT, '{"lock":null}', "x-request-id"],
    ["a refusal", ACT, "{", "x-latch-reason"],
    ["a problem", "/nowhere", "{}", "x-latch-reason"],
  ])("on %s, with its headers named", async (_, path, body, exposed) => {
    const response = await post(path, body, origin);
    expect(response.headers.get("access-control-allow-origin")).toBe("https://app.example.com");
    expect(response.headers.get("access-control-allow-credentials")).toBe("true");
    expect(response.headers.get("vary")).toContain("Origin");
    expect(response.headers.get("access-control-expose-headers")).toContain(exposed);
  });

  test("without an origin for everybody, without credentials", async () => {
    const response = await fetch(`${server.url}/`);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.has("access-control-allow-credentials")).toBe(false);
  });
});

describe("other paths", () => {
  test("health lists the contracts", async () => {
    const response = await fetch(`${server.url}/_latch/health`);
    expect(await response.json()).toMatchObject({ status: "ok", contracts: [...contracts.map(({ key }) => key), "broken@v1"] });
  });

  test.each([
    ["GET", "/", 200],
    ["HEAD", "/", 200],
    ["POST", "/", 404],
    ["GET", "/nothing", 404],
    ["GET", "/_latch/nothing", 404],
    ["POST", "/_latch/health", 405],
    ["GET", "/%", 400],
    ["GET", "/a%00b", 400],
    ["GET", "/%2e%2e/etc/passwd", 400],
  ])("%s %s: %i", async (method, path, status) => {
    const answer = await raw(`${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });
});

describe("what is no HTTP", () => {
  test.each([
    ["bytes", "\u0001\u0002\r\n\r\n", 400],
    ["a header that is not one", "GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n", 400],
    ["a URL of 100,000 characters", `GET /${"a".repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
    ["two lengths", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx", 400],
  ])("%s", async (_, bytes, status) => {
    const answer = await raw(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain(`"status":${status}`);
  });

  test("a client that leaves in the middle harms nobody", async () => {
    const socket = connect(server.port, "127.0.0.1");
    await new Promise((resolve) => socket.write(`POST ${ACT} HTTP/1.1\r\nHost: x\r\nX-Token: t\r\nContent-Length: 50\r\n\r\n{`, resolve));
    socket.destroy();
    expect((await fetch(`${server.url}/_latch/health`)).status).toBe(200);
  });
});

describe("the host of a request", () => {
  const get = (hosts: string[]): Promise<string> =>
    raw(`GET /box/v1/p/boxes/b1 HTTP/1.1\r\n${hosts.map((host) => `Host: ${host}\r\n`).join("")}X-Token: t\r\nConnection: close\r\n\r\n`);

  test.each(["x", "127.0.0.1:4010", "[::1]:4010", "a.example.com", "a_b:"])("%s is one", async (host) =>
    expect(await get([host])).toMatch(/^HTTP\/1\.1 200 /),
  );

  test.each(["evil.com/x?", "a b", "", "user@x", "a:b", "[x"])('"%s" is none', async (host) =>
    expect(await get([host])).toMatch(/^HTTP\/1\.1 400 .*The Host of the request is no host/s),
  );

  test.each([[["x", "x"]], [["x", "y"]]])("%j are too many", async (hosts) =>
    expect(await get(hosts)).toMatch(/^HTTP\/1\.1 400 .*more than one Host/s),
  );
});

describe("the log", () => {
  test.each([
    ["/box/v1/p/boxes/b1?key=secret", TOKEN, "GET /box/v1/p/boxes/b1 → 200 box@v1 showBox"],
    ["/box/v1/nothing", TOKEN, "GET /box/v1/nothing → 404 box@v1: No call stands at /v1/nothing."],
    ["/", {}, "GET / → 200"],
  ])("%s", async (path, headers, line) => {
    await (await fetch(server.url + path, { headers })).text();
    expect(lines.at(-1)).toBe(line);
  });
});

describe("listening", () => {
  test("a port in use is an error", async () => {
    await expect(createMockServer({ contracts }).listen(server.port)).rejects.toThrow("EADDRINUSE");
  });

  // What is running then: closing.test.ts.
  test("closing ends a connection that is kept, and nobody is let in any more", async () => {
    const own = await createMockServer({ contracts }).listen();
    expect((await fetch(`${own.url}/box/v1/p/boxes/b1`, { headers: TOKEN })).status).toBe(200);
    await own.close();
    await expect(fetch(`${own.url}/_latch/health`)).rejects.toThrow();
  });
});

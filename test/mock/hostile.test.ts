import { describe, expect, test } from "vitest";
import { ask, JSON_TYPE, mockOf, TOKEN } from "./harness.ts";

const mock = mockOf();
const post = (body: string) => ask(mock, "POST /box/v1/p/boxes/b1/action", { headers: { ...TOKEN, ...JSON_TYPE }, body });

describe("paths", () => {
  test.each([
    ["/box/v1/p/boxes/%", "The path has a broken percent-encoding."],
    ["/box/v1/p/boxes/%E4%BD", "The path has a broken percent-encoding."],
    ["/box/v1/p/boxes/b1%00", "The path has a control character in it."],
    ["/box/v1/p/boxes/b1%0d%0aX: y", "The path has a control character in it."],
    ["/box/v1/p/boxes/..", "The path has a dot segment in it."],
    ["/box/v1/p/boxes/%2e%2e", "The path has a dot segment in it."],
    ["/box/v1/p/boxes/b1/", "No call stands at /v1/p/boxes/b1/."],
    ["/box//v1/p/boxes/b1", "Nothing is served at //v1/p/boxes/b1: this API stands at /v1."],
    [`/box/v1/p/boxes/${"9".repeat(100_000)}`, "Request path parameter box must match pattern"],
    ["/box/v1/__proto__/boxes/constructor", "Request path parameter box must match pattern"],
  ])("%.40s", async (path, reason) => {
    const told = await ask(mock, `GET ${path}`, { headers: TOKEN });
    expect(told.status).toBe(404);
    expect(told.note.reason).toContain(reason.replace(/\.$/, ""));
    expect(told.headers["x-latch-reason"]?.length).toBeLessThanOrEqual(300);
  });

  test("a request target that is no path", async () => {
    expect((await ask(mock, "GET *")).status).toBe(404);
    expect((await ask(mock, "GET box")).status).toBe(404);
  });
});

describe("bodies", () => {
  test.each([
    ["prototype keys", '{"__proto__":{"lock":null}}'],
    ["prototype beside an action", '{"lock":null,"__proto__":{}}'],
    ["constructor", '{"constructor":null}'],
    ["deep nesting", `{"lock":${"[".repeat(50_000)}${"]".repeat(50_000)}}`],
    ["a line break and a terminal sequence in a key", '{"\\u001b[31m\\r\\nx-evil: 1":null}'],
    ["a long key", `{"${"k".repeat(100_000)}":null}`],
    ["a lone surrogate", '{"\\ud800":null}'],
  ])("%s", async (_, body) => {
    const told = await post(body);
    expect(told.status).toBe(400);
    expect(told.headers["x-latch-reason"]).toMatch(/^[\x20-\x7e]{1,300}$/);
    expect(told.text).not.toMatch(/node_modules|\.ts:\d/);
    expect(Object.prototype).not.toHaveProperty("lock");
  });

  test("a value may nest as deep as it likes where the contract takes anything", async () => {
    expect((await post(`{"open":${"[".repeat(5000)}${"]".repeat(5000)}}`)).status).toBe(204);
  });
});

describe("headers", () => {
  test.each(["utter; nonsense/=", "application/", ";", "a/b/c", "multipart/form-data; boundary="])("content-type %s", async (type) => {
    const headers = { ...TOKEN, "Content-Type": type };
    const told = await ask(mock, "POST /box/v1/p/boxes/b1/action", { headers, body: '{"lock":null}' });
    expect([202, 415]).toContain(told.status);
  });

  test.each([",,;", "q=1", "/", "text/", "application/json;q=NaN", "*"])("accept %s", async (accept) => {
    expect((await ask(mock, "GET /box/v1/p/boxes/b1", { headers: { ...TOKEN, Accept: accept } })).status).toBe(200);
  });
});

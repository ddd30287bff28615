/** Who asks. */
import { expect, test } from "vitest";
import { identify } from "../../mock/state/caller.ts";
import { asking, DOOR, nobodyKnown, SHELF } from "./support.ts";

const basic = (text: string): string => `Basic ${Buffer.from(text).toString("base64")}`;
const withToken = (token: string) => asking("showDoor", { headers: { "door-token": token } });
const withHeader = (authorization: string) => asking("showDoor", { headers: { authorization } });

const callers = {
  ann: { token: "t-ann", project: "house-9", role: "keeper", admin: true, policy: ["door:*"] },
  ben: { accessKey: "K1", secret: "not looked at here" },
  eve: { user: "eve", password: "pass:word" },
  "eve elsewhere": { user: "eve", password: "other", project: "house-2" },
  open: { user: "open" },
};
const seeded = nobodyKnown({ callers, now: 1000 });
const strict = { ...seeded, strict: true };

test("anybody is who the table says, with the token that was shown", () => {
  expect(identify(DOOR, withToken("x"), nobodyKnown())).toEqual({
    project: "house-1",
    role: "guest",
    admin: false,
    token: "x",
    provisional: true,
  });
  expect(identify(DOOR, asking("showDoor"), nobodyKnown())).toEqual({ project: "house-1", role: "guest", admin: false });
  expect(identify(DOOR, asking("showDoor", { path: {} }), nobodyKnown())).toEqual({ role: "guest", admin: false });
  expect(identify(DOOR, withHeader("Key K7"), nobodyKnown())).toMatchObject({ accessKey: "K7", role: "guest" });
  expect(identify(DOOR, withHeader(basic("zoë:x")), nobodyKnown())).toMatchObject({ user: "zoë", role: "guest" });
});

test("a caller of the seed file is itself; what the file leaves out is as for anybody", () => {
  expect(identify(DOOR, withToken("t-ann"), strict)).toEqual({
    name: "ann",
    token: "t-ann",
    project: "house-9",
    role: "keeper",
    admin: true,
    policy: ["door:*"],
  });
  expect(identify(DOOR, withHeader("Key K1"), strict)).toEqual({
    name: "ben",
    accessKey: "K1",
    project: "house-1",
    role: "guest",
    admin: false,
  });
  expect(identify(DOOR, withHeader(basic("eve:pass:word")), strict)).toMatchObject({ name: "eve", user: "eve" });
  expect(identify(DOOR, withHeader(basic("eve:other")), strict)).toMatchObject({ name: "eve elsewhere", project: "house-2" });
  expect(identify(DOOR, withHeader(basic("open:anything")), strict)).toMatchObject({ name: "open" });
});

test("the first source that matches names the caller", () => {
  const both = asking("showDoor", { headers: { "door-token": "t-ann", authorization: "Key K1" } });
  expect(identify(DOOR, both, seeded)).toMatchObject({ name: "ann" });
  const empty = asking("showDoor", { headers: { "door-token": "", authorization: "Key K1" } });
  expect(identify(DOOR, empty, seeded)).toMatchObject({ name: "ben" });
});

test.each([
  ["a token", withToken("x")],
  ["an access key", withHeader("Key K7")],
  ["a user", withHeader(basic("zoë:x"))],
])("with --strict %s that nobody has is refused", (_, asked) => {
  expect(identify(DOOR, asked, strict)).toMatchObject({ refused: "unknown" });
});

test("with --strict a call that needs no credential is still anybody's", () => {
  expect(identify(DOOR, asking("showDoor"), strict)).toMatchObject({ role: "guest" });
});

test("a known user with another password is refused, strict or not, and the password is not repeated", () => {
  for (const context of [seeded, strict]) {
    const found = identify(DOOR, withHeader(basic("eve:guess-1")), context);
    expect(found).toMatchObject({ refused: "unknown" });
    expect(JSON.stringify(found)).not.toContain("guess-1");
  }
});

test.each(["Basic !!!!", "Basic bm9jb2xvbg=="])("%s is no user and password", (authorization) => {
  expect(identify(DOOR, withHeader(authorization), nobodyKnown())).toMatchObject({ refused: "unknown" });
});

test("tokens of the seed file have an end, or none", () => {
  const tokens = { t1: "ann", t2: { caller: "ben", expires: "1970-01-01T00:00:02Z" }, t3: { caller: "ben" }, t4: "nobody" };
  expect(identify(DOOR, withToken("t1"), { ...strict, tokens })).toMatchObject({ name: "ann", token: "t1" });
  expect(identify(DOOR, withToken("t2"), { ...strict, tokens })).toMatchObject({ name: "ben", expires: 2000 });
  expect(identify(DOOR, withToken("t2"), { ...strict, tokens, now: 2000 })).toMatchObject({ refused: "expired" });
  expect(identify(DOOR, withToken("t3"), { ...strict, tokens })).not.toHaveProperty("expires");
  expect(identify(DOOR, withToken("t4"), { ...seeded, tokens })).toMatchObject({
    refused: "unknown",
    reason: expect.stringContaining("nobody"),
  });
});

test("a token that was handed out is its caller's until it ends, also with --strict", () => {
  const issued = { abc: { expires: 2000, caller: { user: "eve", role: "keeper", admin: true, name: "eve", policy: ["x"] } } };
  const asked = asking("lockShelf", { headers: { authorization: "Bearer abc" } });
  expect(identify(SHELF, asked, { ...strict, issued })).toEqual({
    name: "eve",
    user: "eve",
    role: "keeper",
    admin: true,
    policy: ["x"],
    token: "abc",
    expires: 2000,
  });
  expect(identify(SHELF, asked, { ...strict, issued, now: 1999 })).toMatchObject({ user: "eve" });
  expect(identify(SHELF, asked, { ...strict, issued, now: 2000 })).toMatchObject({ refused: "expired" });
  expect(identify(SHELF, asked, { ...strict })).toMatchObject({ refused: "unknown" });
});

test("where tokens end, so does one that nobody issued", () => {
  const asked = asking("lockShelf", { headers: { authorization: "Bearer wild" } });
  expect(identify(SHELF, asked, seeded)).toEqual({ role: "keeper", admin: true, token: "wild", provisional: true, expires: 601_000 });
});

test("tokens and names that every object has are nobody's", () => {
  for (const token of ["__proto__", "constructor", "toString"])
    expect(identify(DOOR, withToken(token), strict)).toMatchObject({ refused: "unknown" });
  expect(identify(DOOR, withToken("t"), { ...strict, tokens: { t: "constructor" } })).toMatchObject({ refused: "unknown" });
});

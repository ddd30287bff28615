import { describe, expect, test } from "vitest";
import { ask, mockOf, STAMP } from "./harness.ts";

const mock = mockOf();

describe("Bearer and Basic", () => {
  const reason = async (line: string, value: string | undefined): Promise<string | undefined> => {
    const told = await ask(mock, line, value === undefined ? {} : { headers: { Authorization: value } });
    return told.status === 401 ? told.note.reason : undefined;
  };

  test.each([
    ["Bearer abc", undefined],
    ["bearer abc", undefined],
    ["BEARER YWRtaW4s/+==", undefined],
    [undefined, "The request carries no credential: send an Authorization header with Bearer credentials."],
    ["", "The request carries no credential: send an Authorization header with Bearer credentials."],
    ["Bearer", "The Bearer credentials are empty or hold characters that cannot be in them."],
    ["Bearer a b", "The Bearer credentials are empty or hold characters that cannot be in them."],
    ["the-secret-token-itself", "The Authorization header has no scheme, this call takes Bearer."],
    ["Basic YTpi", 'The Authorization header is "Basic", this call takes Bearer.'],
  ])("Bearer: %s", async (value, expected) => {
    expect(await reason("GET /desk/rest/api/supportedversions", value)).toBe(expected);
  });

  test.each([
    ["Basic YWRtaW46YTpi", undefined],
    ["basic Og==", undefined],
    ["Basic YWRtaW4=", "The Basic credentials are not the Base64 of user:password."],
    ["Basic a", "The Basic credentials are not the Base64 of user:password."],
    ["Bearer abc", 'The Authorization header is "Bearer", this call takes Basic.'],
  ])("Basic: %s", async (value, expected) => {
    expect(await reason("POST /desk/rest/v1.1/token", value)).toBe(expected);
  });
});

describe("alternatives and combinations", () => {
  const box = async (headers: Record<string, string>) => {
    const { status, note } = await ask(mock, "GET /box/v1/p/boxes/b1", { headers });
    return [status, note.reason];
  };

  test("one complete alternative is enough", async () => {
    expect(await box({ "x-token": "t" })).toEqual([200, undefined]);
    expect(await box({ Authorization: "SDK a=b, c=d", "X-Date": "20260101T000000Z" })).toEqual([200, undefined]);
    expect(await box({ Authorization: "SDK a=b", "X-Token": "t" })).toEqual([200, undefined]);
  });

  test("the reason speaks of the alternative that was tried", async () => {
    expect(await box({ Authorization: "SDK a=b" })).toEqual([401, "The credentials are incomplete: also send the header X-Date."]);
    expect(await box({ "X-Token": "  " })).toEqual([401, expect.stringContaining("carries no credential")]);
  });

  test("all of one alternative are needed", async () => {
    const { status, note } = await ask(mock, "POST /safe/v1/safes/s1/lock", { headers: { "Safe-Key": "k" } });
    expect([status, note.reason]).toEqual([401, "The credentials are incomplete: also send the header Safe-Stamp."]);
    expect((await ask(mock, "POST /safe/v1/safes/s1/lock", { headers: STAMP })).status).toBe(202);
  });

  test("a call may need none", async () => {
    expect((await ask(mock, "GET /safe/")).status).toBe(200);
  });
});

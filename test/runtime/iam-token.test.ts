/** Tokens of IAM: how they are asked for, how long they are kept, and what becomes of them when they are refused. */
import { expect, test, vi } from "vitest";
import { CredentialError } from "../../runtime/credential-error.ts";
import { iamToken, type IamOptions } from "../../runtime/iam-token.ts";
import type { Credentials, Fetch } from "../../runtime/types.ts";

const USER: IamOptions & { region: string } = {
  username: "ops",
  password: "example-password",
  domain: "example",
  region: "ap-southeast-1",
};
const CALL = "https://ecs.ap-southeast-1.myhuaweicloud.com/v1/p/cloudservers/s";
const START = Date.parse("2025-09-19T08:00:00Z");
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** An IAM that answers when it is told to, and a clock. */
class Iam {
  now = START;
  readonly asked: Request[] = [];
  readonly waiting: ((answer: Response | Error) => void)[] = [];
  readonly send: Fetch = (request) => {
    this.asked.push(request);
    return new Promise((resolve, reject) => this.waiting.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer))));
  };
  readonly clock = (): number => this.now;

  static grants(token: string, expires: string | undefined): Response {
    const body = { token: { ...(expires && { expires_at: expires }), methods: ["password"] } };
    return Response.json(body, { status: 201, headers: { "X-Subject-Token": token } });
  }
  /** Answers the next request that has come. */
  async answer(answer: Response | Error): Promise<void> {
    await Promise.resolve();
    const next = this.waiting.shift();
    if (!next) throw new Error("IAM was not asked.");
    next(answer);
  }
  grant(token: string, life = DAY): Promise<void> {
    return this.answer(Iam.grants(token, new Date(this.now + life).toISOString().replace("Z", "000Z")));
  }
  /** The token that a call goes out with, where IAM is not asked. */
  async tokenOf(credentials: Credentials): Promise<string | null> {
    return (await credentials.authorize(new Request(CALL), this.send)).headers.get("X-Auth-Token");
  }
}

test("a user and a password become a token of a project, as the vendor's page has it", async () => {
  const iam = new Iam();
  const token = iam.tokenOf(iamToken(USER, iam.clock));
  await iam.grant("T1");
  expect(await token).toBe("T1");
  expect(iam.asked).toHaveLength(1);
  const [request] = iam.asked;
  expect(request?.method).toBe("POST");
  expect(request?.url).toBe("https://iam.ap-southeast-1.myhuaweicloud.com/v3/auth/tokens");
  expect(request?.headers.get("Content-Type")).toBe("application/json");
  expect(await request?.json()).toEqual({
    auth: {
      identity: { methods: ["password"], password: { user: { name: "ops", password: "example-password", domain: { name: "example" } } } },
      scope: { project: { name: "ap-southeast-1" } },
    },
  });
});

test("another endpoint and another project", async () => {
  const iam = new Iam();
  const token = iam.tokenOf(iamToken({ ...USER, endpoint: "https://iam.example.com/", project: "ap-southeast-1_team" }, iam.clock));
  await iam.grant("T1");
  await token;
  expect(iam.asked[0]?.url).toBe("https://iam.example.com/v3/auth/tokens");
  expect(await iam.asked[0]?.json()).toMatchObject({ auth: { scope: { project: { name: "ap-southeast-1_team" } } } });
});

test("a call is left as it is, body and all", async () => {
  const iam = new Iam();
  const request = new Request(CALL, { method: "POST", body: "{}" });
  const authorized = iamToken(USER, iam.clock).authorize(request, iam.send);
  await iam.grant("T1");
  expect(await (await authorized).text()).toBe("{}");
  expect([request.bodyUsed, request.headers.has("X-Auth-Token")]).toEqual([false, false]);
});

test("a hundred callers share one request, and the token after it", async () => {
  const iam = new Iam();
  const credentials = iamToken(USER, iam.clock);
  const tokens = Promise.all(Array.from({ length: 100 }, () => iam.tokenOf(credentials)));
  await iam.grant("T1");
  expect(new Set(await tokens)).toEqual(new Set(["T1"]));
  expect(await iam.tokenOf(credentials)).toBe("T1");
  expect(iam.asked).toHaveLength(1);
});

test.each([
  ["five minutes", undefined, 5 * MINUTE],
  ["as long as it is told", MINUTE, MINUTE],
])("a token is replaced %s before its end", async (_, renewBefore, before) => {
  const iam = new Iam();
  const credentials = iamToken({ ...USER, ...(renewBefore !== undefined && { renewBefore }) }, iam.clock);
  const first = iam.tokenOf(credentials);
  await iam.grant("T1");
  await first;
  iam.now += DAY - before - 1;
  expect(await iam.tokenOf(credentials)).toBe("T1");
  iam.now += 1;
  const second = iam.tokenOf(credentials);
  await iam.grant("T2");
  expect(await second).toBe("T2");
  expect(iam.asked).toHaveLength(2);
});

test("an answer that does not say when its token ends is good for 24 hours", async () => {
  const iam = new Iam();
  const credentials = iamToken(USER, iam.clock);
  const first = iam.tokenOf(credentials);
  await iam.answer(Iam.grants("T1", undefined));
  await first;
  iam.now += DAY - 5 * MINUTE - 1;
  expect(await iam.tokenOf(credentials)).toBe("T1");
  iam.now += 1;
  const second = iam.tokenOf(credentials);
  await iam.grant("T2");
  expect(await second).toBe("T2");
});

test("a failure reaches all that wait for it, and is not kept", async () => {
  const iam = new Iam();
  const credentials = iamToken(USER, iam.clock);
  const failed = Promise.allSettled([iam.tokenOf(credentials), iam.tokenOf(credentials)]);
  const refusal = { error: { code: 401, title: "Unauthorized", message: "The username or password is wrong." } };
  await iam.answer(Response.json(refusal, { status: 401 }));
  const reasons = (await failed).map((outcome) => (outcome.status === "rejected" ? outcome.reason : undefined));
  expect(reasons[0]).toBe(reasons[1]);
  expect(reasons[0]).toBeInstanceOf(CredentialError);
  expect(reasons[0]).toMatchObject({ status: 401 });
  const sentence = "IAM answered 401 (The username or password is wrong.): check iam.username, password, domain and project.";
  expect(String(reasons[0])).toBe(`CredentialError: ${sentence}`);
  const later = iam.tokenOf(credentials);
  await iam.grant("T1");
  expect(await later).toBe("T1");
});

test.each<[string, Response | Error, string]>([
  [
    "a gateway",
    Response.json({ error_code: "APIGW.0301", error_msg: "Throttled" }, { status: 429 }),
    "IAM answered 429 (Throttled): check",
  ],
  [
    "a failure beside a token",
    new Response(null, { status: 403, headers: { "X-Subject-Token": "T" } }),
    "IAM answered 403 (no token came): check",
  ],
  ["no token", new Response("{}", { status: 201 }), "IAM answered 201 (no token came): check"],
  ["no JSON", new Response("<html>", { status: 502 }), "IAM answered 502 (no token came): try again later."],
  ["null", new Response("null", { status: 500 }), "IAM answered 500 (no token came): try again later."],
  [
    "no network",
    new TypeError("fetch failed"),
    "No token came from https://iam.ap-southeast-1.myhuaweicloud.com/v3/auth/tokens: check that",
  ],
])("%s instead of a token is said in a sentence that holds no password", async (_, answer, sentence) => {
  const iam = new Iam();
  const failed = iam.tokenOf(iamToken(USER, iam.clock));
  const seen = expect(failed).rejects.toThrow(sentence);
  await iam.answer(answer);
  await seen;
  await expect(failed).rejects.not.toThrow("example-password");
});

test("while the old token lives, a failing IAM disturbs nobody, and is asked again", async () => {
  const iam = new Iam();
  const credentials = iamToken(USER, iam.clock);
  const first = iam.tokenOf(credentials);
  await iam.grant("T1");
  await first;
  iam.now += DAY - 4 * MINUTE;
  const second = iam.tokenOf(credentials);
  await iam.answer(new Response(null, { status: 503 }));
  expect(await second).toBe("T1");
  const third = iam.tokenOf(credentials);
  await iam.grant("T2");
  expect(await third).toBe("T2");
  iam.now += 2 * DAY;
  const fourth = iam.tokenOf(credentials);
  const seen = expect(fourth).rejects.toThrow("IAM answered 503");
  await iam.answer(new Response(null, { status: 503 }));
  await seen;
});

test("a refused token is forgotten once; a new one that is refused at once is not", async () => {
  const iam = new Iam();
  const credentials = iamToken(USER, iam.clock);
  const unauthorized = new Response(null, { status: 401 });
  const call = async (): Promise<Request> => credentials.authorize(new Request(CALL), iam.send);
  const first = call();
  await iam.grant("T1");
  const sent = [await first, await call(), await call()];
  // Three calls were under way with the same token: the first refusal forgets it, the others find that it is forgotten.
  expect(sent.map((request) => credentials.refused?.(unauthorized, request))).toEqual([true, true, true]);
  const second = call();
  await iam.grant("T2");
  const renewed = await second;
  expect(renewed.headers.get("X-Auth-Token")).toBe("T2");
  expect(iam.asked).toHaveLength(2);
  // A straggler with the old token may go again; the new token is not the trouble, and stays.
  expect(credentials.refused?.(unauthorized, sent[2])).toBe(true);
  expect(credentials.refused?.(unauthorized, renewed)).toBe(false);
  expect(await iam.tokenOf(credentials)).toBe("T2");
  // Revoked an hour later, it is forgotten like the first.
  iam.now += 60 * MINUTE;
  expect(credentials.refused?.(unauthorized, renewed)).toBe(true);
  const third = iam.tokenOf(credentials);
  await iam.grant("T3");
  expect(await third).toBe("T3");
});

test("where IAM is must be known", () => {
  const nowhere: IamOptions = { username: "ops", password: "example-password", domain: "example" };
  const sentence = "IAM needs to know where you are: give region, or iam.endpoint and iam.project.";
  expect(() => iamToken(nowhere)).toThrow(new TypeError(sentence));
  expect(() => iamToken({ ...nowhere, endpoint: "https://iam.example.com" })).toThrow(sentence);
  expect(() => iamToken({ ...nowhere, project: "p" })).toThrow(sentence);
  expect(iamToken({ ...nowhere, endpoint: "https://iam.example.com", project: "p" })).toHaveProperty("authorize");
});

test("the request for a token gives up by itself, after half a minute", async () => {
  const patience = new AbortController();
  const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValue(patience.signal);
  try {
    const iam = new Iam();
    const token = iam.tokenOf(iamToken(USER, iam.clock));
    expect(timeout.mock.calls).toEqual([[30_000]]);
    patience.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
    expect(iam.asked[0]?.signal.aborted).toBe(true);
    const failed = expect(token).rejects.toMatchObject({ name: "CredentialError", cause: { name: "TimeoutError" } });
    await iam.answer(iam.asked[0]?.signal.reason);
    await failed;
  } finally {
    timeout.mockRestore();
  }
});

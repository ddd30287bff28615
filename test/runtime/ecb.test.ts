/** Tokens of the broker against the stateful mock, on a clock of our own: what is sent, when it is renewed, and what becomes of the lock. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import ecb from "../../generated/oracle-ecb/v1.1/mock.js";
import { createMock, type FetchMock } from "../../mock/fetch.ts";
import { CredentialError } from "../../runtime/credential-error.ts";
import { ecbToken, type EcbCredentials, type EcbOptions } from "../../runtime/ecb.ts";
import type { Fetch } from "../../runtime/types.ts";

const BASE = "https://ecb.example.com/rest/v1.1";
const START = Date.parse("2026-01-05T10:00:00Z");
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const ADMIN = { username: "admin", password: "pässword:1" };
const seedFile = {
  callers: {
    admin: { user: "admin", password: ADMIN.password, role: "administrator" },
    other: { user: "other", password: "p", role: "administrator" },
  },
};

let now = START;
let box: FetchMock;
/** Requests for a token, as they went out; `null` where there was no token to renew. */
let renewals: (string | null)[] = [];
/** What answers instead of the box. */
let trouble: ((request: Request) => Promise<Response>) | undefined;

beforeEach(() => {
  now = START;
  box = createMock(ecb, { now: () => now, strict: true, seedFile });
  renewals = [];
  trouble = undefined;
});

const send: Fetch = async (request) => {
  if (request.url !== `${BASE}/auth/token`) return box(request);
  renewals.push(new URLSearchParams(await request.clone().text()).get("token"));
  return trouble ? trouble(request) : box(request);
};

function credentialsOf(options: EcbOptions = ADMIN, base = BASE): EcbCredentials {
  const made = ecbToken(options, base, () => now);
  if (!made) throw new Error("There is a user, and no credentials.");
  return made;
}

/** A call as the client sends it: one more try where the credential was refused. */
async function call(credentials: EcbCredentials, method: string, path: string, body?: string): Promise<number> {
  const request = (): Request =>
    new Request(`${BASE}${path}`, { method, headers: { Accept: "application/xml" }, ...(body !== undefined && { body }) });
  const sent = await credentials.authorize(request(), send);
  const response = await send(sent);
  if (response.status !== 401 || !credentials.refused?.(response, sent)) return response.status;
  return (await send(await credentials.authorize(request(), send))).status;
}
const lock = (credentials: EcbCredentials): Promise<number> => call(credentials, "POST", "/configuration/lock");
const unlock = (credentials: EcbCredentials): Promise<number> => call(credentials, "POST", "/configuration/unlock");
const save = (credentials: EcbCredentials): Promise<number> => call(credentials, "PUT", "/configuration/management?action=save");
const lossesOf = (credentials: EcbCredentials): CredentialError[] => {
  const told: CredentialError[] = [];
  credentials.onLost((reason) => told.push(reason));
  return told;
};

describe("a token", () => {
  test("is asked for with name and password when the first call needs it, and then carried", async () => {
    const credentials = credentialsOf();
    expect(credentials.current()).toBeUndefined();
    const seen: Request[] = [];
    const watching: Fetch = (request) => {
      seen.push(request);
      return send(request);
    };
    const request = new Request(`${BASE}/configuration/lock`, { method: "POST" });
    const authorized = await credentials.authorize(request, watching);
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([`POST ${BASE}/auth/token`]);
    expect(Object.fromEntries(seen[0]?.headers ?? [])).toEqual({
      accept: "application/xml",
      authorization: `Basic ${Buffer.from("admin:pässword:1", "utf8").toString("base64")}`,
    });
    const { token = "", expires } = credentials.current() ?? {};
    expect(token).toMatch(/^\S+$/);
    expect(expires).toBe(START + 10 * MINUTE);
    expect(authorized.headers.get("Authorization")).toBe(`Bearer ${token}`);
    expect(request.headers.has("Authorization")).toBe(false);
    expect((await box(authorized)).status).toBe(204);
    await credentials.authorize(request, watching);
    expect(seen).toHaveLength(1);
  });

  test("is one for all calls that need it at once", async () => {
    const credentials = credentialsOf();
    expect(await Promise.all(Array.from({ length: 20 }, () => call(credentials, "GET", "/admin/asyncstatus")))).toEqual(
      Array(20).fill(200),
    );
    expect(renewals).toEqual([null]);
  });

  test("is not sent where a token is asked for: that call goes with name and password", async () => {
    const credentials = credentialsOf(ADMIN, `${BASE}/`);
    const sent = await credentials.authorize(new Request(`${BASE}/auth/token?x#y`, { method: "POST" }), send);
    expect(sent.headers.get("Authorization")).toMatch(/^Basic /);
    expect(renewals).toEqual([]);
    expect(credentials.refused?.(new Response(null, { status: 401 }), sent)).toBe(false);
    expect(await call(credentials, "POST", "/auth/token")).toBe(200);
  });

  test("may stand in the answer with line breaks in it, as CDATA and anywhere", async () => {
    trouble = async () =>
      new Response("<r:response xmlns:r='x'><data><![CDATA[]]><a><accessToken>\n abc\n d== </accessToken></a></data></r:response>");
    const credentials = credentialsOf();
    const authorized = await credentials.authorize(new Request(`${BASE}/admin/asyncstatus`), send);
    expect(authorized.headers.get("Authorization")).toBe("Bearer abcd==");
  });
});

describe("the lock", () => {
  test("is kept for an hour by a timer that ticks each minute, and others do not get it meanwhile", async () => {
    const [ours, theirs] = [credentialsOf(), credentialsOf({ username: "other", password: "p" })];
    const told = lossesOf(ours);
    expect(await lock(ours)).toBe(204);
    for (let minute = 1; minute <= 60; minute++) {
      now += MINUTE;
      expect((await ours.keepAlive())?.expires).toBeGreaterThan(now);
      expect(await lock(theirs)).toBe(423);
    }
    // Every five minutes ours is renewed, with itself; theirs is only renewed by its use.
    expect(renewals.filter((old) => old === null)).toHaveLength(2);
    expect(renewals.length).toBeGreaterThan(20);
    expect(await save(ours)).toBe(202);
    expect(await unlock(ours)).toBe(204);
    expect(told).toEqual([]);
  });

  test("is kept by use alone, too", async () => {
    const credentials = credentialsOf();
    expect(await lock(credentials)).toBe(204);
    for (let hour = 0; hour < 8; hour++) {
      now += 9 * MINUTE;
      expect(await save(credentials)).toBe(202);
    }
    expect(renewals).toHaveLength(9);
    expect(renewals.slice(1)).not.toContain(null);
  });

  test("is not renewed before half of the token's life is over", async () => {
    const credentials = credentialsOf();
    await lock(credentials);
    now += 5 * MINUTE - 1;
    const before = credentials.current();
    expect(await credentials.keepAlive()).toBe(before);
    expect(await save(credentials)).toBe(202);
    expect(renewals).toHaveLength(1);
    now += 1;
    const after = await credentials.keepAlive();
    expect(after).toEqual({ token: after?.token, expires: now + 10 * MINUTE, renews: now + 5 * MINUTE });
    expect(renewals).toEqual([null, before?.token]);
    expect(credentials.current()?.token).toBe(after?.token);
    expect(after?.token).not.toBe(before?.token);
  });

  test("survives renewals that fail while there is time, and one is under way at most", async () => {
    const credentials = credentialsOf();
    const told = lossesOf(credentials);
    await lock(credentials);
    now += 5 * MINUTE;
    trouble = async () => Promise.reject(new TypeError("fetch failed"));
    const before = credentials.current();
    expect(await Promise.all([credentials.keepAlive(), credentials.keepAlive()])).toEqual([before, before]);
    expect(renewals).toHaveLength(2);
    now += MINUTE;
    trouble = async () => new Response("<response><data/><messages/><links/></response>", { status: 500 });
    expect(await save(credentials)).toBe(202);
    expect(renewals).toHaveLength(3);
    now += 3 * MINUTE;
    trouble = undefined;
    expect((await credentials.keepAlive())?.expires).toBe(now + 10 * MINUTE);
    expect(await save(credentials)).toBe(202);
    expect(told).toEqual([]);
  });

  test("is lost when every renewal fails until the end: whoever listens is told once, with the reason", async () => {
    const credentials = credentialsOf();
    const told = lossesOf(credentials);
    await lock(credentials);
    trouble = async () => new Response(null, { status: 503 });
    for (let minute = 1; minute < 10; minute++) {
      now += MINUTE;
      expect(await credentials.keepAlive()).toBeDefined();
    }
    expect(told).toEqual([]);
    now += MINUTE;
    expect(await credentials.keepAlive()).toBeUndefined();
    expect(await credentials.keepAlive()).toBeUndefined();
    expect(credentials.current()).toBeUndefined();
    expect(told).toHaveLength(1);
    expect(told[0]).toBeInstanceOf(CredentialError);
    expect(told[0]?.message).toMatch(/^The token ended or was refused, and its lock may be gone: /);
    expect(told[0]?.cause).toMatchObject({ name: "CredentialError", status: 503 });
    // Another one can have the lock now; a new token of ours does not.
    trouble = undefined;
    expect(await lock(credentialsOf({ username: "other", password: "p" }))).toBe(204);
    expect(await save(credentials)).toBe(423);
    expect(renewals.at(-1)).toBeNull();
  });

  test("is lost by doing nothing for ten minutes, which the next call tells", async () => {
    const credentials = credentialsOf();
    const told = lossesOf(credentials);
    await lock(credentials);
    now += 10 * MINUTE;
    expect(await save(credentials)).toBe(423);
    expect(renewals).toEqual([null, null]);
    expect(told.map(({ cause }) => cause)).toEqual([undefined]);
  });

  test("may be lost by a renewal that was answered too late", async () => {
    const credentials = credentialsOf();
    const told = lossesOf(credentials);
    await lock(credentials);
    now += 10 * MINUTE - SECOND;
    let late: (answer: Response) => void = () => {};
    const answer = new Promise<Response>((resolve) => (late = resolve));
    trouble = () => answer;
    const kept = credentials.keepAlive();
    now += 2 * SECOND;
    // Nobody knows yet.
    expect([credentials.current(), told]).toEqual([undefined, []]);
    late(new Response("<response><data><accessToken>late</accessToken></data></response>"));
    expect(await kept).toMatchObject({ token: "late" });
    expect(told).toHaveLength(1);
  });

  test("is lost by a renewal that failed too late, which its caller is told", async () => {
    for (const ask of ["call", "keepAlive"] as const) {
      now = START;
      trouble = undefined;
      const credentials = credentialsOf();
      const told = lossesOf(credentials);
      await credentials.authorize(new Request(`${BASE}/admin/asyncstatus`), send);
      now += 10 * MINUTE - SECOND;
      trouble = async () => {
        now += 2 * SECOND;
        return new Response("<response><data><accessToken>t</accessToken></data></response>", { status: 503 });
      };
      if (ask === "call") await expect(save(credentials)).rejects.toThrow("The box answered 503 (no token came): try again later.");
      else expect(await credentials.keepAlive()).toBeUndefined();
      expect(told.map(({ cause }) => cause)).toMatchObject([{ status: 503 }]);
    }
  });

  test("is lost without a failure to name, where the last renewal went well", async () => {
    const credentials = credentialsOf();
    const told = lossesOf(credentials);
    await lock(credentials);
    now += 6 * MINUTE;
    trouble = async () => new Response(null, { status: 503 });
    await credentials.keepAlive();
    trouble = undefined;
    await credentials.keepAlive();
    now += 10 * MINUTE;
    expect(credentials.current()).toBeUndefined();
    expect(told.map(({ cause }) => cause)).toEqual([undefined]);
  });

  test("is lost with a token that the box does not know any more", async () => {
    const credentials = credentialsOf();
    const told = lossesOf(credentials);
    await lock(credentials);
    box = createMock(ecb, { now: () => now, strict: true, seedFile });
    expect(await save(credentials)).toBe(423);
    expect(told).toHaveLength(1);
    expect(renewals).toEqual([null, null]);
  });

  test("is given up with its token, whenever somebody says so", async () => {
    const credentials = credentialsOf();
    const told = lossesOf(credentials);
    for (let time = 1; time <= 2; time++) {
      await lock(credentials);
      expect(credentials.refused?.(new Response(null, { status: 401 }))).toBe(true);
      expect(credentials.current()).toBeUndefined();
      expect(told).toHaveLength(time);
    }
    expect(await credentials.keepAlive()).toBeUndefined();
    expect(renewals).toEqual([null, null]);
  });

  test("is nothing to keep before the first call", async () => {
    const credentials = credentialsOf();
    expect(await credentials.keepAlive()).toBeUndefined();
    expect(renewals).toEqual([]);
  });
});

test("who stops listening is not told", async () => {
  const credentials = credentialsOf();
  const listener = vi.fn();
  const stop = credentials.onLost(listener);
  const others = lossesOf(credentials);
  await lock(credentials);
  stop();
  now += 10 * MINUTE;
  expect(credentials.current()).toBeUndefined();
  expect(listener).not.toHaveBeenCalled();
  expect(others).toHaveLength(1);
});

test("the answer's Date does not count, only our clock, from when the token was asked for", async () => {
  const credentials = credentialsOf();
  trouble = async () => {
    now += 3 * SECOND;
    return new Response("<response><data><accessToken>t</accessToken></data></response>", {
      headers: { Date: "Thu, 01 Jan 1970 00:00:00 GMT" },
    });
  };
  await credentials.authorize(new Request(`${BASE}/admin/asyncstatus`), send);
  expect(credentials.current()?.expires).toBe(START + 10 * MINUTE);
});

test("the field of a renewal can be named otherwise", async () => {
  const credentials = credentialsOf({ ...ADMIN, renewalField: "accessToken" });
  await lock(credentials);
  const before = credentials.current();
  now += 6 * MINUTE;
  let body = "";
  trouble = async (request) => {
    body = await request.text();
    expect(request.headers.get("Content-Type")).toBe("application/x-www-form-urlencoded");
    return new Response("<response><data><accessToken>t2</accessToken></data></response>");
  };
  await credentials.keepAlive();
  expect(body).toBe(String(new URLSearchParams({ accessToken: before?.token ?? "" })));
});

test("a wrong password is a sentence without the password, each time anew", async () => {
  const credentials = credentialsOf({ username: "admin", password: "wrong" });
  const failed = credentials.authorize(new Request(`${BASE}/admin/asyncstatus`), send);
  const sentence = "The box answered 401 (The password of the user is not the one of the seed file.): check username and password.";
  await expect(failed).rejects.toThrow(sentence);
  await expect(failed).rejects.toMatchObject({ name: "CredentialError", status: 401 });
  await expect(credentials.authorize(new Request(`${BASE}/admin/asyncstatus`), send)).rejects.toThrow(sentence);
  expect(renewals).toEqual([null, null]);
});

test("no user means no credentials; half a pair and a colon are mistakes", () => {
  expect(ecbToken({}, BASE)).toBeUndefined();
  expect(() => ecbToken({ username: "admin" } as EcbOptions, BASE)).toThrow(
    new TypeError("username and password belong together: give both or none."),
  );
  expect(() => ecbToken({ username: "a:b", password: "p" }, BASE)).toThrow("username holds a colon, which Basic cannot carry.");
  expect(() => ecbToken({ username: "admin", password: "" }, BASE)).toThrow("password is empty");
  expect(ecbToken({ username: "admin", password: " p " }, BASE)).toBeDefined();
});

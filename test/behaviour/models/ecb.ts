/**
 * The broker's configuration lock, read a second time: from the fact sheet (operations, section 6 on concurrency) and the README's
 * questions, without the table. Tokens are known by their number, in the order in which they were given.
 */
import fc from "fast-check";
import type { CallStep, Model, ModelAnswer, ModelRequest, Prediction, SeedFile, Step } from "../model.ts";
import { CONFIG_CALLS, configRequest, configSteps, predictConfig, REGISTRARS, PROXIES, type Config } from "./ecb-config.ts";

interface Token {
  user: string;
  ends: number;
}

export interface EcbState {
  tokens: Token[];
  /** Number of the token that holds the lock. */
  holder?: number;
  config: Config;
}

/** Given by the vendor: ten minutes from issue, whatever happens meanwhile. */
const LIFETIME_MS = 600_000;

/** Token number 0: the seed file gives it to alice, and says nothing of an end. */
const FIRST = "EXAMPLE-TOKEN-OF-ALICE";

const SEED = {
  tokens: { [FIRST]: "alice" },
  callers: {
    alice: { user: "alice", password: "example-of-alice", role: "administrator" },
    bob: { user: "bob", password: "example-of-bob", role: "administrator" },
    carol: { user: "carol", password: "example-of-carol", role: "user" },
  },
} satisfies SeedFile;

const USERS: Record<string, { user: string; password: string; right: boolean; administrator: boolean }> = {
  alice: { ...SEED.callers.alice, right: true, administrator: true },
  bob: { ...SEED.callers.bob, right: true, administrator: true },
  carol: { ...SEED.callers.carol, right: true, administrator: false },
  "alice mistyped": { user: "alice", password: "example-of-bob", right: false, administrator: false },
  nobody: { user: "dave", password: "example-of-dave", right: false, administrator: false },
};

const UNKNOWN_TOKEN = "EXAMPLE-TOKEN-OF-NOBODY";

/** A step counts back from the newest token, or names the first one. */
function numberOf(step: CallStep, count: number): number | undefined {
  const back = step.how["token"];
  if (back === "first") return 0;
  return typeof back === "number" && back < count ? count - 1 - back : undefined;
}

/** What a step sends as its token. */
const textOf = (step: CallStep, seen: readonly string[]): string =>
  [FIRST, ...seen][numberOf(step, seen.length + 1) ?? -1] ?? UNKNOWN_TOKEN;

const isLive = (token: Token | undefined, now: number): token is Token => token !== undefined && now < token.ends;

const refused: Prediction = { status: 401, example: "not-authorized" };
const notAllowed: Prediction = { status: 403, example: "not-an-administrator" };
const lockedByAnother: Prediction = { status: 423, example: "locked-by-another-user" };
const lockNotHeld: Prediction = { status: 423, example: "lock-not-held" };

type Outcome = { state: EcbState; prediction: Prediction };

/** A new token; the lock follows where the renewed one has it and belongs to whoever asks. */
function issue(state: EcbState, step: CallStep, now: number): Outcome {
  const user = USERS[step.who];
  if (!user?.right) return { state, prediction: refused };
  const renewed = numberOf(step, state.tokens.length);
  const example = step.how["token"] === null ? "access-token" : "renewed-token";
  const tokens = [...state.tokens, { user: user.user, ends: now + LIFETIME_MS }];
  const moves = renewed !== undefined && renewed === state.holder && state.tokens[renewed]?.user === user.user;
  return {
    state: { ...state, tokens, ...(moves && { holder: tokens.length - 1 }) },
    prediction: { status: 200, example, holds: ["<accessToken>"] },
  };
}

const without = ({ tokens, config }: EcbState): EcbState => ({ tokens, config });

/** What a call of an administrator is answered. */
function serve(state: EcbState, step: CallStep, token: number, now: number): Outcome {
  const { holder } = state;
  const own = holder === token;
  if (step.call === "lockConfiguration") {
    const free = holder === undefined;
    return free || own ? { state: { ...state, holder: token }, prediction: { status: 204 } } : { state, prediction: lockedByAnother };
  }
  const blocked = holder === undefined ? lockNotHeld : lockedByAnother;
  if (step.call === "unlockConfiguration")
    return own ? { state: without(state), prediction: { status: 204 } } : { state, prediction: blocked };
  const reads = step.call === "listConfigElements" || step.call === "showAsyncStatus";
  if (!own && !reads) return { state, prediction: blocked };
  const { config, prediction } = predictConfig(state.config, step, now);
  return { state: { ...state, config }, prediction };
}

function predict(before: EcbState, step: CallStep, now: number): Outcome {
  // The lock ends with its token.
  const held = before.holder !== undefined && isLive(before.tokens[before.holder], now);
  const state = held ? before : without(before);
  if (step.call === "createToken") return issue(state, step, now);
  const number = numberOf(step, state.tokens.length);
  const token = number === undefined ? undefined : state.tokens[number];
  if (number === undefined || !isLive(token, now)) return { state, prediction: refused };
  if (step.call === "listSupportedVersions") return { state, prediction: { status: 200, holds: ["<latestVersion>v1.1</latestVersion>"] } };
  if (USERS[token.user]?.administrator !== true) return { state, prediction: notAllowed };
  return serve(state, step, number, now);
}

function tokenRequest(step: CallStep, seen: readonly string[]): ModelRequest {
  const { user = "", password = "" } = USERS[step.who] ?? {};
  const basic = { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
  const request = { method: "POST", url: "/oracle-ecb/rest/v1.1/auth/token" };
  if (step.how["token"] === null) return { ...request, headers: basic };
  const headers = { ...basic, "content-type": "application/x-www-form-urlencoded" };
  return { ...request, headers, body: new URLSearchParams({ token: textOf(step, seen) }).toString() };
}

const PLAIN: Record<string, [method: string, path: string]> = {
  lockConfiguration: ["POST", "/v1.1/configuration/lock"],
  unlockConfiguration: ["POST", "/v1.1/configuration/unlock"],
  listSupportedVersions: ["GET", "/api/supportedversions"],
};

function request(step: CallStep, seen: readonly string[]): ModelRequest {
  if (step.call === "createToken") return tokenRequest(step, seen);
  const headers = { accept: "application/xml", authorization: `Bearer ${textOf(step, seen)}` };
  const [method, path] = PLAIN[step.call] ?? [];
  if (method !== undefined) return { method, url: `/oracle-ecb/rest${path}`, headers };
  const rest = configRequest(step);
  return { ...rest, url: `/oracle-ecb/rest/v1.1${rest.url}`, headers: { ...headers, ...rest.headers } };
}

function learn(step: CallStep, { status, body }: ModelAnswer): string | undefined {
  return step.call === "createToken" && status === 200 ? /<accessToken>([^<]+)<\/accessToken>/.exec(body)?.[1] : undefined;
}

/** The newest tokens are the ones that matter; a number beyond those that were given is a token of nobody. */
const back = fc.constantFrom<number | "first">("first", "first", "first", "first", 0, 0, 0, 0, 0, 1, 1, 2, 99);
const contract = fc.constant("oracle-ecb@v1.1");
const target = fc.constant("box");
const kind = fc.constant("call" as const);

const tokens = fc.record({
  kind,
  call: fc.constant("createToken"),
  contract,
  who: fc.constantFrom("alice", "alice", "alice", "alice", "alice", "alice", "bob", "bob", "carol", "alice mistyped", "nobody"),
  target,
  how: fc.record({ token: fc.oneof(fc.constant(null), back) }),
});

const plain = fc.record({
  kind,
  call: fc.constantFrom(
    "lockConfiguration",
    "lockConfiguration",
    "lockConfiguration",
    "lockConfiguration",
    "unlockConfiguration",
    "listSupportedVersions",
  ),
  contract,
  who: fc.constant("whoever has the token"),
  target,
  how: fc.record({ token: back }),
});

const config = fc.record({
  kind,
  call: fc.constantFrom(...CONFIG_CALLS),
  contract,
  who: fc.constant("whoever has the token"),
  target,
  how: fc.tuple(fc.record({ token: back }), configSteps()).map(([token, how]) => ({ ...token, ...how })),
});

const wait: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant("advance"),
  ms: fc.constantFrom(1, 1000, 1000, 3000, 3000, 3000, 60_000, LIFETIME_MS / 2, LIFETIME_MS - 1, LIFETIME_MS, LIFETIME_MS + 1),
});

export const ecb: Model<EcbState> = {
  name: "Oracle ECB",
  contracts: ["oracle-ecb@v1.1"],
  seed: SEED,
  strict: true,
  initial: () => ({ tokens: [{ user: "alice", ends: Infinity }], config: { elements: [PROXIES, REGISTRARS], jobs: [] } }),
  steps: () =>
    fc.oneof(
      { weight: 4, arbitrary: tokens },
      { weight: 6, arbitrary: plain },
      { weight: 20, arbitrary: config },
      { weight: 3, arbitrary: wait },
    ),
  request,
  learn,
  predict,
};

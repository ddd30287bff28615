/** Huawei Cloud's way with a user and a password: a token of its identity service (IAM), which lives 24 hours. */
import { refusal } from "./credential-error.ts";
import { holdToken } from "./token-holder.ts";
import { requestToken } from "./token-request.ts";
import type { Credentials, Now } from "./types.ts";
import { withHeaders } from "./with-headers.ts";

export interface IamOptions {
  /** Name of the IAM user. */
  username: string;
  password: string;
  /** Name of the account that the user belongs to. */
  domain: string;
  /** Name of the project that the token is for: the region's own where nothing is said. */
  project?: string;
  /** Where IAM is: `https://iam.{region}.myhuaweicloud.com` where nothing is said. */
  endpoint?: string;
  /** Milliseconds before its end from which on a token is replaced: five minutes where nothing is said. */
  renewBefore?: number;
}

/** For an answer that does not say when its token ends. */
const LIFETIME = 24 * 3_600_000;

interface TokenAnswer {
  token?: { expires_at?: string };
  error?: { message?: string };
  error_msg?: string;
}

function parse(text: string): TokenAnswer {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

/**
 * @param options who asks, and for which project
 * @param now milliseconds since the epoch
 * @returns credentials that send `X-Auth-Token`. The token is fetched when the first call needs it and kept until shortly before its end; a
 *   failure is not kept. `authorize` rejects with a `CredentialError` where IAM gives none.
 * @throws TypeError when neither `region` nor `endpoint` and `project` are given
 */
export function iamToken(options: IamOptions & { region?: string }, now: Now = Date.now): Credentials {
  const { username, password, domain, region, project = region, renewBefore = 300_000 } = options;
  const endpoint = options.endpoint ?? (region && `https://iam.${region}.myhuaweicloud.com`);
  if (!endpoint || !project) throw new TypeError("IAM needs to know where you are: give region, or iam.endpoint and iam.project.");
  const url = `${endpoint.replace(/\/+$/, "")}/v3/auth/tokens`;
  const user = { name: username, password, domain: { name: domain } };
  const identity = { methods: ["password"], password: { user } };
  const body = JSON.stringify({ auth: { identity, scope: { project: { name: project } } } });

  const holder = holdToken(async (send) => {
    const asked = now();
    const { response, text } = await requestToken(send, url, { headers: { "Content-Type": "application/json" }, body });
    const answer = parse(text);
    const token = response.headers.get("X-Subject-Token");
    if (!response.ok || !token) {
      const words = answer.error?.message ?? answer.error_msg ?? "no token came";
      throw refusal("IAM", response, words, "iam.username, password, domain and project");
    }
    const expires = Date.parse(String(answer.token?.expires_at)) || asked + LIFETIME;
    return { token, expires, renews: expires - renewBefore };
  }, now);
  return {
    authorize: async (request, send) => withHeaders(request, { "X-Auth-Token": (await holder.take(send)).token }),
    refused: (_, request) => holder.refused(request?.headers.get("X-Auth-Token") ?? undefined),
  };
}

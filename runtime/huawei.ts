/** How a client proves itself to Huawei Cloud: with a token, a user of IAM, or an access key. */
import { akSk } from "./ak-sk.ts";
import { bothGiven } from "./both.ts";
import { iamToken, type IamOptions } from "./iam-token.ts";
import type { Credentials, Now } from "./types.ts";
import { withHeaders } from "./with-headers.ts";

export type { IamOptions } from "./iam-token.ts";

/** One of the three ways, or none: headers of your own then go out as they are. */
export interface HuaweiOptions {
  /** A token that you have already; it is sent as it is and not renewed. */
  token?: string;
  /** A user whose tokens are fetched and renewed. */
  iam?: IamOptions;
  /** Access key (AK), with `sk`: every request is signed. */
  ak?: string;
  sk?: string;
  /** Sent and signed with an access key; a token brings its own project. */
  projectId?: string;
}

/**
 * @param options one way to prove who asks; `region` says where IAM is and which project a token is for
 * @param now milliseconds since the epoch
 * @returns undefined when no way is given
 * @throws TypeError when more than one way is given, or one half of a key
 */
export function huaweiCredentials(options: HuaweiOptions & { region?: string }, now?: Now): Credentials | undefined {
  const { token, iam, ak = "", sk = "", projectId, region } = options;
  const signs = bothGiven(["ak", options.ak], ["sk", options.sk], true);
  if ([token !== undefined, iam !== undefined, signs].filter(Boolean).length > 1)
    throw new TypeError("token, iam and ak with sk are three ways to do the same: give one of them.");
  if (token === "") throw new TypeError("token is empty: give the value of X-Subject-Token that IAM answered with.");
  if (token !== undefined) return { authorize: async (request) => withHeaders(request, { "X-Auth-Token": token }) };
  if (iam) return iamToken({ ...iam, ...(region !== undefined && { region }) }, now);
  return signs ? akSk({ ak, sk, ...(projectId !== undefined && { projectId }) }, now) : undefined;
}

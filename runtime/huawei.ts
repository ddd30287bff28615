/** How a client proves itself to Huawei Cloud: with a token, a user of IAM, or an access key. */
import { akSk } from "./ak-sk.ts";
import { bothGiven } from "./both.ts";
import { iamToken, type IamOptions } from "./iam-token.ts";
import type { Credentials, Now } from "./types.ts";
import { withHeaders } from "./with-headers.ts";

export type { IamOptions } from "./iam-token.ts";

interface Token {
  /** A token that you have already; it is sent as it is and not renewed. */
  token: string;
}
interface User {
  /** A user whose tokens are fetched and renewed. */
  iam: IamOptions;
}
interface Keys {
  /** Access key (AK), with `sk`: every request is signed. */
  ak: string;
  sk: string;
}
interface Project {
  /** Sent and signed with an access key; a token brings its own project. */
  projectId?: string;
}
type Ways = Token & User & Keys;
/** This way, and none of the others. */
type Only<Way> = Way & { [Name in Exclude<keyof Ways, keyof Way>]?: never };

/** One of the three ways, or none: headers of your own then go out as they are. */
export type HuaweiOptions = Project & (Only<Token> | Only<User> | Only<Keys> | Only<unknown>);

/**
 * @param options one way to prove who asks; `region` says where IAM is and which project a token is for, `baseUrl` that calls go elsewhere
 * @param now milliseconds since the epoch
 * @returns undefined when no way is given
 * @throws TypeError when more than one way is given, or one half of a key, or a password would go where the calls do not
 */
export function huaweiCredentials(
  options: HuaweiOptions & { region?: string | undefined; baseUrl?: string | undefined },
  now?: Now,
): Credentials | undefined {
  const { token, iam, ak = "", sk = "", projectId, region, baseUrl } = options;
  const signs = bothGiven(["ak", options.ak], ["sk", options.sk], true);
  if ([token !== undefined, iam !== undefined, signs].filter(Boolean).length > 1)
    throw new TypeError("token, iam and ak with sk are three ways to do the same: give one of them.");
  // A runtime would say so too, with the token in its message.
  if (token !== undefined && !/^[!-~]+$/.test(token))
    throw new TypeError("token is empty or no header can carry it: give the value of X-Subject-Token that IAM answered with.");
  if (iam && baseUrl !== undefined && iam.endpoint === undefined)
    throw new TypeError(
      "baseUrl sends the calls elsewhere, and the password would still go to the vendor: say where IAM is, with iam.endpoint.",
    );
  if (token !== undefined) return { authorize: async (request) => withHeaders(request, { "X-Auth-Token": token }) };
  if (iam) return iamToken({ ...iam, ...(region !== undefined && { region }) }, now);
  return signs ? akSk({ ak, sk, ...(projectId !== undefined && { projectId }) }, now) : undefined;
}

/**
 * The signature of Samsung Cloud Platform (header `Scp-Signature`): Base64 of HMAC-SHA256 over method, URL, timestamp, access key, account
 * id and client type, one behind the other with nothing in between. Body and other headers take no part.
 */
import { hmac } from "./hmac.ts";

export interface ScpSignatureInput {
  /** In any case; it is signed in upper case. */
  method: string;
  /**
   * Absolute, exactly as it goes over the wire. It is not escaped again: `encodeURI`, which the vendor's sample calls, would make `%2520` of
   * `%20`, and the platform answers 401 to that.
   */
  url: string;
  /** Milliseconds since the epoch, as in the header `Scp-Timestamp`. */
  timestamp: number | string;
  accessKey: string;
  secretKey: string;
  /** Takes part where the header `Scp-AccountId` is sent. */
  accountId?: string;
  /** As in the header `Scp-ClientType`: `Openapi` where it is not given. */
  clientType?: string;
}

/**
 * @returns the value of the header `Scp-Signature`: 44 characters
 * @throws TypeError when the secret key is empty, or where there is no Web Crypto (a page that was not loaded over https or from localhost)
 */
export async function signScp(input: ScpSignatureInput): Promise<string> {
  const { method, url, timestamp, accessKey, secretKey, accountId = "", clientType = "Openapi" } = input;
  const text = `${method.toUpperCase()}${url}${timestamp}${accessKey}${accountId}${clientType}`;
  return btoa(String.fromCharCode(...(await hmac(secretKey, text))));
}

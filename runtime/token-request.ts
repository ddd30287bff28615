/** The request for a token, which the credentials send by themselves. */
import { CredentialError } from "./credential-error.ts";
import type { Fetch } from "./types.ts";

/** Milliseconds; every call of the client waits for this one answer. */
const PATIENCE = 30_000;

/**
 * @param send sends it
 * @param url absolute
 * @param init of a POST
 * @returns the answer and its text, whatever its status
 * @throws CredentialError when there is no answer in half a minute
 */
export async function requestToken(send: Fetch, url: string, init: RequestInit): Promise<{ response: Response; text: string }> {
  try {
    const response = await send(new Request(url, { method: "POST", signal: AbortSignal.timeout(PATIENCE), ...init }));
    return { response, text: await response.text() };
  } catch (cause) {
    throw new CredentialError(`No token came from ${url}: check that you can reach it.`, undefined, cause);
  }
}

/** The words that the parts of the runtime share. Types only: nothing of this file ships as code. */

export type Fetch = (request: Request) => Promise<Response>;

/** What adds the proof of who sends a request: a signature, a token. Made once per client. */
export interface Credentials {
  /**
   * @param request as it would go out; never changed
   * @param send sends a request of the credentials' own (a token's) without credentials, timeouts and retries of the client
   * @returns the request to send instead. Called again for every attempt: a timestamp must not be old.
   * @throws an error in one sentence where no credential can be made
   */
  authorize(request: Request, send: Fetch): Promise<Request>;
  /**
   * The vendor has refused the credential of a request (401).
   * @param request the one that `authorize` gave: it tells which token was refused, where several calls are under way
   * @returns whether another try makes sense, because a new credential can be had
   */
  refused?(response: Response, request?: Request): boolean;
}

/** A clock, so that tests need none: milliseconds since the epoch. */
export type Now = () => number;
/** Waits, and ends early with the signal's reason when it is aborted. */
export type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>;
/** A number from 0 to 1. */
export type Random = () => number;

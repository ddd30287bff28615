/** No credential can be had. */
export class CredentialError extends Error {
  override name = "CredentialError";
  /** HTTP status of the answer to the request for a token; absent where there was no answer. */
  declare readonly status: number | undefined;

  /**
   * @param message one sentence; it holds no credential
   * @param status of the answer
   * @param cause what went wrong below, a network's error for instance
   */
  constructor(message: string, status?: number, cause?: unknown) {
    super(message, { cause });
    this.status = status;
  }
}

/**
 * @param who was asked for a token
 * @param response the answer that holds none
 * @param words what it says
 * @param what the caller should look at, where the trouble is not the vendor's own
 */
export const refusal = (who: string, { status }: Response, words: string, what: string): CredentialError =>
  new CredentialError(`${who} answered ${status} (${words}): ${status < 500 ? `check ${what}` : "try again later"}.`, status);

/** No credential can be had. */
export class CredentialError extends Error {
  override name = "CredentialError";
  /** HTTP status of the answer to the request for a token; absent where there was no answer. */
  readonly status: number | undefined;

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

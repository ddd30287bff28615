/** Why a request does not reach a call. The kinds are the keys of `x-faults` (docs/contracts.md). */

export type FaultKind =
  | "unknownRoute"
  | "methodNotAllowed"
  | "missingCredential"
  | "invalidCredential"
  | "payloadTooLarge"
  | "unsupportedMediaType"
  | "malformedBody"
  | "invalidRequest"
  | "notAcceptable"
  | "unknownVersion"
  | "insecureTransport";

/** The status of a kind where the contract does not say what its vendor answers. */
export const DEFAULT_STATUS: Record<FaultKind, number> = {
  unknownRoute: 404,
  methodNotAllowed: 405,
  missingCredential: 401,
  invalidCredential: 401,
  payloadTooLarge: 413,
  unsupportedMediaType: 415,
  malformedBody: 400,
  invalidRequest: 400,
  notAcceptable: 406,
  unknownVersion: 404,
  insecureTransport: 426,
};

/** Thrown on the way to a call, caught once by the contract's mock, which turns it into the vendor's answer. */
export class Refusal extends Error {
  override name = "Refusal";
  readonly kind: FaultKind;
  readonly headers: Record<string, string>;
  /** The documented answer, where it is not the one that `x-faults` gives for the kind. */
  readonly answer: { status: string; example?: string } | undefined;

  /**
   * @param kind what the vendor would call it
   * @param reason one plain sentence for the developer; it may quote the request
   * @param headers to add to the answer, `allow` say
   */
  constructor(kind: FaultKind, reason: string, headers: Record<string, string> = {}, answer?: { status: string; example?: string }) {
    super(reason);
    this.kind = kind;
    this.headers = headers;
    this.answer = answer;
  }
}

/** Thrown when a caller asks the mock (with Prefer) for something the contract does not document: its own mistake, so its own answer. */
export class NotOffered extends Error {
  override name = "NotOffered";
  readonly status: number;
  readonly extra: Record<string, unknown>;

  constructor(status: number, reason: string, extra: Record<string, unknown> = {}) {
    super(reason);
    this.status = status;
    this.extra = extra;
  }
}

/** What goes wrong with locks, where there is nothing to decide for the caller. */
import type { Reading } from "./wait.ts";

export type LockVendor = "huawei" | "samsung" | "oracle";

/**
 * - `refused`: the vendor said no to a call, see `status`
 * - `busy`: somebody else holds the lock, and the time to wait is over
 * - `silent`: nothing was answered until time was over
 * - `lost`: the lock was held, and is no longer
 * - `over`: a lease was used after its end
 * - `left`: a lock could not be released, or a server not be brought back to what it was: it is still there
 * - `hidden`: whether there is a lock cannot be seen
 */
export type LockTrouble = "refused" | "busy" | "silent" | "lost" | "over" | "left" | "hidden";

/** The one exception of locks and leases. */
export class LockError extends Error {
  override name = "LockError";
  readonly vendor: LockVendor;
  readonly reason: LockTrouble;
  /** HTTP status; undefined where no answer is behind it. */
  readonly status: number | undefined;
  /** The answer behind it; `readFault(error.result)` reads what the vendor says. */
  readonly result: Reading | undefined;

  /**
   * @param vendor whose lock it is
   * @param reason for a program to look at
   * @param message one sentence for people
   * @param about the answer behind it, and the exception
   */
  constructor(vendor: LockVendor, reason: LockTrouble, message: string, about: { result?: Reading | undefined; cause?: unknown } = {}) {
    super(message, "cause" in about ? { cause: about.cause } : undefined);
    this.vendor = vendor;
    this.reason = reason;
    this.status = about.result?.status;
    this.result = about.result;
  }
}

/** An answer to a call of a lock that nobody has to decide about. */
export const refusedError = (vendor: LockVendor, call: string, result: Reading): LockError =>
  new LockError(vendor, "refused", `${call} was answered with ${result.status}: readFault(error.result) tells why.`, { result });

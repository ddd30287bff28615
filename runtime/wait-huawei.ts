/** Waiting for what Huawei Cloud does: jobs of the vendor's API, and servers of the native one. */
import { poll, waitForStatus, type DataOf, type Read, type Reading, type Verdict, type WaitOptions, type WaitOutcome } from "./wait.ts";

/** The results of `showJob`. */
export interface JobReading extends Reading {
  readonly data?: { readonly status: string; readonly error_code?: string | null; readonly fail_reason?: string | null } | undefined;
}

/** The order behind the job has not been paid: the job goes on when it is, and stays as it is when the order is cancelled. */
export interface Unpaid<Value> {
  readonly outcome: "unpaid";
  readonly value: Value;
}

/**
 * Waits for a job: `waitForJob((init) => showJob(client, { project_id, job_id }, init))`.
 * @param read reads the job
 * @param options as for `poll`; with `throughPayment` an unpaid order is waited for like anything else
 * @returns `done` at SUCCESS, `failed` at FAIL with the vendor's code and reason, `unpaid` at PENDING_PAYMENT; an unknown job is 400, hence `refused`
 * @throws as `poll`
 */
export function waitForJob<Result extends JobReading>(
  read: Read<Result>,
  { throughPayment = false, ...options }: WaitOptions<Result> & { throughPayment?: boolean } = {},
): Promise<WaitOutcome<DataOf<Result>, Result, Unpaid<DataOf<Result>>>> {
  return poll(
    read,
    ({ data }): Verdict<DataOf<Result>> | Unpaid<DataOf<Result>> | undefined => {
      if (data === undefined) return undefined;
      const value = data as DataOf<Result>;
      const { status, error_code: code, fail_reason: reason } = data;
      if (status === "SUCCESS") return { outcome: "done", value };
      if (status === "PENDING_PAYMENT" && !throughPayment) return { outcome: "unpaid", value };
      if (status !== "FAIL") return undefined;
      return { outcome: "failed", value, fault: { ...(code && { code }), message: reason || code || "The job failed without a reason." } };
    },
    options,
  );
}

/** The results of the native `showServer`. */
export interface NativeReading extends Reading {
  readonly data?: { readonly server: { readonly status: string; readonly "OS-EXT-STS:task_state"?: string | null } } | undefined;
}

/**
 * Waits until a server of the native API has a status and no task: `waitForServer((init) => showServer(client, where, init), "VERIFY_RESIZE")`.
 * @param read reads the server
 * @param wanted `ACTIVE`, `SHUTOFF`, `VERIFY_RESIZE` …
 * @param options as for `poll`
 * @returns `failed` at ERROR, and where a task that was seen has ended in another status: a resize that lacks room goes back by itself
 * @throws as `poll`
 */
export function waitForServer<Result extends NativeReading>(
  read: Read<Result>,
  wanted: string,
  options: WaitOptions<Result> = {},
): Promise<WaitOutcome<DataOf<Result>, Result>> {
  let begun = false;
  return waitForStatus(read, ({ server }) => server.status === wanted && !server["OS-EXT-STS:task_state"], {
    ...options,
    failed: ({ server }) => {
      const busy = Boolean(server["OS-EXT-STS:task_state"]);
      begun ||= busy;
      return server.status === "ERROR" || (begun && !busy);
    },
  });
}

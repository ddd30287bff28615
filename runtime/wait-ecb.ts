/** Waiting for the jobs of an Oracle ECB: save, verify, activate, restore, backup. */
import { poll, type Read, type Reading, type Verdict, type WaitOptions, type WaitOutcome } from "./wait.ts";
import { findXml, readXml, textAt } from "./xml.ts";

/** The results of `showAsyncStatus`. */
export interface OperationReading extends Reading {
  readonly data?: string | undefined;
}

/** What the box says of its last job, whoever began it. */
export interface Operation {
  readonly operation: string;
  /** `success`; the other words are the box's own. */
  readonly status: string;
  readonly message?: string;
}

/** After the job that was waited for, somebody has begun another one, and the box remembers one only. */
export interface Replaced {
  readonly outcome: "replaced";
  readonly value: Operation;
}

function read(text: string): Operation {
  const root = readXml(text);
  const state = findXml(root, "operationState");
  const message = findXml(root, "errorMessage")?.text.trim();
  return { operation: textAt(state, "operation") ?? "", status: textAt(state, "status") ?? "", ...(message && { message }) };
}

/**
 * Waits for a job of the box: `waitForOperation((init) => showAsyncStatus(client, {}, init), "save")`. The box has no ids for jobs: begin one,
 * wait for it, then begin the next, all with the lock held.
 * @param reading reads the last job
 * @param wanted `save`, `verify`, `activate`, `restore` or `backup`
 * @param options as for `poll`
 * @returns `failed` with the box's text where there is an error message or a status that says so (its words are not documented), `replaced`
 *   where another job is the last one after ours was seen
 * @throws as `poll`
 */
export function waitForOperation<Result extends OperationReading>(
  reading: Read<Result>,
  wanted: string,
  options: WaitOptions<Result> = {},
): Promise<WaitOutcome<Operation, Result, Replaced>> {
  let seen = false;
  return poll(
    reading,
    ({ data }): Verdict<Operation> | Replaced | undefined => {
      if (data === undefined) return undefined;
      const value = read(data);
      // A message without a word about a job is of the last one: ours, whoever's is the last.
      const nameless = value.operation === "" && value.message !== undefined;
      if (value.operation !== wanted && !nameless) return seen ? { outcome: "replaced", value } : undefined;
      seen = true;
      if (value.message !== undefined || /fail|error/i.test(value.status))
        return { outcome: "failed", value, fault: { message: value.message ?? `The job ${wanted} ended as "${value.status}".` } };
      return value.status === "success" ? { outcome: "done", value } : undefined;
    },
    options,
  );
}

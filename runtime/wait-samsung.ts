/** Waiting for what Samsung Cloud Platform does to a server. A deleted one is waited for with `waitUntilGone`. */
import { waitForStatus, type DataOf, type Read, type Reading, type WaitOptions, type WaitOutcome } from "./wait.ts";

/** The results of `showServer`. */
export interface SamsungReading extends Reading {
  readonly data?: { readonly state: string } | undefined;
}

/**
 * Waits until a server has a state: `waitForState((init) => showServer(client, { server_id }, init), "SHUTOFF")`. While a change is under
 * way a server shows its old state, so one that is waited for in the state it has already is done at once.
 * @param read reads the server
 * @param wanted `ACTIVE` or `SHUTOFF`, after a start or a stop
 * @param options as for `poll`
 * @returns `failed` at ERROR, which the vendor's own provider gives up at
 * @throws as `poll`
 */
export const waitForState = <Result extends SamsungReading>(
  read: Read<Result>,
  wanted: string,
  options: WaitOptions<Result> = {},
): Promise<WaitOutcome<DataOf<Result>, Result>> =>
  waitForStatus(read, ({ state }) => state === wanted, { ...options, failed: ({ state }) => state === "ERROR" });

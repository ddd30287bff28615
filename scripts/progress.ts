/** What `generate` shows: on a terminal one line per contract that fills up step by step, elsewhere a plain line per step. */
import type { Report } from "./generate.ts";

export interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
}

const round = (milliseconds: number): string => `${Math.round(milliseconds)} ms`;

/**
 * @param width of the first column, the longest contract key
 * @param output usually `process.stdout`
 */
export function createProgress(width: number, output: Output): { report: Report; end(): void } {
  let shown: string | undefined;
  let line = "";
  const report: Report = (key, step, milliseconds) => {
    if (!output.isTTY) {
      output.write(`${key.padEnd(width)}  ${step.padEnd(6)}  ${round(milliseconds).padStart(8)}\n`);
      return;
    }
    if (shown !== key) {
      if (shown !== undefined) output.write("\n");
      shown = key;
      line = key.padEnd(width);
    }
    line += `  ${step} ${round(milliseconds)}`;
    output.write(`\r${line}`);
  };
  return { report, end: () => void (output.isTTY && shown !== undefined && output.write("\n")) };
}

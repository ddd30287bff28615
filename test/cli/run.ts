/** Run a program to its end, as a person would: only what it prints and its exit code come back. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../../scripts/root.ts";

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** A program that hangs is killed after this long, and its code is null. */
  timeout?: number;
}

/** Tools that phone home or colour their output are told not to; a PORT of the shell is not a test's. */
export const quietEnv = (): NodeJS.ProcessEnv => {
  const env: NodeJS.ProcessEnv = { ...process.env, REDOCLY_TELEMETRY: "off", SCARF_ANALYTICS: "false", NO_COLOR: "1", CI: "1" };
  for (const name of ["PORT", "FORCE_COLOR"]) delete env[name];
  return env;
};

export function run(command: string, args: string[], { cwd = ROOT, env, timeout = 110_000 }: RunOptions = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { cwd, env: { ...quietEnv(), ...env }, timeout, maxBuffer: 64 * 1024 * 1024, killSignal: "SIGKILL" } as const;
    const child = execFile(command, args, options, (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }));
  });
}

/** A JavaScript file of ours or of a package, with the Node that runs the tests. */
export const runNode = (args: string[], options?: RunOptions): Promise<Ran> => run(process.execPath, args, options);

/** The command line of latch, from its sources. */
export const runLatch = (args: string[], options?: RunOptions): Promise<Ran> => runNode([join(ROOT, "scripts/latch.ts"), ...args], options);

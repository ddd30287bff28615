/** A server in a process of its own. It is ready when it has printed its address, and gone when the test is over. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { ROOT } from "../../scripts/root.ts";
import { quietEnv } from "./run.ts";

export interface Serving {
  url: string;
  child: ChildProcess;
  /** What it has printed up to now. */
  lines: string[];
  errors(): string;
  /** Ask it to stop, and wait until it has. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/**
 * @param ready matches the line that holds the address, as its first group
 * @throws when the process ends before
 */
export async function serve(
  command: string,
  args: string[],
  ready: RegExp,
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Serving> {
  const child = spawn(command, args, {
    cwd: options.cwd ?? ROOT,
    env: { ...quietEnv(), ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const ended = once(child, "exit").then(([code]) => Number(code));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on("line", (line) => {
      lines.push(line);
      const found = ready.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
    void ended.then((code) =>
      reject(new Error(`${command} ${args.join(" ")} ended with ${code} before it was ready:\n${lines.join("\n")}\n${errors}`)),
    );
  });
  const stop = (signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> => {
    child.kill(signal);
    return ended.then(() => child.exitCode);
  };
  return { url, child, lines, errors: () => errors, stop };
}

/** `latch mock` or `latch start` on a free port, all contracts or some. */
export const serveLatch = (args: string[]): Promise<Serving> =>
  serve(process.execPath, [join(ROOT, "scripts/latch.ts"), ...args, "--port", "0"], /^(?:documentation|\S+@v\S+) +(http:\/\/\S+?)\/?$/);

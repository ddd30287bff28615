/** Runs a script of a document with the tool it was written for. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import type { Script } from "../samples.ts";

const run = promisify(execFile);
const HANG_MS = 60_000;

/** Why the tool of a language cannot be used here; undefined where it can. */
export async function missingTool(language: Script["language"]): Promise<string | undefined> {
  if (language === "sh") return existsSync("/usr/bin/curl") && existsSync("/bin/sh") ? undefined : "there is no /usr/bin/curl";
  try {
    await run("python3", ["-c", "import requests"], { timeout: HANG_MS });
    return undefined;
  } catch {
    return "there is no python3 with the package requests";
  }
}

/**
 * Runs the script as it stands, but over http: the mock has no certificate.
 * @param address host, port and path that stand for the box
 * @returns the status it got, and the body
 */
export async function runScript({ language, text, host, token }: Script, address: string): Promise<{ status: number; body: string }> {
  const plain = text.replace("https://", "http://");
  // No proxy of the machine stands between a test and its loopback server.
  const env = { PATH: process.env["PATH"] ?? "", NO_PROXY: "*", [host]: address, [token]: "EXAMPLE-TOKEN-0001" };
  const options = { env, timeout: HANG_MS };
  if (language === "sh") {
    const { stdout } = await run("/bin/sh", ["-c", `${plain} --silent --show-error --write-out '\\n%{http_code}'`], options);
    const [, body = "", status = ""] = /^([\s\S]*)\n(\d+)$/.exec(stdout) ?? [];
    return { status: Number(status), body };
  }
  const given = `import os\n${host} = os.environ["${host}"]\n${token} = os.environ["${token}"]\n`;
  const { stdout } = await run("python3", ["-c", `${given}${plain}\nprint(resp.status_code)\nprint(resp.text, end="")`], options);
  const [status = "", ...body] = stdout.split("\n");
  return { status: Number(status), body: body.join("\n") };
}

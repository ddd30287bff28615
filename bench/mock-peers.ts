/** The peers are no dependencies of the repository: they are installed when a bench first needs them. */
import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { ROOT } from "../scripts/root.ts";

/** @throws Error where the method of these benches does not work: on a system without taskset and /proc, or with one core */
export function needLinux(): void {
  if (process.platform !== "linux" || cpus().length < 2) {
    throw new Error("Servers are measured on Linux with two cores or more: taskset pins them and /proc says what they use.");
  }
  execFileSync("taskset", ["--version"], { stdio: "ignore" });
}

/** `npm run build`: what is measured is what the package ships. */
export function needBuilt(log: (line: string) => void): void {
  log("building: npm run build");
  execFileSync("npm", ["run", "build"], { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
}

/** `npm ci` in bench/peers, unless what is installed is as new as the lock file. */
export function needPeers(root: string, log: (line: string) => void): void {
  const folder = join(root, "bench/peers");
  const installed = join(folder, "node_modules/.package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(folder, "package-lock.json")).mtimeMs) return;
  log("installing the peers: npm ci --prefix bench/peers");
  execFileSync("npm", ["ci", "--prefix", folder], { stdio: ["ignore", "ignore", "inherit"] });
}

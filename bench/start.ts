/** From `npm start` to the first answered request. */
import { spawn } from "node:child_process";
import { interleave, summarise } from "./measure.ts";

const LOCK = "/samsung-virtualserver/v1/servers/2a9be312-5d4b-4bc8-b2ae-35100fa9241f/lock";
const headers = {
  "Scp-Accesskey": "key",
  "Scp-Signature": "CtWjfUOucADSgMHFyM8bE7VApd9kMncClpL02I4q1jM=",
  "Scp-Timestamp": "1605290625682",
  "Scp-ClientType": "Openapi",
  "Scp-Api-Version": "virtualserver 1.3",
};

/** Start the command, wait for its URL, lock a server, stop it again. @returns milliseconds until the answer */
function firstAnswer(root: string, command: string, args: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, PORT: "0" },
      stdio: ["ignore", "pipe", "inherit"],
      detached: true,
    });
    const stop = (): void => void (child.pid !== undefined && process.kill(-child.pid, "SIGTERM"));
    let output = "";
    let asked = false;
    child.on("error", reject);
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const url = /documentation\s+(http:\/\/127\.0\.0\.1:\d+)\//.exec(output)?.[1];
      if (url === undefined || asked) return;
      asked = true;
      fetch(url + LOCK, { method: "POST", headers })
        .then((response) =>
          response.status === 202 ? resolve(performance.now() - start) : reject(new Error(`The mock answered ${response.status}.`)),
        )
        .catch(reject)
        .finally(stop);
    });
  });
}

export async function benchStart(root: string, rounds: number, log: (line: string) => void): Promise<void> {
  log("start to the first answered request, generated/ up to date");
  const times = await interleave(
    [
      { name: "npm start", run: () => firstAnswer(root, "npm", ["start"]) },
      { name: "node scripts/latch.ts mock", run: () => firstAnswer(root, process.execPath, ["scripts/latch.ts", "mock"]) },
    ],
    rounds,
    log,
  );
  for (const line of summarise(times)) log(line);
}

/** `latch mock`: serve until told to stop. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { objectAt } from "../document.ts";
import { LatchError } from "../errors.ts";
import { readRegistry, selectEntries } from "../registry.ts";
import { ROOT } from "../root.ts";
import { createSite } from "../site.ts";

/** What mock/ imports beyond the package's dependencies: who only wants a typed client should not install an engine. */
export const ENGINE = ["@stoplight/prism-core", "@stoplight/prism-http", "ajv", "ajv-formats", "fast-xml-parser"];

/** @throws LatchError that names the whole of what has to be installed, in the versions that were tried together */
function needEngine(): void {
  const { resolve } = createRequire(import.meta.url);
  try {
    for (const name of ENGINE) resolve(name);
  } catch {
    const versions = objectAt(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")), "devDependencies");
    const wanted = ENGINE.map((name) => `${name}@${String(versions[name])}`).join(" ");
    throw new LatchError("The engine of the mock does not come with the package", `run npm install --save-dev ${wanted}`);
  }
}

const explainListen = (error: unknown, port: number, host: string): unknown => {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") return new LatchError(`Port ${port} is in use`, "choose another with --port or PORT, or 0 for a free one");
  if (code === "EACCES") return new LatchError(`Port ${port} may not be used by this user`, "choose one above 1023");
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return new LatchError(`This machine has no interface ${host}`, "choose another with --host, such as 127.0.0.1 or 0.0.0.0");
  }
  return error;
};

/**
 * @param names contracts or apis; none for all; one contract alone is served at `/`
 * @throws LatchError when the engine or a bundle is missing, or the port cannot be used
 */
export async function runMock(root: string, names: string[], options: { port: number; host: string; quiet?: boolean }): Promise<void> {
  needEngine();
  const { createMockServer } = await import("../../mock/http.ts");
  const { loadContracts } = await import("../../mock/load.ts");
  const keys = new Set(selectEntries(readRegistry(root), names).map(({ key }) => key));
  const contracts = (await loadContracts(root)).filter(({ key }) => keys.has(key));
  const alone = names.length > 0 && contracts.length === 1 ? contracts[0] : undefined;
  const server = createMockServer({
    contracts,
    site: createSite(root),
    ...(alone && { alone: alone.key }),
    ...(!options.quiet && { log: (line: string) => console.log(line) }),
  });
  const listening = await server.listen(options.port, options.host).catch((error: unknown) => {
    throw explainListen(error, options.port, options.host);
  });
  if (alone) console.log(`${alone.key}  ${listening.url}/`);
  else {
    console.log(`mock           ${listening.url}/<api>/…   ${[...new Set(contracts.map(({ api }) => api))].join(", ")}`);
    console.log(`documentation  ${listening.url}/`);
  }
  const stop = (): void => void listening.close().then(() => process.exit(0));
  process.once("SIGINT", stop).once("SIGTERM", stop);
}

/** `latch mock`: serve until told to stop. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import type { LogFormat } from "../../mock/log.ts";
import type { Store } from "../../mock/store/types.ts";
import type { BackendFactory } from "../../mock/types.ts";
import { objectAt } from "../document.ts";
import { LatchError } from "../errors.ts";
import { readContractList, selectEntries } from "../contract-list.ts";
import { INDEX_FILE } from "../pages.ts";
import { ROOT } from "../root.ts";
import { createSite } from "../site.ts";

/** What `--engine prism` imports: who only wants the mock should not install it. */
export const PRISM = ["@stoplight/prism-core", "@stoplight/prism-http"];

/** How long after a signal another one is taken for the same. */
const SAME_SIGNAL_MS = 300;
const ignore = (): void => undefined;

export interface MockOptions {
  port: number;
  host: string;
  log: LogFormat;
  engine: "compiled" | "prism";
  worldHeader?: string;
  now?: Date;
  seed?: string;
  seedFile?: string;
  strict?: boolean;
  stateless?: boolean;
  requireHttps?: boolean;
  state?: string;
  delay?: number | [number, number];
  fault?: number;
}

/** @throws LatchError that names the whole of what has to be installed, in the versions that were tried together */
async function loadPrism(): Promise<BackendFactory> {
  const { resolve } = createRequire(import.meta.url);
  try {
    for (const name of PRISM) resolve(name);
  } catch {
    const versions = objectAt(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")), "devDependencies");
    const wanted = PRISM.map((name) => `${name}@${String(versions[name])}`).join(" ");
    throw new LatchError("Prism does not come with the package", `run npm install --save-dev ${wanted}, or leave out --engine prism`);
  }
  const { createPrism } = await import("../../mock/prism.ts");
  return ({ document }) => createPrism(document);
}

async function openStore(url: string | undefined): Promise<Store | undefined> {
  if (url === undefined || url === "memory") return undefined;
  const { createRedisStore } = await import("../../mock/store/redis.ts");
  return createRedisStore(url);
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
 * @param names contracts or apis; none for all; one contract or one api alone is served at `/`
 * @throws LatchError when a compiled contract or an optional package is missing, a seed file is wrong, or the port cannot be used
 */
export async function runMock(root: string, names: string[], options: MockOptions): Promise<void> {
  // What a request leaves behind is dead when the next one comes: under load V8 would grow its nursery from 1 to 16 MB, three times over,
  // for no gain in speed (docs/decisions/0012). V8 reads this flag each time it thinks of growing.
  setFlagsFromString("--semi-space-growth-factor=1");
  const all = readContractList(root);
  const entries = selectEntries(all, names);
  const backend = options.engine === "prism" ? await loadPrism() : undefined;
  const [{ createMockServer }, { loadContracts }] = await Promise.all([import("../../mock/http.ts"), import("../../mock/load.ts")]);
  const contracts = await loadContracts(root, entries);
  const [only, ...others] = [...new Set(contracts.map(({ api }) => api))];
  const alone = names.length > 0 && others.length === 0 ? (contracts.length === 1 ? contracts[0]?.key : only) : undefined;
  const store = await openStore(options.state);
  const seedFile = options.seedFile === undefined ? undefined : (await import("../seed-file.ts")).readSeedFile(options.seedFile, contracts);
  const server = createMockServer({
    contracts,
    site: createSite(
      root,
      all.map(({ key }) => key),
    ),
    alone,
    backend,
    store,
    now: options.now,
    seed: options.seed,
    seedFile,
    strict: options.strict,
    stateless: options.stateless,
    requireHttps: options.requireHttps,
    worldHeader: options.worldHeader,
    delay: options.delay,
    faultRate: options.fault,
    version: String(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).version),
    ...(options.log !== "silent" && { log: (line: string) => console.log(line), logFormat: options.log }),
  });
  const listening = await server.listen(options.port, options.host).catch((error: unknown) => {
    throw explainListen(error, options.port, options.host);
  });
  console.log(`control        ${listening.url}/_latch/openapi.json`);
  if (alone !== undefined) console.log(`${alone}  ${listening.url}/`);
  else {
    console.log(`mock           ${listening.url}/<api>/…   ${[...new Set(contracts.map(({ api }) => api))].join(", ")}`);
    // The package brings the contracts, not their pages.
    if (existsSync(join(root, INDEX_FILE))) console.log(`documentation  ${listening.url}/`);
  }
  const stop = (signal: NodeJS.Signals): void => {
    const running = listening.busy();
    if (running > 0 && options.log !== "silent")
      console.log(
        `${signal}: ${running} running ${running === 1 ? "request is" : "requests are"} finished first; signal again to end at once`,
      );
    // npm passes on the Ctrl-C that the terminal has sent already: what comes right after the first is the same one.
    setTimeout(() => process.off("SIGINT", ignore).off("SIGTERM", ignore), SAME_SIGNAL_MS);
    process.off("SIGINT", stop).off("SIGTERM", stop).on("SIGINT", ignore).on("SIGTERM", ignore);
    void listening
      .close()
      .then(() => store?.close())
      .then(() => process.exit(0));
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
}

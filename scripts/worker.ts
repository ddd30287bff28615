/** `service-worker.js`: the mock of every contract in one file that a browser runs by itself, for pages that have no server to talk to. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { stringAt } from "./document.ts";
import { emit } from "./emit.ts";
import { LatchError } from "./errors.ts";
import { readRegistry } from "./registry.ts";

/** Where the built worker stands, seen from the repository or the installed package. */
export const WORKER_FILE = "dist/service-worker.js";

const ENTRY = "latch:worker";

/** Bytes, as they are and as a server sends them. */
export interface Size {
  raw: number;
  gzip: number;
}

export const sizeOf = (text: string): Size => ({ raw: Buffer.byteLength(text), gzip: gzipSync(text, { level: 9 }).length });

/** A module that nobody has to write: which contracts there are stands in redocly.yaml alone. */
function entryOf(root: string): string {
  const modules = readRegistry(root).map(({ key, out }) => {
    const file = `${out}/mock.js`;
    if (!existsSync(join(root, file))) throw new LatchError(`The compiled contract ${key} is not there`, "run npm run generate", { file });
    return join(root, file);
  });
  const version = stringAt(JSON.parse(readFileSync(join(root, "package.json"), "utf8")), "version");
  return [
    `import { serveContracts } from ${JSON.stringify(join(root, "mock/browser/worker.ts"))};`,
    ...modules.map((file, index) => `import contract${index} from ${JSON.stringify(file)};`),
    `serveContracts(self, [${modules.map((_, index) => `contract${index}`).join(", ")}], ${JSON.stringify(version)});`,
  ].join("\n");
}

/**
 * The worker as text; nothing is written. Always the same for the same sources.
 * @param root the repository, generated
 * @throws LatchError when a contract was not generated
 */
export async function buildWorker(root: string): Promise<string> {
  const entry = entryOf(root);
  const { rolldown } = await import("rolldown");
  const bundle = await rolldown({
    input: ENTRY,
    cwd: root,
    platform: "browser",
    plugins: [{ name: ENTRY, resolveId: (id) => (id === ENTRY ? id : null), load: (id) => (id === ENTRY ? entry : null) }],
    // An import that is not found would otherwise be left for the browser to find.
    onLog: (level, log) => {
      if (level === "warn") throw new Error(`The worker cannot be built: ${log.message}`);
    },
  });
  // A classic script in one piece: a service worker may not load anything later, and not every browser takes modules for one.
  const { output } = await bundle.generate({ format: "iife", minify: true, codeSplitting: false, comments: false });
  await bundle.close();
  return output[0].code;
}

/**
 * Builds the worker where its sources are, otherwise takes the one that came with the package.
 * @param root the repository, or the installed package
 * @returns its text
 * @throws LatchError when it can neither be built nor is there
 */
export async function takeWorker(root: string): Promise<string> {
  if (existsSync(join(root, "mock/browser/worker.ts"))) {
    const text = await buildWorker(root);
    await emit(root, new Map([[WORKER_FILE, text]]), WORKER_FILE, () => true);
    return text;
  }
  try {
    return readFileSync(join(root, WORKER_FILE), "utf8");
  } catch {
    throw new LatchError("The service worker did not come with the package", "install latch again", { file: WORKER_FILE });
  }
}

/**
 * What a consumer's bundle grows by: entry points bundled, tree-shaken and minified as a consumer's tool would, held against budgets.
 * `npm run sizes` prints the table and fails when something is over its budget.
 */
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { formatTable } from "./list.ts";
import { ROOT } from "./root.ts";

export interface Entry {
  name: string;
  /** A module; its imports are seen from the root of the repository. */
  code: string;
  /** Files of runtime/ that are counted elsewhere: their exports are there and do nothing. */
  without?: string[];
  /** Bytes after gzip that it may have at most. */
  budget?: number;
}

export interface Size extends Entry {
  /** Bytes of what is loaded at once. */
  raw: number;
  gzip: number;
  /** Bytes after gzip of what is loaded on demand: openapi-fetch, with the first `client.POST(…)`. */
  later: number;
  /** File names of ours that are in it. */
  files: string[];
}

const KB = 1000;
const all = (...modules: string[]): string =>
  modules.map((module, i) => `import * as m${i} from "./${module}.ts";\nglobalThis.m${i} = m${i};`).join("\n");
/** A module by itself, as a bundle that imports its names has it: a namespace object would be counted, too. */
const one = (module: string): string => `export * from "./${module}.ts";`;
const client = (contract: string, lock: string): string =>
  `import { createClient, ${lock} } from "./generated/${contract}/client.ts";\nglobalThis.use = [createClient, ${lock}];`;

const CREDENTIALS = ["scp.ts", "huawei.ts", "ecb.ts"];
const CONTRACTS = [
  ["samsung-virtualserver/v1.3", "lockServer"],
  ["huawei-ecs-native/v2.1", "lockServer"],
  ["oracle-ecb/v1.1", "lockConfiguration"],
] as const;

/** The budgets are the ones of the issue; an entry without one is there to be known. */
export const ENTRIES: Entry[] = [
  ...CONTRACTS.map(([contract, lock]) => ({
    name: `core: createClient and ${lock} of ${contract}`,
    code: client(contract, lock),
    without: CREDENTIALS,
    budget: 3 * KB,
  })),
  { name: "signer: scpSignature", code: one("runtime/scp"), budget: 1.5 * KB },
  { name: "signer: akSkSignature", code: one("runtime/ak-sk"), budget: 1.5 * KB },
  { name: "signer: iamToken", code: one("runtime/iam-token"), budget: 1.5 * KB },
  { name: "signer: ecbToken, without reading XML", code: one("runtime/ecb"), without: ["xml.ts"], budget: 1.5 * KB },
  { name: "reading XML", code: one("runtime/xml"), budget: 6 * KB },
  ...CONTRACTS.map(([contract, lock]) => ({ name: `client with credentials: ${contract}`, code: client(contract, lock) })),
  { name: "readFault", code: all("runtime/fault") },
  { name: "everything", code: all(...CONTRACTS.map(([contract]) => `generated/${contract}/client`), "runtime/fault") },
];

/** @param root absolute path of the repository @param entry what is bundled */
export async function sizeOf(root: string, entry: Entry): Promise<Size> {
  const { rolldown } = await import("rolldown");
  const id = `${root}/entry.ts`;
  const left = new RegExp(`/runtime/(${(entry.without ?? ["-"]).join("|").replaceAll(".", "\\.")})$`);
  const plugin = {
    name: "entry",
    resolveId: (wanted: string) => (wanted === id ? id : null),
    load: (wanted: string) => (wanted === id ? entry.code : null),
    // Exports that do nothing, under the names that are asked for.
    transform: (code: string, file: string) =>
      left.test(file)
        ? [...code.matchAll(/^export (?:async )?(?:function|const|class) (\w+)/gm)]
            .map(([, name]) => `export const ${name} = () => undefined;`)
            .join("\n")
        : null,
  };
  const built = await rolldown({ input: id, cwd: root, platform: "browser", plugins: [plugin] });
  const { output } = await built.generate({ format: "esm", minify: true });
  await built.close();
  const zipped = (code: string): number => gzipSync(code, { level: 9 }).length;
  const size: Size = { ...entry, raw: 0, gzip: 0, later: 0, files: [] };
  for (const part of output) {
    if (part.type !== "chunk") continue;
    if (!part.isEntry) size.later += zipped(part.code);
    else Object.assign(size, { raw: part.code.length, gzip: zipped(part.code) });
    size.files.push(
      ...Object.keys(part.modules)
        .filter((file) => file.startsWith(`${root}/`) && file !== id)
        .map((file) => basename(file)),
    );
  }
  return size;
}

export const isOver = ({ gzip, budget }: Size): boolean => budget !== undefined && gzip > budget;

/** Sizes as a table; what is over its budget says so. */
export const formatSizes = (sizes: Size[]): string =>
  formatTable([
    ["BUNDLE", "MINIFIED", "GZIP", "BUDGET", "ON DEMAND"],
    ...sizes.map((size) => [
      size.name,
      String(size.raw),
      String(size.gzip),
      size.budget === undefined ? "-" : `${size.budget}${isOver(size) ? " (over)" : ""}`,
      size.later === 0 ? "-" : `+${size.later}`,
    ]),
  ]);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sizes: Size[] = [];
  for (const entry of ENTRIES) sizes.push(await sizeOf(ROOT, entry));
  console.log(formatSizes(sizes));
  if (sizes.some(isOver)) process.exitCode = 1;
}

/** What the types of a client cost a compiler: `tsc` over one file, against the declarations that are published. */
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { interleave, seconds, median, timeCommand } from "./measure.ts";

const EMPTY = "export {};\n";
const FETCH = 'export const answer: Promise<Response> = fetch("http://127.0.0.1/", { method: "POST" });\n';
const LOCK = `import { createClient, lockServer, stopServer } from "latch/huawei-ecs-native/v2.1";
const client = createClient({ ak: "key", sk: "secret", microversion: "2.60" });
const server = { project_id: "p", server_id: "s" };
await lockServer(client, server);
const result = await stopServer(client, { ...server, "os-stop": {} });
export const message = result.status === 409 ? result.error.conflictingRequest.message : undefined;
`;
const VERSIONS = ["samsung-virtualserver/v1.3", "huawei-ecs/v1", "huawei-ecs/v1.1", "huawei-ecs/v2", "oracle-ecb/v1.1"];
const OPTIONS = '{ baseUrl: "http://127.0.0.1:4010" }';
const MORE = VERSIONS.map(
  (version, i) => `import * as c${i} from "latch/${version}";\nexport const client${i} = c${i}.createClient(${OPTIONS});\n`,
);
const FILES = { "an empty file": EMPTY, "fetch alone": FETCH, "one contract, two calls": LOCK, "six contracts": MORE.join("") + LOCK };

const COMPILERS = { "TypeScript 5.9": "typescript", "TypeScript 7": "typescript7" };

/** Prints a table: milliseconds of `tsc`, and what they are over the empty file. */
export async function benchCompile(root: string, rounds: number, log: (line: string) => void): Promise<void> {
  // Inside the repository, so that openapi-fetch's types are found.
  const folder = join(root, ".cache/bench-client");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    const tsc = (name: string): string => join(root, "node_modules", name, "bin/tsc");
    log("compiling a consumer's file (strict, skipLibCheck), types from the built package");
    execFileSync(process.execPath, [
      tsc("typescript"),
      "-p",
      join(root, "tsconfig.build.json"),
      "--outDir",
      join(folder, "dist"),
      "--emitDeclarationOnly",
    ]);
    const subjects = Object.entries(COMPILERS).flatMap(([compiler, name]) =>
      Object.entries(FILES).map(([title, text], i) => {
        const file = `consumer-${i}`;
        writeFileSync(join(folder, `${file}.mts`), text);
        const paths = { "latch/*": ["./dist/generated/*/client.d.ts"] };
        const strict = { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: true, noEmit: true, types: [], paths };
        const compilerOptions = { target: "ES2023", lib: ["ES2023", "DOM", "DOM.Iterable"], module: "NodeNext", ...strict };
        const project = join(folder, `${file}.json`);
        writeFileSync(project, JSON.stringify({ compilerOptions, files: [`${file}.mts`] }));
        return { name: `${compiler}: ${title}`, run: () => timeCommand(process.execPath, [tsc(name), "-p", project]) };
      }),
    );
    const times = await interleave(subjects, rounds, () => undefined);
    const medians = new Map([...times].map(([name, values]) => [name, median(values)]));
    for (const [name, value] of medians) {
      const empty = medians.get(`${name.split(":")[0]}: an empty file`) ?? Number.NaN;
      log(`${name.padEnd(42)} ${seconds(value).padStart(9)}   + ${Math.round(value - empty)} ms`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

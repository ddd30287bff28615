/** The package, packed and installed in an empty folder: what is in it, and that JavaScript, TypeScript and the shell can use it. */
import { copyFileSync, cpSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createMockServer, type Listening } from "../../mock/http.ts";
import { loadContracts } from "../../mock/load.ts";
import { readRegistry } from "../../scripts/registry.ts";
import { ROOT } from "../../scripts/root.ts";
import { run, type Ran } from "../cli/run.ts";
import { serve } from "../cli/serving.ts";
import { CONSUMER, compile } from "../types/compile.ts";
import { install, machineNode, pack, type Packed } from "./install.ts";
import { NAMES, compileSnippets, promisedBy, runSnippet } from "./snippets.ts";

/** Before any of the four Samsung versions ends. */
const NOW = "2025-06-01";

const entries = readRegistry(ROOT);
let packed: Packed;
let folder: string;
let mock: Listening;

beforeAll(async () => {
  packed = await pack();
  folder = await install(packed.tarball);
  copyFileSync(join(ROOT, "test/package/fixtures/consumer.js"), join(folder, "consumer.js"));
  mock = await createMockServer({ contracts: await loadContracts(ROOT), now: NOW, stateless: true }).listen();
});
afterAll(async () => {
  await mock?.close();
  for (const path of [packed && dirname(packed.tarball), folder]) if (path) rmSync(path, { recursive: true });
});

const latch = (...args: string[]): Promise<Ran> => run(join(folder, "node_modules/.bin/latch"), args, { cwd: folder, timeout: 30_000 });

test("holds what a consumer needs and nothing else", () => {
  const allowed =
    /^(dist\/service-worker\.js|generated\/contracts\.json|dist\/(generated|mock|runtime|scripts)\/.+\.(js|d\.ts)|generated\/[\w-]+\/v[\d.]+\/(openapi\.yaml|mock\.js|mock\.d\.ts)|package\.json|redocly\.yaml|(README|CHANGELOG)\.md|LICENSE)$/;
  expect(packed.files.filter((path) => !allowed.test(path))).toEqual([]);
  for (const { api, version } of entries) {
    const built = ["client.js", "client.d.ts", "types.d.ts"].map((name) => `dist/generated/${api}/${version}/${name}`);
    expect(packed.files).toEqual(
      expect.arrayContaining([...built, ...["openapi.yaml", "mock.js", "mock.d.ts"].map((name) => `generated/${api}/${version}/${name}`)]),
    );
  }
  expect(packed.files).toEqual(expect.arrayContaining(["README.md", "LICENSE", "CHANGELOG.md", "redocly.yaml", "dist/scripts/latch.js"]));
});

/** Bytes of every file below a folder. */
const sizeOf = (path: string): number =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);

test("brings at most 12 packages and 6 MB, with the mock and without Prism", () => {
  const installed: object = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")).packages;
  const names = Object.keys(installed).filter((path) => path !== "");
  const bytes = sizeOf(join(folder, "node_modules"));
  console.log(
    `latch installs ${names.length} packages, ${Math.round(bytes / 1024)} KiB; of these its own are ${Math.round(packed.unpackedSize / 1024)} KiB in ${packed.files.length} files`,
  );
  expect(names.length).toBeLessThanOrEqual(12);
  expect(bytes).toBeLessThan(6 * 1024 * 1024);
  expect(names.map((path) => path.replace("node_modules/", "")).toSorted()).toEqual([
    "commander",
    "latch",
    "openapi-fetch",
    "openapi-typescript-helpers",
    "rou3",
    "saxes",
    "xmlchars",
    "yaml",
  ]);
});

const expected = Object.fromEntries(
  entries.map(({ api, version }) => [
    `${api}/${version}`,
    {
      status: expect.toBeOneOf([200, 202, 204]),
      data: expect.any(String),
      error: "undefined",
      bundle: true,
      functions: expect.any(Number),
    },
  ]),
);

test("plain JavaScript imports every contract and calls the mock", async () => {
  const { code, stdout, stderr } = await run(process.execPath, ["consumer.js", mock.url], { cwd: folder });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(JSON.parse(stdout)).toEqual(expected);
});

test("so it does on Node 20, the oldest that is promised", async () => {
  const node = await machineNode();
  if (!node?.version.startsWith("v20.")) {
    console.log(`not tried on Node 20: the machine's own node is ${node ? `${node.path} ${node.version}` : "not there"}`);
    return;
  }
  const { code, stdout, stderr } = await run(node.path, ["consumer.js", mock.url], { cwd: folder });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(JSON.parse(stdout)).toEqual(expected);
  const help = await run(node.path, [join(folder, "node_modules/latch/dist/scripts/latch.js"), "list"], { cwd: folder });
  expect(help.code).toBe(0);
});

test.each([
  ["5.9.3", "nodenext"],
  ["5.9.3", "bundler"],
  ["7.0.2", "nodenext"],
] as const)("TypeScript %s (%s) finds the types of every contract, and they are sound", async (compiler, resolution) => {
  for (const name of readdirSync(CONSUMER)) cpSync(join(CONSUMER, name), join(folder, name));
  const { diagnostics, output } = await compile(folder, compiler, resolution, {});
  expect(diagnostics, output).toEqual([]);
});

test("the command line lists the contracts and explains itself", async () => {
  const list = await latch("list", "--now", "2026-08-01");
  expect({ code: list.code, stderr: list.stderr }).toEqual({ code: 0, stderr: "" });
  for (const { key } of entries) expect(list.stdout).toContain(`${key} `);
  expect((await latch("--help")).stdout).toContain("Usage: latch [options] [command]");
});

test.each(["generate", "lint", "start", "mock --engine prism", "mock --state redis://127.0.0.1:1"])(
  "latch %s says in one sentence what is missing",
  async (command) => {
    const { code, stdout, stderr } = await latch(...command.split(" "));
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr.trimEnd().split("\n"), stderr).toHaveLength(1);
    expect(stderr).toMatch(/: .+\.\n$/);
  },
);

test("latch mock serves as it was installed", async () => {
  const latchFile = join(folder, "node_modules/latch/dist/scripts/latch.js");
  const serving = await serve(
    process.execPath,
    [latchFile, "mock", "--port", "0", "--now", NOW, "--stateless"],
    // The pages are made in a checkout: here the banner has no address for them.
    /^mock +(http:\/\/[^/\s]+)\//,
    {
      cwd: folder,
    },
  );
  const { code, stdout, stderr } = await run(process.execPath, ["consumer.js", serving.url], { cwd: folder });
  expect(await serving.stop()).toBe(0);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(JSON.parse(stdout)).toEqual(expected);
});

test("publint finds nothing in the tarball, not even a suggestion", async () => {
  const { code, stdout, stderr } = await run(join(ROOT, "node_modules/.bin/publint"), [packed.tarball, "--strict"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("All good!");
});

test("arethetypeswrong finds the types of every entry that is there to be imported", async () => {
  const runtime = packed.files.flatMap((path) => /^dist\/(runtime\/[\w-]+)\.js$/.exec(path)?.[1] ?? []);
  // It does not expand the wildcards of `exports` by itself.
  const wanted = [
    ...entries.flatMap(({ api, version }) => [`${api}/${version}`, `${api}/${version}/mock`]),
    "latch-control/v1",
    ...runtime,
  ];
  const asked = ["--exclude-entrypoints", "service-worker.js", "--include-entrypoints", ...wanted];
  const { code, stdout, stderr } = await run(join(ROOT, "node_modules/.bin/attw"), [
    packed.tarball,
    "--profile",
    "esm-only",
    "--format",
    "json",
    ...asked,
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { analysis } = JSON.parse(stdout);
  // The package is ESM: what only node10 or require() would miss is missed on purpose.
  const ours = analysis.problems.filter(
    ({ resolutionKind }: { resolutionKind?: string }) => resolutionKind !== "node10" && resolutionKind !== "node16-cjs",
  );
  expect(ours).toEqual([]);
  for (const name of wanted) {
    const { resolutions } = analysis.entrypoints[`./${name}`];
    for (const kind of ["node16-esm", "bundler"]) expect(resolutions[kind].resolution.fileName, `${name} ${kind}`).toMatch(/\.d\.ts$/);
  }
});

test.each(["5.9.3", "7.0.2"] as const)("the snippets of the README compile with TypeScript %s and do what they say", async (compiler) => {
  const { diagnostics, output } = await compileSnippets(folder, compiler);
  expect(diagnostics, output).toEqual([]);
  const old = await machineNode();
  const nodes = [process.execPath, ...(old?.version.startsWith("v20.") ? [old.path] : [])];
  if (nodes.length === 1) console.log("the snippets were not tried on Node 20: the machine has none");
  expect(NAMES.length).toBe(4);
  for (const name of NAMES) {
    expect(promisedBy(name).length).toBeGreaterThan(1);
    for (const node of nodes)
      expect(await runSnippet(folder, name, node), `${name} on ${node}`).toEqual({ code: 0, stderr: "", lines: promisedBy(name) });
  }
});

/** The package, packed and installed in an empty folder: what is in it, and that JavaScript, TypeScript and the shell can use it. */
import { copyFileSync, cpSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createMockServer, type Listening } from "../../mock/http.ts";
import { loadContracts } from "../../mock/load.ts";
import { ENGINE } from "../../scripts/commands/mock.ts";
import { readRegistry } from "../../scripts/registry.ts";
import { ROOT } from "../../scripts/root.ts";
import { run, type Ran } from "../cli/run.ts";
import { serve } from "../cli/serving.ts";
import { CONSUMER, compile } from "../types/compile.ts";
import { addPackages, install, machineNode, pack, type Packed } from "./install.ts";

const entries = readRegistry(ROOT);
let packed: Packed;
let folder: string;
let mock: Listening;

beforeAll(async () => {
  packed = await pack();
  folder = await install(packed.tarball);
  copyFileSync(join(ROOT, "test/package/fixtures/consumer.js"), join(folder, "consumer.js"));
  mock = await createMockServer({ contracts: await loadContracts(ROOT) }).listen();
});
afterAll(async () => {
  await mock?.close();
  for (const path of [packed && dirname(packed.tarball), folder]) if (path) rmSync(path, { recursive: true });
});

const latch = (...args: string[]): Promise<Ran> => run(join(folder, "node_modules/.bin/latch"), args, { cwd: folder, timeout: 30_000 });

test("holds what a consumer needs and nothing else", () => {
  const allowed =
    /^(dist\/(generated|mock|runtime|scripts)\/.+\.(js|d\.ts)|generated\/[\w-]+\/v[\d.]+\/openapi\.yaml|package\.json|redocly\.yaml|(README|CHANGELOG)\.md|LICENSE)$/;
  expect(packed.files.filter((path) => !allowed.test(path))).toEqual([]);
  for (const { api, version } of entries) {
    const built = ["client.js", "client.d.ts", "types.d.ts"].map((name) => `dist/generated/${api}/${version}/${name}`);
    expect(packed.files).toEqual(expect.arrayContaining([...built, `generated/${api}/${version}/openapi.yaml`]));
  }
  expect(packed.files).toEqual(expect.arrayContaining(["README.md", "LICENSE", "CHANGELOG.md", "redocly.yaml", "dist/scripts/latch.js"]));
});

test("brings four packages, not an engine", () => {
  const installed: object = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")).packages;
  const names = Object.keys(installed).filter((path) => path !== "");
  console.log(
    `latch installs ${names.length} packages; unpacked it has ${Math.round(packed.unpackedSize / 1024)} KiB in ${packed.files.length} files`,
  );
  expect(names.map((path) => path.replace("node_modules/", "")).toSorted()).toEqual([
    "commander",
    "latch",
    "openapi-fetch",
    "openapi-typescript-helpers",
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

test.each(["generate", "lint", "start", "mock"])("latch %s says in one sentence what is missing", async (command) => {
  const { code, stdout, stderr } = await latch(command);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr.trimEnd().split("\n"), stderr).toHaveLength(1);
  expect(stderr).toMatch(/: .+\.\n$/);
});

test("latch mock serves as soon as what it names is there", async () => {
  addPackages(folder, ENGINE);
  const latchFile = join(folder, "node_modules/latch/dist/scripts/latch.js");
  const serving = await serve(process.execPath, [latchFile, "mock", "--port", "0"], /^documentation +(http:\/\/\S+?)\/?$/, { cwd: folder });
  const { code, stdout, stderr } = await run(process.execPath, ["consumer.js", serving.url], { cwd: folder });
  expect(await serving.stop()).toBe(0);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(JSON.parse(stdout)).toEqual(expected);
});

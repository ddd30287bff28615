/** The built worker as a file, and the command that puts it where pages are. */
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Script } from "node:vm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runWorker } from "../../scripts/commands/worker.ts";
import { LatchError } from "../../scripts/errors.ts";
import { readRegistry } from "../../scripts/registry.ts";
import { ROOT } from "../../scripts/root.ts";
import { buildWorker, sizeOf, takeWorker, WORKER_FILE } from "../../scripts/worker.ts";
import { runLatch } from "../cli/run.ts";

/** Of a text that nobody wants to read in a failure. */
const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

const folder = realpathSync(mkdtempSync(join(tmpdir(), "latch-worker-")));
const under = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

describe("the file", () => {
  let text: string;
  beforeAll(async () => void (text = await buildWorker(ROOT)));

  test("holds every contract, and is always the same", async () => {
    expect(readRegistry(ROOT).filter(({ key }) => !text.includes(`key:\`${key}\``))).toEqual([]);
    expect(digest(await buildWorker(ROOT))).toBe(digest(text));
    expect(text.includes(ROOT), "a path of this machine").toBe(false);
  });

  test("is one classic script that makes no code and loads none", () => {
    expect(() => new Script(text)).not.toThrow();
    const words = [
      /\beval\s*\(/,
      /\bFunction\s*\(/,
      /\bimport\s*\(/,
      /\bimportScripts\b/,
      /\bimport\.meta\b/,
      /\brequire\(["']/,
      /\bprocess\./,
    ];
    expect(words.filter((word) => word.test(text))).toEqual([]);
  });

  test("is smaller than a picture", () => {
    const { raw, gzip } = sizeOf(text);
    expect(raw).toBeLessThan(1_200_000);
    expect(gzip).toBeLessThan(220_000);
  });

  test("cannot be built from contracts that were not generated", async () => {
    mkdirSync(under("bare"));
    writeFileSync(under("bare/redocly.yaml"), readFileSync(join(ROOT, "redocly.yaml")));
    const place = { file: "generated/huawei-ecs-native/v2/mock.js" };
    await expect(buildWorker(under("bare"))).rejects.toThrow(
      new LatchError("The compiled contract huawei-ecs-native@v2 is not there", "run npm run generate", place),
    );
  });
});

describe("latch worker", () => {
  test("puts the worker into a folder, and nothing else", async () => {
    mkdirSync(under("public"));
    writeFileSync(under("public/index.html"), "a page");
    const { code, stdout, stderr } = await runLatch(["worker", "public"], { cwd: folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^public\/service-worker\.js: \d+ kB, \d+ kB with gzip\n$/);
    expect(readdirSync(under("public")).toSorted()).toEqual(["index.html", "service-worker.js"]);
    expect(digest(readFileSync(under("public/service-worker.js"), "utf8"))).toBe(digest(await buildWorker(ROOT)));
  });

  test("without a folder only builds it", async () => {
    const { code, stdout, stderr } = await runLatch(["worker"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^dist\/service-worker\.js: \d+ kB/);
    expect(digest(readFileSync(join(ROOT, WORKER_FILE), "utf8"))).toBe(digest(await buildWorker(ROOT)));
  });

  test.each([
    ["nowhere", "There is no folder nowhere: create it, or name the one that your pages are served from, such as public."],
    ["file", "file is not a folder: name the one that your pages are served from, such as public."],
  ])("%s", async (name, sentence) => {
    writeFileSync(under("file"), "");
    const { code, stdout, stderr } = await runLatch(["worker", name], { cwd: folder });
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: "", stderr: `${sentence}\n` });
  });

  test("a place that cannot be written to", async () => {
    // Also for root, whom permissions do not stop.
    mkdirSync(under("taken/service-worker.js"), { recursive: true });
    await expect(runWorker(ROOT, under("taken"))).rejects.toThrow(`${under("taken/service-worker.js")} cannot be written (EISDIR)`);
    mkdirSync(under("locked"));
    chmodSync(under("locked"), 0o500);
    if (process.getuid?.() !== 0) await expect(runWorker(ROOT, under("locked"))).rejects.toThrow("cannot be written (EACCES)");
  });

  test("from the package takes the file that came with it", async () => {
    mkdirSync(under("package/dist"), { recursive: true });
    await expect(takeWorker(under("package"))).rejects.toThrow("The service worker did not come with the package");
    writeFileSync(under(`package/${WORKER_FILE}`), "the worker");
    expect(await takeWorker(under("package"))).toBe("the worker");
    expect(existsSync(under("package/mock"))).toBe(false);
    expect(statSync(under(`package/${WORKER_FILE}`)).size).toBe(10);
  });
});

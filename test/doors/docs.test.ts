/** Every snippet of docs/mock-in-the-browser.md is compiled, and runs as a reader would run it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readOptions } from "../../mock/browser/options.ts";
import { ROOT } from "../../scripts/root.ts";
import { buildWorker, sizeOf } from "../../scripts/worker.ts";
import { launch, MISSING } from "../pages/browser.ts";
import { compile } from "../types/compile.ts";
import { siteFiles, visit } from "./page.ts";
import { serveSite, type Site } from "./site.ts";
import { blocksOf, bundleSnippet, namedBlocks, PATHS, workshop } from "./snippets.ts";

const PAGE = "docs/mock-in-the-browser.md";
const text = readFileSync(join(ROOT, PAGE), "utf8");
const snippets = namedBlocks(PAGE);
const snippet = (name: string): string => snippets.get(name) ?? `throw new Error("There is no ${name}.");`;
const shop = workshop();
afterAll(() => shop.remove());

/** What the snippets leave behind in a page. */
declare global {
  var left: {
    mock?: { stop(): Promise<void> };
    worker?: { stop(): unknown };
    default?: { loaders: ((story: { id: string }) => Promise<{ world: string }>)[] };
  };
}

test("no snippet is left out", () => {
  const tried = ["unit.test.ts", "msw.test.ts", "browser.ts", "main.ts", "my-worker.js", ".storybook/preview.ts"];
  expect([...snippets.keys()]).toEqual(tried);
  const others = blocksOf(PAGE).filter((block) => ![...snippets.values()].includes(block.text));
  expect(others.map((block) => block.text)).toEqual([expect.stringMatching(/^npx latch worker public +# public\/service-worker\.js/)]);
});

test("every option is named, and the sizes are right", async () => {
  const names = [...(/choose from (.*)\./.exec(attempt(() => readOptions("nope=1")))?.[1] ?? "").split(", "), "url", "scope"];
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  const [, raw, gzip] = /(\d+) kB, (\d+) kB with gzip/.exec(text) ?? [];
  const size = sizeOf(await buildWorker(ROOT));
  expect(Math.abs(size.raw / 1000 / Number(raw) - 1)).toBeLessThan(0.1);
  expect(Math.abs(size.gzip / 1000 / Number(gzip) - 1)).toBeLessThan(0.1);
});

function attempt(work: () => unknown): string {
  try {
    return String(work());
  } catch (error) {
    return String(error);
  }
}

test("they compile", async () => {
  for (const [name, code] of snippets) if (name.endsWith(".ts")) shop.write(name.replace("/", "-").replace(/^\./, ""), code);
  const options = { skipLibCheck: true, noPropertyAccessFromIndexSignature: false, allowImportingTsExtensions: true, paths: PATHS };
  const { diagnostics, output } = await compile(shop.folder, "5.9.3", "bundler", options);
  expect(diagnostics, output).toEqual([]);
});

// Tests of the page's own, taken in as they stand there.
describe.each(["unit.test.ts", "msw.test.ts"])("%s", async (name) => {
  const code = await bundleSnippet(name, snippet(name), "test");
  await import(pathToFileURL(shop.write(`${name}.mjs`, code)).href);
});

describe.skipIf(MISSING)("in a page", () => {
  let browser: Browser;
  let site: Site;
  let files: Map<string, string>;
  beforeAll(async () => {
    files = await siteFiles();
    for (const name of ["browser.ts", "main.ts", ".storybook/preview.ts", "my-worker.js"]) {
      const script = name.replace(/.*\//, "").replace(/\.ts$/, ".js");
      files.set(`/${script}`, await bundleSnippet(name, snippet(name), name === "my-worker.js" ? "worker" : "page"));
      files.set(`/${script}/`, `<!doctype html><meta charset=utf-8><script type=module src=/${script}></script>`);
    }
    files.set("/mockServiceWorker.js", readFileSync(join(ROOT, "node_modules/msw/lib/mockServiceWorker.js"), "utf8"));
    const policy = "default-src 'self'; script-src 'self'; connect-src 'self' https://*.samsungsdscloud.com";
    [site, browser] = await Promise.all([serveSite(files, policy), launch()]);
  });
  afterAll(() => Promise.all([browser?.close(), site?.close()]));

  async function run(path: string): Promise<{ page: Page; lines: string[] }> {
    const lines: string[] = [];
    const { page } = await visit(browser, site);
    page.on("console", (message) => lines.push(message.text()));
    await page.goto(site.url + path);
    return { page, lines };
  }
  const status = (page: Page, url: string): Promise<number> => page.evaluate(async (at) => (await fetch(at)).status, url);

  test("main.ts", async () => {
    const { page, lines } = await run("/main.js/");
    await page.waitForFunction(() => globalThis.left?.mock);
    expect(lines.join("\n")).toContain("<accessToken>");
    await page.evaluate(() => globalThis.left.mock?.stop());
    expect(await status(page, "/mock/_latch/health")).toBe(404);
  });

  test("browser.ts", async () => {
    const { page } = await run("/browser.js/");
    await page.waitForFunction(() => globalThis.left?.worker);
    expect(await status(page, "https://virtualserver.kr-west1.e.samsungsdscloud.com/v1/servers/x")).toBe(401);
  });

  test(".storybook/preview.ts", async () => {
    const { page } = await run("/preview.js/");
    await page.waitForFunction(() => globalThis.left?.default);
    expect(await page.evaluate(() => globalThis.left.default?.loaders[0]?.({ id: "button--primary" }))).toEqual({
      world: "button--primary",
    });
    expect(await status(page, "/mock/_latch/health")).toBe(200);
  });

  test("my-worker.js", async () => {
    const { page } = await run("/");
    const started = await page.evaluate(async () => {
      const mock = await globalThis.startMock({ url: "/my-worker.js" });
      return typeof mock.stop;
    });
    expect(started).toBe("function");
    expect(await status(page, "/mock/v1/servers/x")).toBe(401);
  });

  test("an address with options that was written by hand", async () => {
    const [, address = ""] = /register\("([^"]+)"\)/.exec(text) ?? [];
    const { page } = await run("/");
    await page.evaluate(async (url) => {
      const controlled = new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve));
      await navigator.serviceWorker.register(url);
      await controlled;
    }, address);
    expect(await status(page, "/api/_latch/health")).toBe(200);
  });
});

/** The adapter to Mock Service Worker in a browser, over its real `setupWorker` and its own worker script. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readRegistry } from "../../scripts/registry.ts";
import { ROOT } from "../../scripts/root.ts";
import { launch, MISSING } from "../pages/browser.ts";
import { bundle } from "./bundle.ts";
import { overPage, visit } from "./page.ts";
import { playAll } from "./play.ts";
import { serveSite, type Site } from "./site.ts";

const VENDOR = "https://virtualserver.kr-west1.e.samsungsdscloud.com";

/** What the page's script puts there. */
declare global {
  var startMsw: () => Promise<unknown>;
}

const script = (): Promise<string> => {
  const modules = readRegistry(ROOT).map(({ out }, index) => `import contract${index} from "./${out}/mock.js";`);
  return bundle(`
    import { setupWorker } from "msw/browser";
    import { mockHandlers } from "./mock/msw.ts";
    ${modules.join("\n")}
    const handlers = mockHandlers([${modules.map((_, index) => `contract${index}`).join(", ")}], { baseUrl: new URL("/mock", location.href) });
    const worker = setupWorker(...handlers);
    globalThis.startMsw = () => worker.start({ quiet: true, onUnhandledFrame: "bypass" });
  `);
};

describe.skipIf(MISSING)("msw in a browser", () => {
  let browser: Browser;
  let site: Site;
  let page: Page;
  beforeAll(async () => {
    const files = new Map([
      ["/", "<!doctype html><meta charset=utf-8><script src=/page.js></script>"],
      ["/favicon.ico", ""],
      ["/page.js", await script()],
      ["/mockServiceWorker.js", readFileSync(join(ROOT, "node_modules/msw/lib/mockServiceWorker.js"), "utf8")],
    ]);
    const policy = `default-src 'self'; script-src 'self'; connect-src 'self' ${VENDOR}`;
    [site, browser] = await Promise.all([serveSite(files, policy), launch()]);
    page = (await visit(browser, site)).page;
    await page.evaluate(() => globalThis.startMsw().then(() => undefined));
  });
  afterAll(() => Promise.all([browser?.close(), site?.close()]));

  playAll(() => overPage(() => page, "/mock"));

  test("the vendors' own hosts, and the network for what is nobody's", async () => {
    const send = overPage(() => page, "");
    expect(await send({ method: "GET", path: `${VENDOR}/v1/servers/x`, headers: {} })).toMatchObject({ status: 401 });
    expect(await send({ method: "GET", path: "/nothing", headers: {} })).toMatchObject({ status: 404, text: "not on this site" });
    expect(site.asked.filter((line) => line.includes("/mock/"))).toEqual([]);
  });
});

/** How the mock starts and stops in a page, and what is said when it does not. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, MISSING } from "../pages/browser.ts";
import { overPage, siteFiles, start, stop, stopWorkers, visit } from "./page.ts";
import type { Got } from "./play.ts";
import { serveSite, type Site } from "./site.ts";

const SCP = "/v1/servers/99999999-8888-4777-8666-555555555555";
const VENDOR = "https://virtualserver.kr-west1.e.samsungsdscloud.com";
const SIGNED = { "Scp-Accesskey": "key", "Scp-Signature": "c2ln", "Scp-Timestamp": "1785542400000", "Scp-ClientType": "Openapi" };

describe.skipIf(MISSING)("in a page", () => {
  let browser: Browser;
  let site: Site;
  beforeAll(async () => {
    const policy = `default-src 'self'; script-src 'self'; connect-src 'self' ${VENDOR}`;
    [site, browser] = await Promise.all([serveSite(await siteFiles(), policy), launch()]);
  });
  afterAll(() => Promise.all([browser?.close(), site?.close()]));

  const open = async (path = "/"): Promise<Page> => (await visit(browser, site, path)).page;
  const get = (page: Page, url: string, headers: Record<string, string> = {}): Promise<Got | "dropped"> =>
    overPage(() => page, "")({ method: "GET", path: url, headers });
  const told = async (page: Page, url: string): Promise<unknown> => {
    const got = await get(page, url);
    return got === "dropped" ? got : JSON.parse(got.text);
  };

  describe("it starts", () => {
    test("below the scope, where it was told", async () => {
      const page = await open("/app/");
      expect(await start(page, { url: "service-worker.js", base: "api-mock" })).toBe("started");
      expect(await get(page, "/app/api-mock/_latch/health")).toMatchObject({ status: 200 });
      for (const url of ["/mock/_latch/health", "/app/mock/_latch/health", "/api-mock/_latch/health"])
        expect(await get(page, url)).toMatchObject({ status: 404, text: "not on this site" });
    });

    test("with what else there is on the site untouched, and typing errors below its base answered", async () => {
      const page = await open();
      expect(await start(page)).toBe("started");
      expect(await get(page, "/stranger.js")).toMatchObject({ status: 200 });
      expect(await told(page, "/mock/oracle-ebc/rest")).toMatchObject({ status: 404, detail: expect.stringContaining("the APIs are") });
      expect(await told(page, "/mock/_latch/openapi.json")).toMatchObject({ openapi: "3.1.0" });
      await page.goto(`${site.url}/mock/_latch/worlds`);
      expect(await page.textContent("body")).toBe('{"worlds":["default"]}');
    });

    test.each([[true], [{ region: "kr-west1" }]])("for the vendors' own hosts, vendors: %j", async (vendors) => {
      const page = await open();
      expect(await start(page, { vendors, seed: "s" })).toBe("started");
      expect(await get(page, VENDOR + SCP, SIGNED)).toMatchObject({ status: 200, text: expect.stringContaining('"locked":false') });
    });

    test.each([[false], [{ region: "kr-south1" }]])("not for the vendors' own hosts, vendors: %j", async (vendors) => {
      const page = await open();
      expect(await start(page, { vendors })).toBe("started");
      expect(await get(page, VENDOR + SCP, SIGNED)).toBe("dropped");
    });

    test("again with other options, which hold at once, and what was remembered stays", async () => {
      const page = await open();
      expect(await start(page, { seed: "one" })).toBe("started");
      expect(await told(page, "/mock/_latch/seed")).toMatchObject({ seed: "one" });
      await overPage(() => page, "/mock")({ method: "POST", path: `/samsung-virtualserver${SCP}/lock`, headers: SIGNED });
      expect(await start(page, { seed: "two" })).toBe("started");
      expect(await told(page, "/mock/_latch/seed")).toMatchObject({ seed: "two" });
      expect(await get(page, `/mock/samsung-virtualserver${SCP}`, SIGNED)).toMatchObject({
        text: expect.stringContaining('"locked":true'),
      });
    });

    test("in a page that was loaded past the worker", async () => {
      const page = await open();
      expect(await start(page)).toBe("started");
      const loaded = page.waitForEvent("load");
      await (await page.context().newCDPSession(page)).send("Page.reload", { ignoreCache: true });
      await loaded;
      expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
      expect(await start(page)).toBe("started");
      expect(await get(page, "/mock/_latch/health")).toMatchObject({ status: 200 });
    });

    test("in a second page at the same time, with the same state", async () => {
      const page = await open();
      expect(await start(page)).toBe("started");
      const second = await page.context().newPage();
      await second.goto(site.url);
      expect(await start(second)).toBe("started");
      await overPage(() => page, "/mock")({ method: "POST", path: `/samsung-virtualserver${SCP}/lock`, headers: SIGNED });
      expect(await get(second, `/mock/samsung-virtualserver${SCP}`, SIGNED)).toMatchObject({
        text: expect.stringContaining('"locked":true'),
      });
    });

    test("with a clock that does not go back when the worker begins again", async () => {
      const page = await open();
      const now = async (): Promise<number> => Date.parse(JSON.parse(JSON.stringify(await told(page, "/mock/_latch/clock"))).now);
      expect(await start(page, { now: "2026-01-01" })).toBe("started");
      const first = await now();
      expect(first).toBeGreaterThanOrEqual(Date.parse("2026-01-01"));
      await stopWorkers(await page.context().newCDPSession(page));
      const second = await now();
      expect(second).toBeGreaterThan(first);
      expect(second).toBeLessThan(Date.parse("2026-01-02"));
    });
  });

  describe("it stops", () => {
    test("at once, also when the browser begins the worker again, and starts again", async () => {
      const page = await open();
      const health = (): Promise<Got | "dropped"> => get(page, "/mock/_latch/health");
      expect(await start(page)).toBe("started");
      expect(await health()).toMatchObject({ status: 200 });
      await stop(page);
      expect(await health()).toMatchObject({ status: 404, text: "not on this site" });
      await stopWorkers(await page.context().newCDPSession(page));
      expect(await health()).toMatchObject({ status: 404, text: "not on this site" });
      expect(await start(page)).toBe("started");
      expect(await health()).toMatchObject({ status: 200 });
    });

    test("for good", async () => {
      const page = await open();
      expect(await start(page)).toBe("started");
      await stop(page);
      await page.reload();
      expect(await page.evaluate(() => navigator.serviceWorker.getRegistrations().then((found) => found.length))).toBe(0);
      expect(await get(page, "/mock/_latch/health")).toMatchObject({ status: 404 });
    });
  });

  describe("it says why it does not start:", () => {
    const copy = 'see that "npx latch worker <folder>" put it there.';

    test("no script", async () => {
      const message = await start(await open(), { url: "/nowhere.js" });
      expect(message).toMatch(/^The mock's worker \/nowhere\.js did not start \(Failed to register a ServiceWorker .*\): see that/);
      expect(message).toContain(copy);
    });

    test("a script that is somebody else's", async () => {
      const page = await open();
      await page.clock.install();
      const message = start(page, { url: "/stranger.js" });
      await page.waitForFunction(() => navigator.serviceWorker.getRegistration().then((found) => found?.active?.state === "activated"));
      await expect(Promise.race([message, page.clock.fastForward(9_000)])).resolves.toBeUndefined();
      await page.clock.fastForward(2_000);
      expect(await message).toBe(`The mock's worker /stranger.js did not start (it does not answer, so it is none of latch's): ${copy}`);
    });

    test("a page that is not below the scope", async () => {
      const message = await start(await open(), { url: "/app/service-worker.js" });
      expect(message).toBe(
        `The mock's worker /app/service-worker.js did not start (this page is not below its scope ${site.url}/app/): ${copy}`,
      );
    });

    test("an option of another form, before anything is registered", async () => {
      const page = await open();
      expect(await start(page, { delay: -1 })).toBe("The option delay has to be milliseconds, or the least and the most.");
      expect(await page.evaluate(() => navigator.serviceWorker.getRegistrations().then((found) => found.length))).toBe(0);
    });

    test("a seed file that names nobody", async () => {
      const message = await start(await open(), { seedFile: { tokens: { t: "anna" }, callers: { ben: {} } } });
      expect(message).toBe("The mock does not start: The token t belongs to nobody: name one of ben.");
    });

    test("a browser without service workers", async () => {
      const { page } = await visit(browser, site);
      await page.addInitScript("delete Navigator.prototype.serviceWorker");
      await page.reload();
      expect(await start(page)).toBe("This page has no service workers: open it over HTTPS, or from localhost or 127.0.0.1.");
    });

    test("an option that is none, in an address that somebody wrote by hand", async () => {
      const page = await open();
      const registering = page.evaluate(() => navigator.serviceWorker.register("/service-worker.js?vendor=true").then(() => "registered"));
      await expect(registering).rejects.toThrow("ServiceWorker script evaluation failed");
    });
  });
});

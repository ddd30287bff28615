/** The built service worker in Chromium, under a strict Content-Security-Policy: the same transitions as through the doors of Node. */
import type { Browser, CDPSession } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, MISSING, openPage, type Observed } from "../pages/browser.ts";
import { overPage, siteFiles, start, stop, stopWorkers } from "./page.ts";
import { play, playAll } from "./play.ts";
import { serveSite, type Site } from "./site.ts";
import { TRANSITIONS } from "./transitions.ts";

describe.skipIf(MISSING)("the service worker", () => {
  let files: Map<string, string>;
  let browser: Browser;
  let site: Site;
  beforeAll(async () => {
    files = await siteFiles();
    [site, browser] = await Promise.all([serveSite(files), launch()]);
  });
  afterAll(() => Promise.all([browser?.close(), site?.close()]));

  /** A page of a browser that has never been here. */
  async function visit(path = "/"): Promise<Observed> {
    const observed = await openPage(browser);
    await observed.page.goto(site.url + path);
    return observed;
  }

  describe("in its first life", () => {
    let observed: Observed;
    beforeAll(async () => {
      observed = await visit();
      expect(await start(observed.page)).toBe("started");
    });
    playAll(() => overPage(() => observed.page, "/mock"));

    test("nothing went to the network, and the browser did not complain of the code", () => {
      expect(site.asked.filter((line) => line.includes("/mock"))).toEqual([]);
      expect(observed.complaints.filter((line) => !line.startsWith("error: Failed to load resource"))).toEqual([]);
    });
  });

  describe("stopped by the browser before every request", () => {
    let observed: Observed;
    let session: CDPSession;
    beforeAll(async () => {
      observed = await visit();
      session = await observed.page.context().newCDPSession(observed.page);
      expect(await start(observed.page)).toBe("started");
    });
    playAll(
      () => overPage(() => observed.page, "/mock"),
      () => stopWorkers(session),
    );

    test("without a database nothing would be left", async () => {
      const lost = await visit();
      const own = await lost.page.context().newCDPSession(lost.page);
      expect(await start(lost.page, { state: "memory" })).toBe("started");
      const [locking] = TRANSITIONS;
      if (!locking) throw new Error("There is no transition.");
      const send = overPage(() => lost.page, "/mock");
      await play(locking, send, "kept");
      await expect(play(locking, send, "lost", () => stopWorkers(own))).rejects.toThrow("expected 202 to be 409");
    });
  });

  test("starts again after it was stopped, in the same page", async () => {
    const { page } = await visit();
    const send = overPage(() => page, "/mock");
    const health = { method: "GET", path: "/_latch/health", headers: {} };
    expect(await start(page)).toBe("started");
    expect(await send(health)).toMatchObject({ status: 200 });
    await stop(page);
    expect(await send(health)).toMatchObject({ status: 404, text: "not on this site" });
    expect(await start(page)).toBe("started");
    expect(await send(health)).toMatchObject({ status: 200 });
  });
});

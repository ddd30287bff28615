/** The built service worker in Chromium, under a strict Content-Security-Policy: the same transitions as through the doors of Node. */
import type { Browser, CDPSession } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, MISSING, type Observed } from "../pages/browser.ts";
import { overPage, siteFiles, start, stopWorkers, visit } from "./page.ts";
import { play, playAll } from "./play.ts";
import { serveSite, type Site } from "./site.ts";
import { TRANSITIONS } from "./transitions.ts";

describe.skipIf(MISSING)("the service worker", () => {
  let browser: Browser;
  let site: Site;
  beforeAll(async () => {
    [site, browser] = await Promise.all([serveSite(await siteFiles()), launch()]);
  });
  afterAll(() => Promise.all([browser?.close(), site?.close()]));

  describe("in its first life", () => {
    let observed: Observed;
    beforeAll(async () => {
      observed = await visit(browser, site);
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
      observed = await visit(browser, site);
      session = await observed.page.context().newCDPSession(observed.page);
      expect(await start(observed.page)).toBe("started");
    });
    playAll(
      () => overPage(() => observed.page, "/mock"),
      () => stopWorkers(session),
    );

    test("without a database nothing would be left", async () => {
      const lost = await visit(browser, site);
      const own = await lost.page.context().newCDPSession(lost.page);
      expect(await start(lost.page, { state: "memory" })).toBe("started");
      const [locking] = TRANSITIONS;
      if (!locking) throw new Error("There is no transition.");
      const send = overPage(() => lost.page, "/mock");
      await play(locking, send, "kept");
      await expect(play(locking, send, "lost", () => stopWorkers(own))).rejects.toThrow("expected 202 to be 409");
    });
  });
});

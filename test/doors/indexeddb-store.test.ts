/** The store in the browser's database does what every store does, and says so when the browser does not let it. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, MISSING } from "../pages/browser.ts";
import { describeStore } from "../store/suite.ts";
import { remoteStore, storeScript } from "./remote-store.ts";
import { serveSite, type Site } from "./site.ts";

describe.skipIf(MISSING)("a store in Chromium's database", () => {
  let browser: Browser;
  let site: Site;
  beforeAll(async () => {
    const script = await storeScript();
    const page = "<!doctype html><meta charset=utf-8><script src=/store.js></script>";
    [site, browser] = await Promise.all([
      serveSite(
        new Map([
          ["/", page],
          ["/store.js", script],
        ]),
      ),
      launch(),
    ]);
  });
  afterAll(() => Promise.all([browser?.close(), site?.close()]));

  /** A page of a browser that has never been here. @param before runs in the page before its own script */
  async function visit(before = ""): Promise<Page> {
    const page = await (await browser.newContext()).newPage();
    await page.addInitScript(before);
    await page.goto(site.url);
    return page;
  }

  describeStore(async () => remoteStore(await visit(), "suite"));

  test("what one page wrote another reads, and two names are two databases", async () => {
    const page = await visit();
    const [first, other] = [await remoteStore(page, "shared"), { n: 1 }];
    expect(await first.swap("w", "k", undefined, other)).toBe(true);
    await page.reload();
    const second = await remoteStore(page, "shared");
    const seen = await second.read("w", "k");
    expect(seen).toEqual({ n: 1 });
    expect(await second.swap("w", "k", seen, { n: 2 })).toBe(true);
    expect(await (await remoteStore(page, "another")).read("w", "k")).toBeUndefined();
  });

  test("after the database was deleted under it, it begins anew", async () => {
    const page = await visit();
    const store = await remoteStore(page, "gone");
    await store.swap("w", "k", undefined, { n: 1 });
    await page.evaluate(
      () => new Promise((resolve, reject) => Object.assign(indexedDB.deleteDatabase("gone"), { onsuccess: resolve, onerror: reject })),
    );
    expect(await store.worlds()).toEqual([]);
    expect(await store.swap("w", "k", undefined, { n: 2 })).toBe(true);
  });

  test("a closed store says that it is closed, after what was running", async () => {
    const store = await remoteStore(await visit(), "closed");
    const running = store.swap("w", "k", undefined, { n: 1 });
    await store.close();
    expect(await running).toBe(true);
    await expect(store.ping()).rejects.toThrow('The database "closed" is closed: open it again before you use it.');
    await store.close();
  });

  test.each([
    [
      "refuses to open it",
      'IDBFactory.prototype.open = () => { throw new DOMException("denied for this document.", "SecurityError"); };',
      "SecurityError: denied for this document",
    ],
    [
      "fails in the middle",
      'IDBObjectStore.prototype.get = function () { this.transaction.abort(); throw new DOMException("gone", "UnknownError"); };',
      "UnknownError: gone",
    ],
  ])("where the browser %s it is unavailable", async (_, before, reason) => {
    const store = await remoteStore(await visit(before), "refused");
    const message = `The browser's database "refused" cannot be used (${reason}): let this site keep data, or keep state in memory.`;
    await expect(store.read("w", "k")).rejects.toMatchObject({ name: "StoreUnavailable", message });
  });

  test("where the browser gives no more room it is full, and nothing was replaced", async () => {
    const page = await visit();
    const session = await page.context().newCDPSession(page);
    await session.send("Storage.overrideQuotaForOrigin", { origin: `${site.url}/`, quotaSize: 1_000_000 });
    const store = await remoteStore(page, "full");
    await store.swap("w", "k", undefined, { n: 1 });
    await expect(store.replace("w", { big: { text: "x".repeat(2_000_000) } })).rejects.toMatchObject({
      name: "StoreFull",
      message: "The browser gives the mock no more room: delete worlds, or let this site keep more data.",
    });
    expect(await store.entries("w")).toEqual({ k: { n: 1 } });
  });
});

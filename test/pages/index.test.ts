/** The index over HTTP, as `npm start` serves it: every contract is one click away, and a page brings nothing with it. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMockServer, type Listening } from "../../mock/http.ts";
import { loadContracts } from "../../mock/load.ts";
import { readRegistry } from "../../scripts/registry.ts";
import { ROOT } from "../../scripts/root.ts";
import { createSite } from "../../scripts/site.ts";
import { MISSING, launch, openPage } from "./browser.ts";

const keys = readRegistry(ROOT).map(({ key }) => key);
let server: Listening;
beforeAll(async () => {
  const contracts = await loadContracts(ROOT);
  const keys = contracts.map(({ key }) => key);
  server = await createMockServer({ contracts, site: createSite(ROOT, keys) }).listen();
});
afterAll(() => server?.close());

test("a page comes as HTML, and a path that is no page does not reach the disk", async () => {
  const page = await fetch(`${server.url}/docs/oracle-ecb@v1.1.html`);
  expect(page.status).toBe(200);
  expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(await page.text()).toMatch(/^<!DOCTYPE html>/);
  for (const path of ["/docs/", "/docs/oracle-ecb@v9.html", "/redocly.yaml", "/docs/..%2f..%2fredocly.yaml", "/generated/index.html"]) {
    const refused = await fetch(server.url + path);
    await refused.text();
    expect([400, 404], path).toContain(refused.status);
  }
});

describe.skipIf(MISSING)("in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test("the index links every contract, with its state and date, and asks for nothing else", async () => {
    const { page, requests, complaints } = await openPage(browser);
    await page.goto(`${server.url}/`);
    expect(await page.title()).toBe("latch contracts");
    expect(await page.getByRole("link").allInnerTexts()).toEqual(keys);
    const row = page.getByRole("row", { name: "samsung-virtualserver@v1.2" });
    expect((await row.getByRole("cell").allInnerTexts()).slice(0, 4)).toEqual([
      "samsung-virtualserver@v1.2",
      "Samsung Cloud Platform Virtual Server",
      "SUPPORTED",
      "2026-08-31",
    ]);
    expect(requests).toEqual([`${server.url}/`]);
    expect(complaints).toEqual([]);
  });

  test("a telephone shows the index whole, and each date with what it is", async () => {
    const { page } = await openPage(browser);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${server.url}/`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    const before = (key: string): Promise<string> =>
      page
        .locator("tr", { hasText: key })
        .locator("td:nth-child(4)")
        .evaluate((cell) => getComputedStyle(cell, "::before").content);
    expect(await before("samsung-virtualserver@v1.2")).toBe('"promised until "');
    expect(await before("oracle-ecb@v1.1")).toBe("none");
    await page.context().close();
  });

  test("a telephone breaks no word of a title, and the credit ends in a name", async () => {
    const { page } = await openPage(browser);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${server.url}/docs/oracle-ecb@v1.1.html`);
    const title = page.getByRole("heading", { level: 1 }).first();
    await title.waitFor();
    const lines = await title.evaluate((heading) => {
      const text = heading.firstChild;
      if (!(text instanceof Text)) throw new Error("The title is no text.");
      return [...text.data.matchAll(/\S+/g)].map((word) => {
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        return [word[0], range.getClientRects().length];
      });
    });
    expect(lines).toContainEqual(["Communications", 1]);
    expect(lines.filter(([, count]) => count !== 1)).toEqual([]);
    const credit = page.locator("p", { hasText: /^API docs by$/ }).first();
    expect(await credit.evaluate((text) => getComputedStyle(text, "::after").content)).toBe('" Redoc"');
    await page.context().close();
  });

  test.each(keys)("%s opens from its link", async (key) => {
    const { page, requests, complaints } = await openPage(browser);
    await page.goto(`${server.url}/`);
    await page.getByRole("link", { name: key, exact: true }).click();
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    expect(await page.title()).toBe(`${key} · latch`);
    expect(requests).toEqual([`${server.url}/`, `${server.url}/docs/${key}.html`]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

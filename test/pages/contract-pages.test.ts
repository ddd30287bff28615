/** A page is one file: opened from disk it asks for nothing else, complains about nothing, and shows the contract. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { callsOf, type Call } from "../../scripts/calls.ts";
import { arrayAt, isObject, stringAt, type Obj } from "../../scripts/document.ts";
import { readRegistry } from "../../scripts/registry.ts";
import { ROOT } from "../../scripts/root.ts";
import { MISSING, launch, openPage } from "./browser.ts";

const contracts = readRegistry(ROOT).map(({ key, out }) => {
  const document: unknown = parse(readFileSync(join(ROOT, out, "openapi.yaml"), "utf8"));
  if (!isObject(document)) throw new Error(`${key} is no object`);
  return { key, document, url: pathToFileURL(join(ROOT, `generated/docs/${key}.html`)).href };
});

const tagsOf = (document: Obj): string[] => arrayAt(document, "tags").map((tag) => stringAt(tag, "name") ?? "");
/** The lock where there is one: the call a reader comes for. */
const callOf = (document: Obj): Call => {
  const calls = callsOf(document);
  const call = calls.find(({ id }) => id.startsWith("lock")) ?? calls[0];
  if (!call) throw new Error("a contract without calls");
  return call;
};

/** What a reader of the call has to know is written there. */
async function expectFacts(page: Page, call: Call): Promise<void> {
  const facts = page.locator("table", { has: page.locator("code", { hasText: new RegExp(`^${call.id}$`) }) });
  await facts.waitFor();
  const rows = (await facts.locator("tr").allInnerTexts()).map((row) => row.replaceAll(/\s+/g, " ").trim());
  expect(rows).toContain(`Call ${call.id}`);
  expect(rows).toContain(`Statuses ${call.statuses.join(", ")}`);
  const { main, role, none } = call.permissions;
  expect(rows.find((row) => row.startsWith("Permissions "))).toContain(String(main ?? role ?? none));
  expect(rows.find((row) => row.startsWith("How we know "))).toContain(call.basis);
  if (call.sunset) expect(rows).toContain(`Promised until ${call.sunset} (over from that day on)`);
}

/** Redoc closes its search whenever the address changes, as it does while the page still moves to a call: a reader opens it again. */
async function searchFor(page: Page, { summary }: Call): Promise<void> {
  const dialog = page.getByTestId("search-dialog");
  const timeout = 5_000;
  await vi.waitFor(
    async () => {
      if ((await dialog.count()) === 0) await page.getByTestId("search-trigger").click({ timeout });
      await dialog.getByRole("textbox").fill(summary, { timeout });
      await dialog.filter({ hasText: summary }).waitFor({ timeout });
    },
    { timeout: 80_000 },
  );
}

describe.skipIf(MISSING)("opened from disk", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test.each(contracts)("$key", async ({ key, document, url }) => {
    const { page, requests, complaints } = await openPage(browser);
    await page.goto(url);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    expect(await page.title()).toBe(`${key} · latch`);

    const groups = page.locator(".menu-item-type-group");
    const tags = tagsOf(document);
    expect((await groups.allInnerTexts()).map((text) => text.trim())).toEqual(tags);
    const call = callOf(document);
    for (const tag of tags) {
      await groups.getByText(tag, { exact: true }).first().click();
      const item = (summary: string): Locator => page.locator(".menu-item-type-operation").getByText(summary, { exact: true });
      for (const { summary } of callsOf(document).filter((other) => other.tags[0] === tag)) await item(summary).waitFor();
      // Now, as the next section that is opened closes this one.
      if (call.tags[0] === tag) {
        await item(call.summary).click();
        await expectFacts(page, call);
      }
    }

    await searchFor(page, call);
    expect(requests).toEqual([url]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

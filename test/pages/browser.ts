/** A headless Chromium that keeps a record of everything a page asks for or complains about. */
import { existsSync } from "node:fs";
import { chromium, type Browser, type Page } from "playwright-core";

const EXECUTABLE = "/usr/bin/chromium";
// Chromium itself would otherwise call home; a page under test never may.
const QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic", "--no-first-run"];

/** Why no page can be opened here; undefined where one can. */
export const MISSING = existsSync(EXECUTABLE) ? undefined : `there is no ${EXECUTABLE}: apt-get install chromium`;
if (MISSING) console.log(`The pages are not opened: ${MISSING}.`);

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: EXECUTABLE, args: ["--no-sandbox", "--disable-gpu", ...QUIET] });

export interface Observed {
  page: Page;
  /** Addresses of everything the page asked for, the document first. */
  requests: string[];
  /** Errors and warnings of the console, uncaught errors, and violations of the Content-Security-Policy. */
  complaints: string[];
}

/** A page in a context of its own, with nothing loaded yet. */
export async function openPage(browser: Browser): Promise<Observed> {
  const context = await browser.newContext();
  const page = await context.newPage();
  // Only a page that hangs gets here, also on a machine with much else to do.
  page.setDefaultTimeout(90_000);
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warning", "assert"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  await page.exposeFunction("reportViolation", (text: string) => complaints.push(`policy: ${text}`));
  await page.addInitScript(() => {
    // The slowest machine there is never has an idle moment: what waits for one waits forever.
    Reflect.set(globalThis, "requestIdleCallback", () => 0);
    addEventListener("securitypolicyviolation", (event) => {
      const report: unknown = Reflect.get(globalThis, "reportViolation");
      if (typeof report === "function") report(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return { page, requests, complaints };
}

/** A page in Chromium that starts the mock's service worker, and sends what it is told to. */
import type { Browser, CDPSession, Page } from "playwright-core";
import type { StartedMock, StartOptions } from "../../mock/browser/page.ts";
import { once } from "../../mock/once.ts";
import { openPage, type Observed } from "../pages/browser.ts";
import { buildWorker } from "../../scripts/worker.ts";
import { ROOT } from "../../scripts/root.ts";
import { bundle } from "./bundle.ts";
import type { Got, Send, Sent } from "./play.ts";
import type { Site } from "./site.ts";

/** What the page's script puts there for the tests. */
declare global {
  var startMock: (options?: StartOptions) => Promise<StartedMock>;
  var started: StartedMock;
}

const HTML = "<!doctype html><html lang=en><meta charset=utf-8><title>page</title><script src=/page.js></script>";

const worker = once(() => buildWorker(ROOT));

/** A page, its script, and the worker as it is built. */
export const siteFiles = async (): Promise<Map<string, string>> =>
  new Map([
    ["/", HTML],
    ["/app/", HTML],
    ["/favicon.ico", ""],
    ["/page.js", await bundle(`import { startMock } from "./mock/browser/page.ts";\nglobalThis.startMock = startMock;`)],
    ["/service-worker.js", await worker()],
    ["/app/service-worker.js", await worker()],
    ["/stranger.js", "// A service worker that is none of ours."],
  ]);

/** A page of a browser that has never been here, and that reaches nothing but this machine. */
export async function visit(browser: Browser, site: Site, path = "/"): Promise<Observed> {
  const observed = await openPage(browser);
  await observed.page.context().route(
    (url) => url.hostname !== "127.0.0.1",
    (route) => route.abort(),
  );
  await observed.page.goto(site.url + path);
  return observed;
}

/** Starts the mock in the page; the message where it does not start. */
export const start = (page: Page, options: StartOptions = {}): Promise<string> =>
  page.evaluate(async (given) => {
    try {
      globalThis.started = await globalThis.startMock(JSON.parse(given));
      return "started";
    } catch (error) {
      return error instanceof Error ? error.message : "no error";
    }
  }, JSON.stringify(options));

export const stop = (page: Page): Promise<void> => page.evaluate(() => globalThis.started.stop());

/** One request that the page itself sends. @param base without a slash at its end */
export const overPage =
  (page: () => Page, base: string): Send =>
  ({ path, ...init }: Sent) =>
    page().evaluate(
      async ([url, options]): Promise<Got | "dropped"> => {
        try {
          const response = await fetch(url, options);
          return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
        } catch (error) {
          return error instanceof TypeError ? "dropped" : Promise.reject(error);
        }
      },
      [base + path, init] as const,
    );

/** Stops the worker as the browser does when it has nothing to do, and resolves once it is over. */
export async function stopWorkers(session: CDPSession): Promise<void> {
  await session.send("ServiceWorker.enable");
  const stopped = new Promise<void>((resolve) => {
    const look = ({ versions }: { versions: { runningStatus: string }[] }): void => {
      if (!versions.some(({ runningStatus }) => runningStatus === "stopped")) return;
      session.off("ServiceWorker.workerVersionUpdated", look);
      resolve();
    };
    session.on("ServiceWorker.workerVersionUpdated", look);
  });
  await session.send("ServiceWorker.stopAllWorkers");
  await stopped;
  await session.send("ServiceWorker.disable");
}

/** A page in Chromium that has nothing but a script of ours, under a strict Content-Security-Policy. */
import { bundle } from "../doors/bundle.ts";
import { visit } from "../doors/page.ts";
import { serveSite } from "../doors/site.ts";
import { launch, type Observed } from "../pages/browser.ts";

const HTML = "<!doctype html><html lang=en><meta charset=utf-8><title>page</title><script src=/page.js></script>";
/** It may ask any port of this machine, and nobody else. */
const POLICY = "default-src 'self'; script-src 'self'; connect-src http://127.0.0.1:*";

export interface ScriptPage {
  observed: Observed;
  close(): Promise<void>;
}

/** @param script a module; its imports are seen from the root of the repository */
export async function openScript(script: string): Promise<ScriptPage> {
  const files = new Map([
    ["/", HTML],
    ["/favicon.ico", ""],
    ["/page.js", await bundle(script)],
  ]);
  const [site, browser] = await Promise.all([serveSite(files, POLICY), launch()]);
  return {
    observed: await visit(browser, site),
    close: async () => void (await Promise.all([browser.close(), site.close()])),
  };
}

/** The documentation as the mock's server shows it: the generated pages, nothing else of the disk. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { INDEX_FILE, pageFile, pageHref } from "./pages.ts";

export interface SitePage {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * @param root absolute path of the repository
 * @param keys of its contracts
 * @returns a handler from URL path to page: `/` is the index, `/docs/<contract>.html` a contract; undefined for any other path.
 *   The paths are fixed in advance, so no request reaches another file.
 */
export function createSite(root: string, keys: string[]): (path: string) => Promise<SitePage | undefined> {
  const files = new Map([
    ["/", INDEX_FILE],
    ["/index.html", INDEX_FILE],
  ]);
  for (const key of keys) files.set(`/${pageHref(key)}`, pageFile(key));
  return async (path) => {
    const file = files.get(path);
    if (file === undefined) return undefined;
    const body = await readFile(join(root, file), "utf8").catch(() => undefined);
    const headers = { "content-type": "text/html; charset=utf-8" };
    return body === undefined
      ? {
          status: 503,
          headers: { "content-type": "text/plain; charset=utf-8" },
          body: "The pages are made in the repository: run npm run generate there.\n",
        }
      : { status: 200, headers, body };
  };
}

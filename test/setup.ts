/** Before any test: the pages, which are not committed, from the bundles, which are. A stale bundle still turns the tests red. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { isObject } from "../scripts/document.ts";
import { emit } from "../scripts/emit.ts";
import { renderPages } from "../scripts/pages.ts";
import { readRegistry } from "../scripts/registry.ts";
import { ROOT } from "../scripts/root.ts";

export async function setup(): Promise<void> {
  const bundles = readRegistry(ROOT).map(({ key, out }) => {
    const document: unknown = parse(readFileSync(join(ROOT, out, "openapi.yaml"), "utf8"));
    if (!isObject(document)) throw new Error(`${out}/openapi.yaml is not an object: run npm run generate.`);
    return { key, document };
  });
  await emit(ROOT, renderPages(bundles), "generated", (path) => !path.endsWith(".html"));
}

/** Before any test: the pages, which are not committed. Committed files are left alone, so a stale one still turns the tests red. */
import { emit } from "../scripts/emit.ts";
import { isFresh } from "../scripts/fresh.ts";
import { generate } from "../scripts/generate.ts";
import { ROOT } from "../scripts/root.ts";

export async function setup(): Promise<void> {
  if (isFresh(ROOT)) return;
  const files = await generate(ROOT);
  for (const path of [...files.keys()].filter((name) => !name.endsWith(".html"))) files.delete(path);
  await emit(ROOT, files, "generated", (path) => !path.endsWith(".html"));
}

/** `latch generate`: what a person sees of it. */
import { count } from "../format.ts";
import { isFresh } from "../fresh.ts";
import { readRegistry } from "../registry.ts";

const seconds = (start: number): string => `${((performance.now() - start) / 1000).toFixed(2)} s`;

/**
 * @param root absolute path of the repository
 * @throws LatchError when a contract is broken, or with `check` when something committed is not fresh
 */
export async function runGenerate(root: string, options: { check?: boolean; force?: boolean }): Promise<void> {
  const start = performance.now();
  if (!options.check && !options.force && isFresh(root)) {
    console.log(`generated/ is up to date (${seconds(start)})`);
    return;
  }
  const entries = readRegistry(root);
  const { createProgress } = await import("../progress.ts");
  const { checkGenerated, writeGenerated } = await import("../generate.ts");
  const progress = createProgress(Math.max(...entries.map(({ key }) => key.length)), process.stdout);
  try {
    if (options.check) {
      await checkGenerated(root, progress.report);
      progress.end();
      console.log(`generated/ is what openapi/ gives: ${count(entries.length, "contract")} (${seconds(start)})`);
    } else {
      const changed = await writeGenerated(root, progress.report);
      progress.end();
      console.log(`${count(entries.length, "contract")}, ${count(changed.length, "file")} changed (${seconds(start)})`);
    }
  } catch (error) {
    progress.end();
    throw error;
  }
}

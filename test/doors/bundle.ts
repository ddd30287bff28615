/** Code for a page, from a few lines that import sources of ours. */
import { rolldown } from "rolldown";
import { ROOT } from "../../scripts/root.ts";

/** @param code a module; its relative imports are seen from the root of the repository. @returns one classic script */
export async function bundle(code: string): Promise<string> {
  const id = `${ROOT}/entry.ts`;
  const entry = {
    name: "entry",
    resolveId: (wanted: string) => (wanted === id ? id : null),
    load: (wanted: string) => (wanted === id ? code : null),
  };
  const built = await rolldown({ input: id, cwd: ROOT, platform: "browser", plugins: [entry] });
  const { output } = await built.generate({ format: "iife", codeSplitting: false });
  await built.close();
  return output[0].code;
}

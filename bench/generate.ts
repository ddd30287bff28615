/** `generate` beside the same work as a chain of command-line calls: lint, bundle, house rules, types and page for each contract. */
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { readRegistry, type Entry } from "../scripts/registry.ts";
import { interleave, summarise, timeCommand, type Subject } from "./measure.ts";

const quiet = { ...process.env, REDOCLY_TELEMETRY: "off", SCARF_ANALYTICS: "false", CI: "true" };

/** One contract the way one would do it without latch. */
function chainOf(root: string, entry: Entry, folder: string): [string, string[]][] {
  const bin = (name: string): string => join(root, "node_modules/.bin", name);
  // Redocly applies no overlays: the chain bundles the root the overlay extends, which is the same amount of work.
  const source = entry.overlay ? join(dirname(entry.root), parse(readFileSync(join(root, entry.root), "utf8")).extends) : entry.root;
  const bundle = join(folder, `${entry.key}.yaml`);
  return [
    [bin("redocly"), ["lint", entry.key]],
    [bin("redocly"), ["bundle", source, "-o", bundle]],
    [bin("spectral"), ["lint", join(root, entry.out, "openapi.yaml"), "--ruleset", join(root, ".spectral.yaml")]],
    [bin("openapi-typescript"), [bundle, "-o", join(folder, `${entry.key}.ts`)]],
    [bin("redocly"), ["build-docs", bundle, "--inlineBundle", "-o", join(folder, `${entry.key}.html`)]],
  ];
}

async function runChain(root: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "latch-bench-"));
  let total = 0;
  for (const entry of readRegistry(root)) {
    for (const [command, args] of chainOf(root, entry, folder)) {
      // openapi-typescript reads a redocly.yaml where it runs, so it runs elsewhere.
      const cwd = command.endsWith("openapi-typescript") ? folder : root;
      total += await timeCommand(command, args, { cwd, env: quiet });
    }
  }
  return total;
}

/** Print medians and ratios of the chain, a full run and a run with nothing changed. */
export async function benchGenerate(root: string, rounds: number, log: (line: string) => void): Promise<void> {
  const latch = (...args: string[]): Promise<number> =>
    timeCommand(process.execPath, [join(root, "scripts/latch.ts"), ...args], { cwd: root, env: quiet });
  const subjects: Subject[] = [
    { name: "chain of 50 command-line calls", run: () => runChain(root) },
    { name: "generate --force", run: () => latch("generate", "--force") },
    { name: "generate, nothing changed", run: () => latch("generate") },
  ];
  log("generate, ten contracts");
  const times = await interleave(subjects, rounds, log);
  for (const line of summarise(times)) log(line);
}

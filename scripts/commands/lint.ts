/** `latch lint`: every finding of both linters, at the line of the source. */
import { bundleContract, type Contract } from "../bundle.ts";
import { formatFindings, unique, type Format } from "../format.ts";
import { findOrphans, lintAll } from "../lint.ts";
import { selectEntries } from "../contract-list.ts";
import { readRegistry } from "../registry.ts";
import type { Finding } from "../redocly.ts";
import { openSources } from "../sources.ts";

/**
 * @param names contracts or apis; none for all
 * @returns whether there was an error
 * @throws LatchError when a contract cannot be bundled
 */
export async function runLint(root: string, names: string[], format: Format): Promise<boolean> {
  const sources = await openSources(root);
  const findings: Finding[] = [];
  const contracts: Contract[] = [];
  for (const entry of selectEntries(readRegistry(root), names)) {
    const contract = await bundleContract(root, sources, entry);
    contracts.push(contract);
    findings.push(...(await lintAll(root, sources, contract)));
  }
  if (names.length === 0) findings.push(...findOrphans(root, contracts));
  const shown = unique(findings);
  const text = formatFindings(shown, format);
  if (text) console.log(text);
  return shown.some(({ severity }) => severity === "error");
}

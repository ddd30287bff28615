/** `latch list`: the contracts with their versions, states and dates. */
import { callsOf } from "./calls.ts";
import { isObject, objectAt, stringAt } from "./document.ts";
import { readRegistry } from "./registry.ts";
import { readYaml } from "./yaml.ts";

export interface Listed {
  contract: string;
  title: string;
  /** The vendor's word. */
  state: string;
  /** Date until which the vendor promises the version; undefined where it gives none. */
  promisedUntil?: string;
  /** Whether that date has come at `now`, whatever the vendor's word says. */
  expired: boolean;
  calls: string[];
}

/**
 * @param root absolute path of the repository or the installed package
 * @param now the clock
 * @returns one row per contract, read from the bundles
 */
export function listContracts(root: string, now: Date): Listed[] {
  return readRegistry(root).map((entry) => {
    const document: unknown = readYaml(root, `${entry.out}/openapi.yaml`, "run npm run generate").value();
    const info = objectAt(document, "info");
    const lifecycle = objectAt(info, "x-lifecycle");
    const until = stringAt(lifecycle, "notBefore");
    return {
      contract: entry.key,
      title: stringAt(info, "title") ?? "",
      state: stringAt(lifecycle, "state") ?? "",
      ...(until !== undefined && { promisedUntil: until }),
      expired: until !== undefined && now.getTime() >= Date.parse(`${until}T00:00:00Z`),
      calls: isObject(document) ? callsOf(document).map((call) => call.id) : [],
    };
  });
}

/** Rows as an aligned table with a header. */
export function formatTable(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

export const formatList = (listed: Listed[]): string =>
  formatTable([
    ["CONTRACT", "STATE", "PROMISED UNTIL", "CALLS", "API"],
    ...listed.map((row) => [
      row.contract,
      row.expired ? `${row.state} (expired)` : row.state,
      row.promisedUntil ?? "-",
      String(row.calls.length),
      row.title,
    ]),
  ]);

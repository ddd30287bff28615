/** Medians and ratios of the rounds. */
import { median } from "./measure.ts";
import type { Result } from "./mock-plan.ts";

export const perSecond = ({ requests, seconds }: Result): number => requests / seconds;
export const perCpuSecond = ({ requests, cpu }: Result): number => requests / cpu;
export const whole = (value: number): string => Math.round(value).toLocaleString("en-US");

/** The least disturbed round: whatever else runs on the machine makes a server slower, never faster. */
export const best = (results: Result[] = []): number => Math.max(...results.map(perCpuSecond));

/** The share of its core that a server used, 0 to 1. */
export const busy = ({ cpu, seconds }: Result): number => cpu / seconds;

/** Below this share the server waited for the generator. */
const BUSY = 0.9;

/** @param references names that the others are compared with */
export function table(results: Map<string, Result[]>, references: string[]): string[] {
  const middle = (name: string, of: (result: Result) => number): number => median((results.get(name) ?? []).map(of));
  const known = references.filter((name) => results.has(name));
  const heads = ["req/s", "req/CPU-s", "best", ...known.map((name) => `x ${name}`), "RSS MB", "bytes", "core"];
  const wide = heads.map((head) => Math.max(head.length, 9));
  const line = (name: string, cells: string[]): string =>
    [name.padEnd(26), ...cells.map((cell, index) => cell.padStart(wide[index] ?? 9))].join("  ");
  const rows = [...results.keys()].toSorted((a, b) => middle(b, perCpuSecond) - middle(a, perCpuSecond));
  const waited = rows.some((name) => middle(name, busy) < BUSY);
  return [
    line("median of the rounds", heads),
    ...rows.map((name) => {
      const share = middle(name, busy);
      return line(name, [
        whole(middle(name, perSecond)),
        whole(middle(name, perCpuSecond)),
        whole(best(results.get(name))),
        ...known.map((reference) => (middle(name, perCpuSecond) / middle(reference, perCpuSecond)).toFixed(2)),
        whole(middle(name, ({ rss }) => rss)),
        whole(middle(name, ({ bytes }) => bytes)),
        `${Math.round(100 * share)} %${share < BUSY ? " !" : ""}`,
      ]);
    }),
    ...(waited ? ["! the server waited for the generator: it could do more a second; requests per CPU-second hold"] : []),
  ];
}

/** Medians and ratios of the rounds. */
import { median } from "./measure.ts";
import type { Result } from "./mock-plan.ts";

export const perSecond = ({ requests, seconds }: Result): number => requests / seconds;
export const perCpuSecond = ({ requests, cpu }: Result): number => requests / cpu;
export const whole = (value: number): string => Math.round(value).toLocaleString("en-US");

/** The least disturbed round: whatever else runs on the machine makes a server slower, never faster. */
export const best = (results: Result[] = []): number => Math.max(...results.map(perCpuSecond));

/** From this share of its core on, the generator is what is measured. */
const BUSY = 0.9;

/** @param references names that the others are compared with */
export function table(results: Map<string, Result[]>, references: string[]): string[] {
  const middle = (name: string, of: (result: Result) => number): number => median((results.get(name) ?? []).map(of));
  const known = references.filter((name) => results.has(name));
  const heads = ["req/s", "req/CPU-s", "best", ...known.map((name) => `x ${name}`), "RSS MB", "bytes", "generator"];
  const wide = heads.map((head) => Math.max(head.length, 9));
  const line = (name: string, cells: string[]): string =>
    [name.padEnd(26), ...cells.map((cell, index) => cell.padStart(wide[index] ?? 9))].join("  ");
  const rows = [...results.keys()].toSorted((a, b) => middle(b, perCpuSecond) - middle(a, perCpuSecond));
  const slowed = rows.some((name) => middle(name, ({ generator }) => generator) > BUSY);
  return [
    line("median of the rounds", heads),
    ...rows.map((name) => {
      const busy = middle(name, ({ generator }) => generator);
      return line(name, [
        whole(middle(name, perSecond)),
        whole(middle(name, perCpuSecond)),
        whole(best(results.get(name))),
        ...known.map((reference) => (middle(name, perCpuSecond) / middle(reference, perCpuSecond)).toFixed(2)),
        whole(middle(name, ({ rss }) => rss)),
        whole(middle(name, ({ bytes }) => bytes)),
        `${Math.round(100 * busy)} %${busy > BUSY ? " !" : ""}`,
      ]);
    }),
    ...(slowed ? ["! the generator had no time left: the server could do more a second; requests per CPU-second hold"] : []),
  ];
}

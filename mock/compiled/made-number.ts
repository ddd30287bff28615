/** Numbers that are made up. */
import type { Obj } from "../../scripts/document.ts";
import type { Random } from "./random.ts";

/** How far from its one bound a number lies that has no other. */
const SPAN = 1000;

const at = (value: unknown, beside = 0): number | undefined => (typeof value === "number" ? value + beside : undefined);

/** @param schema of a number; what does not fit in the end is left to the caller to see */
export function makeNumber({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: Obj, random: Random): number {
  const step = at(multipleOf) ?? 1;
  const least = at(minimum) ?? at(exclusiveMinimum, step);
  const most = at(maximum) ?? at(exclusiveMaximum, -step);
  const lowest = least ?? Math.min(0, (most ?? SPAN) - SPAN);
  const highest = most ?? lowest + SPAN;
  const [from, to] = [Math.ceil(lowest / step), Math.floor(highest / step)];
  // Where no step lies between the bounds, the middle does.
  return to < from ? (lowest + highest) / 2 : Number((random.whole(from, to) * step).toFixed(9));
}

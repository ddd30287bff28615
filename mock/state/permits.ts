/** What a caller may do. */
import type { Caller } from "./types.ts";

/**
 * Whether a text fits a pattern in which `*` stands for any text, also none. Without a regular expression: a pattern of many stars from
 * a seed file must not take exponential time.
 */
export function fitsGlob(pattern: string, text: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return text === pattern;
  const last = rest.pop() ?? "";
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  let from = first.length;
  const end = text.length - last.length;
  for (const part of rest) {
    const found = text.indexOf(part, from);
    if (found < 0 || found + part.length > end) return false;
    from = found + part.length;
  }
  return true;
}

/**
 * @param permission of the call: its main permission, or the role it wants; without either everybody may
 * @returns false where the caller has a policy that lacks the permission, or is not of the role
 */
export function permits({ policy, role }: Pick<Caller, "policy" | "role">, permission: { main?: string; role?: string } = {}): boolean {
  const { main } = permission;
  if (permission.role !== undefined && permission.role !== role) return false;
  return main === undefined || policy === undefined || policy.some((pattern) => fitsGlob(pattern, main));
}
